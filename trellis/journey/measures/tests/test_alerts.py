"""An answer does not wait: who is told, who has it, what was done, and that the trail shows it all."""

from datetime import UTC, datetime, timedelta

import pytest

from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.journey.measures import alert_presenters as presenters
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures.actions.alerts import climb, record_done, take_on
from trellis.journey.measures.actions.raising import raise_alert
from trellis.journey.measures.alert_jobs import climb_alerts
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.rules.alerts import State
from trellis.journey.measures.tests.alerted import ITEM_9, SYSTEM, a_form, alerted
from trellis.journey.measures.tests.test_duty import ONLY_DAYS, ROTA
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    actor,
    actor_of,
)
from trellis.people.staff.models import StaffMember

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)  # ten in the morning in Pomona
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(clock_at):
    clock_at(MONDAY)
    load_pomona()
    return ClientFactory(in_program=True, chosen_name="Ramona Quill")


@pytest.fixture
def team(client):
    roles = ("therapist", "counselor", "clinical_director", "medical_director", "front_desk")
    return {role: actor(role) for role in roles}


def told(alert) -> set[int]:
    return set(AlertStep.objects.filter(alert=alert, kind="told").values_list("account_id", flat=True))


def ids(team, *roles) -> set[int]:
    return {team[role].account_id for role in roles}


# --- raising ----------------------------------------------------------------------------------------------------------
def test_whoever_is_on_duty_is_told_at_once_in_words_that_reveal_nothing(client, team):
    alert = alerted(client)
    assert told(alert) == ids(team, "therapist", "counselor")
    assert Message.objects.count() == 2
    message = Message.objects.order_by("pk").first()
    assert message.about.startswith("account:")
    written = kinds.write(kinds.kind_of(message.kind), "en", {"url": "http://localhost/desk/alerts/"})
    assert "Quill" not in written.body
    assert "Ramona" not in written.body
    assert str(written.subject) == "A message for you"


def test_two_taps_raise_one_alert_and_a_worse_answer_another(client, team):
    form = a_form(client)
    assert raise_alert(by=SYSTEM, administration=form, flags=["safety_item_missing"])
    assert raise_alert(by=SYSTEM, administration=form, flags=["safety_item_missing"]) is None
    assert raise_alert(by=SYSTEM, administration=form, flags=[ITEM_9])
    assert raise_alert(by=SYSTEM, administration=form, flags=["safety_item_missing", ITEM_9]) is None
    assert [one.flags for one in SafetyAlert.objects.order_by("pk")] == [["safety_item_missing"], [ITEM_9]]


def test_an_answer_that_is_not_about_safety_raises_nothing_and_writes_no_event(client, team):
    before = AuditEvent.objects.count()
    assert raise_alert(by=SYSTEM, administration=a_form(client), flags=["major_depressive_syndrome"]) is None
    assert AuditEvent.objects.count() == before


def test_clients_raise_it_by_their_own_answers_and_by_nobody_elses(client, team):
    theirs = ClientFactory(with_account=True)
    assert raise_alert(by=actor_of(theirs.account), administration=a_form(theirs), flags=[ITEM_9])
    with pytest.raises(NotPermitted):
        raise_alert(by=actor_of(theirs.account), administration=a_form(client), flags=[ITEM_9])


def test_whoever_is_kept_out_is_not_told_and_the_next_are_told_in_their_place(client, team):
    for role in ("therapist", "counselor"):
        keep_out(by=SYSTEM, client=client, account=Account.objects.get(pk=team[role].account_id))
    assert told(alerted(client)) == ids(team, "clinical_director")


def test_where_nobody_is_on_duty_the_directors_are_told_and_the_first_shift_when_it_begins(client, team, clock_at):
    load_pomona(**{ROTA: ONLY_DAYS})
    clock_at(MONDAY + timedelta(hours=13))
    alert = alerted(client)
    assert told(alert) == ids(team, "clinical_director", "medical_director")
    clock_at(datetime(2026, 11, 24, 16, 31, tzinfo=UTC))
    climb_alerts.call()
    assert ids(team, "therapist", "counselor") < told(alert)


