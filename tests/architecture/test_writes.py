import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.writes import (
    doors_for_writes,
    helpers_called_from_elsewhere,
    writes,
    writes_outside_actions,
)


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


def test_nobody_else_opens_the_door_for_writes(root):
    assert_none(doors_for_writes(root))


def test_who_opens_the_door_for_writes_is_found(plot):
    plot("trellis/people/clients/pages/staff.py", "with guard.writing('me'):\n    cursor.execute(sql)")
    assert len(doors_for_writes(plot.path, {})) == 1
    assert doors_for_writes(plot.path, {"trellis/people/clients/pages/staff.py": "why"}) == []
    assert len(doors_for_writes(plot.path, {"trellis/people/clients/gone.py": "why"})) == 2


def test_only_actions_call_what_writes_beside_them(root):
    assert_none(helpers_called_from_elsewhere(root))


@pytest.mark.parametrize(
    "page",
    [
        "from trellis.people.clients import actions\nactions.rename(client)",
        "from trellis.people.clients.actions import rename\nrename(client)",
        "from trellis.people.clients.actions import names\nnames.rename(client)",
    ],
)
def test_a_page_that_calls_a_writer_that_is_no_action_is_found(plot, page):
    plot("trellis/people/clients/actions/names.py", "def rename(client):\n    client.save()")
    plot("trellis/people/clients/pages/staff.py", page)
    found = helpers_called_from_elsewhere(plot.path, {})
    assert found
    assert all("rename writes and is no action" in fault for fault in found)
    assert helpers_called_from_elsewhere(plot.path, {"trellis/people/clients/actions/names.py": "why"}) == []


def test_an_action_and_a_helper_of_an_action_are_left_alone(plot):
    plot("trellis/people/clients/actions.py", "@action('client.change_name')\ndef rename(client):\n    client.save()")
    plot("trellis/people/staff/actions.py", "def file(client):\n    client.save()")
    plot("trellis/people/clients/pages/staff.py", "from trellis.people.clients import actions\nactions.rename(x)")
    plot("trellis/journey/inquiry/actions.py", "from trellis.people.staff.actions import file\nfile(x)")
    assert helpers_called_from_elsewhere(plot.path, {}) == []
