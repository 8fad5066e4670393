"""The rota in the blueprint: checked, kept, and what a client is told by it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from trellis.foundation.program.check import check, read
from trellis.foundation.program.tests.factories import TEXT, changed, load_pomona, pomona
from trellis.journey.measures import duty
from trellis.journey.measures.alert_queries import people
from trellis.journey.measures.rules.duty import Shift, on_duty
from trellis.journey.measures.safety_card import before_words, card
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import StaffMemberFactory, actor

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)  # ten in the morning in Pomona
NIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)
_BEGINS = TEXT.index("[[on_duty.shifts]]")
ROTA = TEXT[_BEGINS : TEXT.index("# No groups on these days.")]
ONLY_DAYS = ROTA[: ROTA.index("[[on_duty.shifts]]", 1)]


def test_in_pomona_somebody_is_on_duty_in_every_quarter_of_an_hour_of_the_week():
    blueprint = pomona()
    start = MONDAY.astimezone(blueprint.program.zone)
    shifts = duty.shifts_of(blueprint)
    assert all(on_duty(shifts, start + timedelta(minutes=15 * n)) for n in range(7 * 24 * 4))
    assert on_duty(shifts, start) == (("therapist", "counselor"), ("clinical_director",), ("medical_director",))
    assert on_duty(shifts, start + timedelta(hours=13)) == (("clinical_director",), ("medical_director",))


def test_an_entry_that_nobody_knows_is_a_fault_with_what_to_do():
    (fault,) = check(changed(**{'["therapist", "counselor"]': '["therapist", "night nurse"]'}))
    assert fault.path == "on_duty.shifts[0].who[0][1]"
    assert "“night nurse” cannot be on duty. Write one of therapist" in fault.sentence
    (fault,) = check(changed(**{'["therapist", "counselor"]': '["biller"]'}))
    assert "“biller” cannot be on duty" in fault.sentence
    assert check(changed(**{'["therapist", "counselor"]': '["night.nurse@example.org"]'})) == []


@pytest.mark.django_db
def test_an_address_that_nobody_signs_in_with_is_said_when_the_blueprint_is_loaded():
    theirs = StaffMemberFactory(account__roles=["counselor"]).account.email
    version = load_pomona(**{'["therapist", "counselor"]': f'["{theirs}", "nobody@example.org"]'})
    (said,) = version.not_kept
    assert "nobody@example.org" in said


@pytest.mark.django_db
def test_whoever_may_not_take_on_an_alert_is_neither_on_duty_nor_told_though_their_address_stands_there():
    theirs = StaffMemberFactory(account__roles=["biller"]).account.email
    (said,) = load_pomona(**{'["therapist", "counselor"]': f'["{theirs}"]'}).not_kept
    assert f"{theirs} cannot be on duty" in said
    assert people([theirs]) == []
    counselor = StaffMemberFactory(account__roles=["counselor", "biller"]).account
    assert people([theirs, counselor.email]) == [counselor]


def test_the_directors_are_the_last_step_of_every_rota_and_stand_there_once():
    def steps(*levels):
        shift = Shift(frozenset(range(7)), time(0), time(23, 59), levels)
        return duty.Rota((shift,), UTC).steps(MONDAY)

    assert steps(("therapist",)) == (("therapist",), duty.LAST)
    assert steps(("clinical_director",)) == (("clinical_director",), duty.LAST)
    whole = (("counselor",), ("clinical_director",), ("medical_director",))
    assert steps(*whole) == whole
    assert duty.Rota((), UTC).steps(MONDAY) == (duty.LAST,)


@pytest.mark.django_db
def test_somebody_named_by_address_is_on_duty_and_a_colleague_is_not():
    nurse, other = actor("counselor"), actor("counselor")
    address = Account.objects.get(pk=nurse.account_id).email
    load_pomona(**{'["therapist", "counselor"]': f'["{address}"]'})
    assert duty.is_on_duty(nurse, MONDAY)
    assert not duty.is_on_duty(other, MONDAY)
    assert not duty.is_on_duty(nurse, NIGHT)


@pytest.mark.django_db
def test_with_somebody_on_duty_the_client_reads_that_they_are_told_now():
    load_pomona()
    assert card(MONDAY) == {
        "on_duty": True, "next": "Somebody on our team is told right now. They will call you or come to you."
    }  # fmt: skip
    reads, always = before_words(MONDAY)
    assert "somebody on our team is told at once" in reads
    assert "988" in always


@pytest.mark.django_db
def test_with_nobody_on_duty_the_client_is_told_so_before_answering_with_the_time_of_our_call():
    load_pomona(**{ROTA: ONLY_DAYS})
    said = "We call you on Tuesday, November 24, from 8:30 am on."
    assert card(NIGHT) == {"on_duty": False, "next": f"Nobody on our team is here right now. {said}"}
    reads, always = before_words(NIGHT)
    assert reads == f"Nobody on our team reads your answers right now. {said}"
    assert "988" in always
    assert duty.rota().since(NIGHT) == datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert duty.rota().since(MONDAY) == MONDAY


@pytest.mark.django_db
def test_without_a_rota_nobody_is_on_duty_and_no_time_is_promised():
    load_pomona(**{ROTA: ""})
    assert read(changed(**{ROTA: ""})).section("on_duty") is None
    assert duty.rota().levels(MONDAY) == ()
    assert duty.rota().since(MONDAY) == MONDAY
    assert card(MONDAY)["next"].endswith("We call you as soon as we are here again.")


@pytest.mark.django_db
def test_before_a_program_is_loaded_nobody_is_on_duty():
    assert duty.rota().levels(MONDAY) == ()
