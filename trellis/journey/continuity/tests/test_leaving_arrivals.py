"""Did they get there? Whoever had them asks until somebody knows."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.leaving import actions, queries
from trellis.journey.continuity.tests.left import next_place
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions.consents import set_standing
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
NOW = SINCE.replace(month=11, day=20)
TODAY = date(2026, 11, 20)
LETTERS = "leaving:letters"


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def director():
    return actor("clinical_director")


def left(name, days=3, **stay):
    """Their stay ended so many days ago, and they go on to another place."""
    given = {"status": "closed", "close_reason": "completed", "closed_on": TODAY - timedelta(days=days)}
    return EpisodeFactory(client=ClientFactory(chosen_name=name), **(given | stay)).client


def step(plan, kind, **given):
    actions.step(by=actor("clinical_director"), row=plan, kind=kind, on=TODAY, **given)


def named(by):
    return [plan.row.client.chosen_name for plan, _clock in queries.not_confirmed(by, TODAY)]


def desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def test_who_should_be_seen_first_stands_first_with_the_days_left_or_past(director):
    for name, days in (("Ana", 3), ("Ben", 8), ("Cal", 5), ("Dee", 17)):  # due in 4, 6, 2 days; three days past
        next_place(left(name, days))
    assert named(director) == ["Dee", "Cal", "Ana", "Ben"]
    assert queries.waiting_for(director, TODAY).arrivals_late == 1
    assert queries.waiting_for(actor("program_administrator"), TODAY).arrivals_late == 0
    assert "nobody knows whether they got there" in text(desk(director).get("/desk/today/"))
    page = desk(director).get(reverse(LETTERS))
    said = text(page)
    assert "Did they get there?" in said
    for words in ("Seen there by Nov. 24, 2026", "4 days left", "More than 14 days since the last day", "3 days past"):
        assert words in said, words
    ana = Client.objects.get(chosen_name="Ana")
    assert reverse("leaving:transition", args=[ana.public_id]) in page.content.decode()


@pytest.mark.parametrize(("steps", "stands"), [
    ((), True), (("called",), True), (("appointment",), True), (("missed", "appointment"), True),
    (("missed", "appointment", "called"), True), (("arrived",), False), (("missed",), True),
    (("missed", "called"), True), (("withdrawn",), False),
])  # fmt: skip
def test_it_stands_there_until_somebody_knows(director, steps, stands):
    plan = next_place(left("Ana"))
    for kind in steps:
        step(plan, kind, **({"appointment_at": NOW + timedelta(days=2)} if kind == "appointment" else {}))
    assert named(director) == (["Ana"] if stands else [])
    called = "They missed it. We call, and ask for another appointment." in text(desk(director).get(reverse(LETTERS)))
    assert called == (steps[:1] == ("missed",) and "appointment" not in steps)


def test_nobody_is_asked_about_who_is_still_here_is_back_or_has_died(director):
    next_place(ClientFactory(in_program=True))
    back, dead = left("Ben"), left("Cal")
    for one in (back, dead):
        next_place(one)
    assert named(director) == ["Ben", "Cal"]
    EpisodeFactory(client=back, opened_on=TODAY)
    set_standing(
        by=director, client=dead, deceased=True, minor_consented_alone=False, guardian_appointed=False, restricted=()
    )
    assert named(director) == []
    assert "Did they get there?" not in text(desk(director).get(reverse(LETTERS)))


def test_whoever_got_to_one_of_two_places_is_not_asked_about_the_other(director):
    ana = left("Ana")
    first, _second = next_place(ana), next_place(ana)
    assert named(director) == ["Ana", "Ana"]
    step(first, "arrived")
    assert named(director) == []


def test_the_last_team_is_led_there_and_others_are_told_nothing(director):
    marisol, other = left("Marisol"), left("Ines")
    for one in (marisol, other):
        next_place(one)
    counselor = StaffMemberFactory(account__roles=["counselor"])
    CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=counselor, until=TODAY)
    team = actor_of(counselor.account)
    browser, address = desk(team), reverse("leaving:transition", args=[marisol.public_id])
    assert named(team) == ["Marisol"]
    assert address in browser.get(reverse(LETTERS)).content.decode()
    assert address in browser.get(reverse("aftercare:follow_up", args=[marisol.public_id])).content.decode()
    assert "The next place" in text(browser.get(address))
    assert named(actor("intake_coordinator")) == ["Marisol", "Ines"]
    assert named(actor("program_administrator")) == []
    assert named(actor_of(StaffMemberFactory(account__roles=["counselor"]).account)) == []
    account = Account.objects.get(pk=director.account_id)
    keep_out(by=actor("program_administrator"), client=other, account=account)
    assert named(actor_of(account)) == ["Marisol"]


def test_where_no_place_is_planned_the_follow_up_leads_to_none(director):
    gone = left("Ana")
    page = desk(director).get(reverse("aftercare:follow_up", args=[gone.public_id])).content.decode()
    assert reverse("leaving:transition", args=[gone.public_id]) not in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(director, statements, number):
    for _ in range(number):
        next_place(left("Ana"))
    with statements() as seen:
        assert len(queries.not_confirmed(director, TODAY)) == number
    assert len(seen) == 2, seen