# --- climbing ---------------------------------------------------------------------------------------------------------
def test_ten_minutes_without_anybody_and_the_next_are_told_once(client, team, clock_at):
    alert = alerted(client)
    clock_at(MONDAY + timedelta(minutes=9))
    climb_alerts.call()
    assert len(told(alert)) == 2
    clock_at(MONDAY + timedelta(minutes=10))
    climb_alerts.call()
    climb_alerts.call()
    climb(by=SYSTEM, alert=alert)
    assert told(alert) == ids(team, "therapist", "counselor", "clinical_director")
    assert (AlertStep.objects.count(), Message.objects.count()) == (3, 3)
    clock_at(MONDAY + timedelta(minutes=25))
    climb_alerts.call()
    assert "medical_director" in {role for role in team if team[role].account_id in told(alert)}


def test_past_the_only_list_of_a_rota_the_directors_are_told(client, team, clock_at):
    load_pomona(**{ROTA: ONLY_DAYS[: ONLY_DAYS.index("who =")] + 'who = [["therapist"]]\n'})
    alert = alerted(client)
    assert told(alert) == ids(team, "therapist")
    (line,) = presenters.lines(queries.standing_alerts(team["therapist"], MONDAY), MONDAY)
    assert "10:10 am" in line.climbs
    clock_at(MONDAY + timedelta(minutes=10))
    climb_alerts.call()
    assert told(alert) == ids(team, "therapist", "clinical_director", "medical_director")


def test_what_somebody_took_on_climbs_no_more(client, team, clock_at):
    alert = alerted(client)
    take_on(by=team["counselor"], alert=alert)
    clock_at(MONDAY + timedelta(minutes=30))
    climb_alerts.call()
    climb(by=SYSTEM, alert=alert)
    assert len(told(alert)) == 2


def test_how_it_stands_comes_from_the_clock_and_no_worker(client, team, clock_at):
    alerted(client)
    clock_at(MONDAY + timedelta(minutes=12))
    (line,) = presenters.lines(
        queries.standing_alerts(team["clinical_director"], MONDAY), MONDAY + timedelta(minutes=12)
    )
    assert (line.stands.state, line.stands.level, line.stands.late) == (State.WAITING, 1, True)
    assert line.climbs == "Where nobody takes it on, the next on duty are told at 10:20 am."


# --- taking on, and what was done ------------------------------------------------------------------------------------
def test_two_clinicians_at_once_one_takes_it_and_the_other_reads_who_did(client, team):
    alert = alerted(client)
    first = take_on(by=team["therapist"], alert=alert)
    assert take_on(by=team["therapist"], alert=alert) == first
    with pytest.raises(Refused, match="has taken this on already"):
        take_on(by=team["counselor"], alert=alert)
    assert AlertStep.objects.filter(kind="seen").count() == 1


def test_what_was_done_is_sealed_written_once_and_ends_it(client, team):
    alert = alerted(client)
    with pytest.raises(Refused, match="in a few words"):
        record_done(by=team["counselor"], alert=alert, done="safe", words="  ")
    done = record_done(by=team["counselor"], alert=alert, done="safe", words="We made a plan.")
    assert "a plan" not in done.words_sealed
    assert crypto.unseal(done.words_sealed) == "We made a plan."
    assert [step.kind for step in AlertStep.objects.order_by("pk")][-2:] == ["seen", "done"]
    for again in (
        lambda: record_done(by=team["therapist"], alert=alert, done="mistake", words="No."),
        lambda: take_on(by=team["therapist"], alert=alert),
    ):
        with pytest.raises(Refused, match="has written what was done"):
            again()
    assert queries.standing_alerts(team["therapist"], MONDAY) == []


def test_only_clinicians_on_duty_told_or_of_the_care_team_answer_for_it(client, team, clock_at):
    alert = alerted(client)
    late = actor("counselor")  # nobody told them: they came after it
    for by in (team["front_desk"], actor("biller"), SYSTEM):
        with pytest.raises(NotPermitted):
            take_on(by=by, alert=alert)
    clock_at(MONDAY + timedelta(hours=13))  # at night the director is on duty
    with pytest.raises(NotPermitted):
        take_on(by=late, alert=alert)
    take_on(by=team["counselor"], alert=alert)  # who was told in the day
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=StaffMember.objects.get(account=late.account_id))
    record_done(by=late, alert=alert, done="safe", words="We talked.")


