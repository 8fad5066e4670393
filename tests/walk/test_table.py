"""The table of the walk knows every address of the running URLconf, and nothing else."""

from tests.walk import finders
from tests.walk.addresses import Address, every_address
from tests.walk.table import Row, names, rows, without_address, without_row


def test_every_address_has_a_row():
    faults = without_row(every_address(), rows())
    assert not faults, "\n".join(faults)


def test_every_row_has_an_address_with_its_arguments():
    faults = without_address(every_address(), rows())
    assert not faults, "\n".join(faults)


def test_every_row_names_finders_that_exist():
    used = {way for row in rows().values() for way in row.find.values()}
    assert used <= set(finders.FINDERS)
    assert {row.query for row in rows().values()} - {""} <= set(finders.QUERIES)
    assert {row.before for row in rows().values()} - {""} <= set(finders.BEFORE)


def test_an_address_without_a_row_is_found():
    assert without_row([Address("room:new", (), None)], {}) == [
        "room:new: tests/walk/pages.toml does not say who visits it"
    ]


def test_a_row_without_an_address_or_with_other_arguments_is_found():
    known = {"gone": Row("gone", "nobody"), "there": Row("there", "nobody")}
    assert len(without_address([Address("there", ("public_id",), None)], known)) == 2


def test_an_address_is_walked_once_more_in_another_state_and_judged_by_its_own_name():
    known = {"there, late": Row("there", "nobody"), "gone, late": Row("gone", "nobody")}
    assert without_address([Address("there", (), None)], known) == ["gone, late: no such address any more"]
    assert {"my:leaving", "my:leaving, after the stay"} <= set(names())
