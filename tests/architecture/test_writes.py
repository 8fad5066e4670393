import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.writes import writes, writes_outside_actions


def test_only_actions_write(root):
    assert_none(writes_outside_actions(root))


@pytest.mark.parametrize(
    "line",
    [
        "client.save()",
        "client.save(update_fields=['name'])",
        "form.save()",
        "Client.objects.create(name=name)",
        "Client.objects.filter(pk=1).update(name=name)",
        "Client.objects.all().delete()",
        "Client.objects.bulk_create(rows)",
        "Client.objects.get_or_create(name=name)",
        "cursor.execute('INSERT INTO x VALUES (1)')",
        "cursor.execute(f'delete from {table}')",
    ],
)
def test_a_write_is_found(plot, line):
    plot("trellis/people/clients/pages/staff.py", f"def page(form, client, cursor, rows, name, table):\n    {line}\n")
    assert len(writes_outside_actions(plot.path, {})) == 1


@pytest.mark.parametrize(
    "line",
    [
        "seen.update(other)",
        "digest.update(b'x')",
        "cache.delete('key')",
        "image.save(file, 'PNG')",
        "factory.create('x')",
        "cursor.execute('SELECT 1')",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line):
    assert writes(line) == []


def test_actions_migrations_and_tests_may_write(plot):
    for name in ("actions.py", "actions/admit.py", "migrations/0001_initial.py", "tests/test_x.py"):
        plot(f"trellis/people/clients/{name}", "client.save()")
    assert writes_outside_actions(plot.path, {}) == []


def test_an_exception_that_is_needed_no_more_is_found(plot):
    plot("trellis/people/clients/names.py", "client.save()")
    assert writes_outside_actions(plot.path, {"trellis/people/clients/names.py": "why"}) == []
    plot("trellis/people/clients/names.py", "pass")
    assert len(writes_outside_actions(plot.path, {"trellis/people/clients/names.py": "why"})) == 1