def test_whoever_comes_on_duty_later_opens_what_is_open_and_not_what_was_done_long_ago(client, team, clock_at):
    alert = alerted(client)
    later = actor("counselor")
    assert may(later, "alerts.see", alert)
    clock_at(MONDAY + timedelta(days=2))
    assert may(later, "alerts.see", alert)
    record_done(by=team["counselor"], alert=alert, done="safe", words="We talked.")
    assert may(team["counselor"], "alerts.see", alert)
    assert not may(later, "alerts.see", alert)


def test_off_duty_a_clinician_is_shown_what_they_were_told_of_and_their_own_clients_alone(client, team, clock_at):
    mine, told_of = EpisodeFactory(), alerted(client)
    night = clock_at(MONDAY + timedelta(hours=13))
    others, own = alerted(ClientFactory()), alerted(mine.client)
    CareAssignmentFactory(
        episode=mine, staff_member=StaffMember.objects.get(account=team["counselor"].account_id), since=mine.opened_on
    )
    assert queries.standing_alerts(team["counselor"], night) == [told_of, own]
    assert queries.waiting_for(team["counselor"], night).number == 2
    assert others in queries.standing_alerts(team["clinical_director"], night)


def test_an_alert_says_who_has_it_and_that_it_is_done(client, team):
    alert = alerted(client)
    record_done(by=team["counselor"], alert=alert, done="safe", words="We talked.")
    (line,) = presenters.lines(queries.alerts(), MONDAY)
    assert (line.state, line.done_words) == (("Done", "leaf"), "We talked.")
    other = alerted(EpisodeFactory().client)
    take_on(by=team["therapist"], alert=other)
    (line,) = presenters.lines(queries.standing_alerts(team["therapist"], MONDAY), MONDAY)
    assert line.state == (f"Taken on by {line.taken.account.chosen_name}", "gold")


def test_whoever_is_kept_out_neither_sees_nor_takes_it(client, team):
    alert = alerted(client)
    account = Account.objects.get(pk=team["clinical_director"].account_id)
    keep_out(by=SYSTEM, client=client, account=account)
    kept = actor_of(account)
    assert queries.standing_alerts(kept, MONDAY) == []
    assert queries.waiting_for(kept, MONDAY).number == 0
    with pytest.raises(NotPermitted):
        take_on(by=kept, alert=alert)


def test_the_trail_shows_every_step(client, team, clock_at):
    alert = alerted(client)
    clock_at(MONDAY + timedelta(minutes=11))
    climb_alerts.call()
    take_on(by=team["clinical_director"], alert=alert)
    record_done(by=team["clinical_director"], alert=alert, done="evaluation", words="Went with her sister.")
    found = AuditEvent.objects.filter(verb__startswith="alerts.").order_by("id")
    assert [(one.verb, one.actor) for one in found] == [
        ("alerts.raise", "system:test"),
        ("alerts.climb", "system:worker"),
        ("alerts.take", team["clinical_director"].name),
        ("alerts.record", team["clinical_director"].name),
    ]
    assert all(one.subjects == [f"client:{client.pk}"] for one in found)


# --- what it costs ----------------------------------------------------------------------------------------------------
def test_one_alert_and_thirty_cost_the_same_statements(client, team, statements):
    by = team["medical_director"]
    alerted(client)
    with statements() as one:
        presenters.lines(queries.standing_alerts(by, MONDAY), MONDAY)
        queries.waiting_for(by, MONDAY)
    for _ in range(29):
        alerted(EpisodeFactory().client)
    with statements() as many:
        found = presenters.lines(queries.standing_alerts(by, MONDAY), MONDAY)
        waiting = queries.waiting_for(by, MONDAY)
    assert (len(found), waiting.number, waiting.waiting) == (30, 30, 30)
    assert all(line.told_words and line.words and line.alert.client.chosen_name for line in found)

    assert len(one) == len(many)


def test_the_front_desk_costs_nothing(client, team, statements):
    with statements() as seen:
        assert queries.waiting_for(team["front_desk"], MONDAY).number == 0
    assert len(seen) == 0
