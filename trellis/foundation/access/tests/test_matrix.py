import json

from django.core.management import call_command

from trellis.foundation.access import policy


def test_the_matrix_as_json_has_every_row_of_the_table(capsys):
    call_command("access", "matrix", "--json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {(r["role"], r["action"], r["relation"]) for r in rows} == {
        (r.role, r.verb, r.relation) for r in policy.rows()
    }


def test_the_matrix_for_people_has_one_line_a_row_ordered_by_role(capsys):
    call_command("access", "matrix")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list(policy.rows()))
    assert lines == sorted(lines, key=lambda line: line.split()[0])
