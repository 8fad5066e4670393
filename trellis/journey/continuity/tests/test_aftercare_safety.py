"""Somebody is asked after their stay whether they are safe, and says no: it does not wait, as on a form."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils.translation import override

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import actions
from trellis.journey.continuity.models import FollowUpDone
from trellis.journey.measures import actions as measures
from trellis.journey.measures import alert_presenters as presenters
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures.actions import raising
from trellis.journey.measures.actions.alerts import climb, record_done, take_on
from trellis.journey.measures.alert_jobs import WORKER, climb_alerts
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 9, 18, tzinfo=UTC)  # ten in the morning in Pomona, eight days after the stay
NOT_SAFE = {"linked": "yes", "safe": "no"}
SAID = "They said after their stay that they are not safe."


@pytest.fixture
def former(clock_at):
    """Somebody whose stay is over and who said yes to a call."""
    clock_at(MONDAY)
    load_pomona()
    client = ClientFactory(with_account=True, account__roles=["alumnus"], chosen_name="Ramona Quill", language="es")
    EpisodeFactory(client=client, closed=True)
    actions.agree(by=actor_of(client.account), client=client, yes=True, by_phone=True, safely="Not at home")
    return client


@pytest.fixture
def team(former):
    roles = ("therapist", "counselor", "clinical_director", "intake_coordinator")
    return {role: actor(role) for role in roles}


def on_their_page(client, **answers):
    return actions.answer(by=actor_of(client.account), client=client, day=7, answers={**NOT_SAFE, **answers})


def in_a_call(client, by):
    return actions.record_call(by=by, client=client, day=7, outcome="reached", answers=NOT_SAFE)


def told(alert) -> list[int]:
    return sorted(AlertStep.objects.filter(alert=alert, kind="told").values_list("account_id", flat=True))


def ids(team, *roles) -> list[int]:
    return sorted(team[role].account_id for role in roles)


def mailed() -> list[str]:
    return sorted(Message.objects.filter(kind=raising.MAIL_KIND).values_list("about", flat=True))


def accounts(team, *roles) -> list[str]:
    return sorted(f"account:{pk}" for pk in ids(team, *roles))


def browser_of(by) -> Browser:
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def line_of(by) -> presenters.Line:
    (line,) = presenters.lines(queries.standing_alerts(by, MONDAY), MONDAY)
    return line


def test_an_alert_stands_in_the_same_act_and_those_on_duty_are_told(former, team):
    on_their_page(former)
    alert = SafetyAlert.objects.get()
    assert (alert.client, alert.administration, alert.source) == (former, None, "follow_up")
    assert told(alert) == ids(team, "therapist", "counselor")
    assert mailed() == accounts(team, "therapist", "counselor")
    assert not Message.objects.filter(kind=actions.LOOK_KIND).exists()
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-2:] == ["alerts.raise", "follow_up.answer"]


def test_a_later_no_to_contact_leaves_the_alert_with_the_clinicians(former, team, clock_at):
    on_their_page(former)
    clock_at(MONDAY + timedelta(minutes=1))
    actions.agree(by=actor_of(former.account), client=former, yes=False)
    assert [one.client for one in queries.open_alerts()] == [former]


@pytest.mark.parametrize("said", ["yes", "skip"])
def test_another_answer_raises_none_and_a_wish_for_a_call_goes_to_intake(former, team, said):
    on_their_page(former, safe=said, call="yes")
    assert not SafetyAlert.objects.exists()
    assert Message.objects.get(kind=actions.LOOK_KIND).about == f"account:{team['intake_coordinator'].account_id}"


def test_neither_the_answer_nor_the_alert_stands_where_one_of_them_fails(former, team, monkeypatch):
    def fails(*_args, **_named):
        raise RuntimeError("no message can be written")

    monkeypatch.setattr(raising, "tell", fails)
    for act in (lambda: on_their_page(former), lambda: in_a_call(former, team["intake_coordinator"])):
        with pytest.raises(RuntimeError):
            act()
    assert not FollowUpDone.objects.exists()
    assert not SafetyAlert.objects.exists()


def test_whoever_wrote_the_call_down_is_told_by_nobody_and_answers_for_it(former, team, clock_at):
    member = StaffMemberFactory(account__roles=["therapist"])
    CareAssignmentFactory(episode=former.episodes.get(), staff_member=member, until=date(2026, 11, 1))
    caller = actor_of(member.account)
    in_a_call(former, caller)
    alert = SafetyAlert.objects.get()
    assert told(alert) == sorted([caller.account_id, *ids(team, "therapist", "counselor")])
    assert mailed() == accounts(team, "therapist", "counselor")
    clock_at(MONDAY + timedelta(minutes=9))
    climb_alerts.call()
    assert len(mailed()) == 2
    clock_at(MONDAY + timedelta(minutes=10))
    climb_alerts.call()
    climb(by=WORKER, alert=alert)
    assert mailed() == accounts(team, "therapist", "counselor", "clinical_director")
    clock_at(MONDAY + timedelta(hours=13))  # off duty
    take_on(by=caller, alert=alert)
    record_done(by=caller, alert=alert, done="safe", words="She is with her sister.")
    assert not queries.open_alerts().exists()


def test_intake_writes_a_call_down_and_the_record_stays_closed_to_whoever_is_kept_out(former, team):
    kept = Account.objects.get(pk=team["therapist"].account_id)
    keep_out(by=actor_of(former.account), client=former, account=kept)
    page = browser_of(team["intake_coordinator"]).post(
        reverse("aftercare:follow_up", args=[former.public_id]),
        {"day": 7, "outcome": "reached", **NOT_SAFE, "next_try": "2026-11-11"}, follow=True,
    ).content.decode()  # fmt: skip
    assert "Clinicians are told now that this person is not safe." in page
    assert told(SafetyAlert.objects.get()) == ids(team, "counselor")
    assert queries.standing_alerts(actor_of(kept), MONDAY) == []


def test_the_strip_shows_it_until_somebody_wrote_what_was_done(former, team):
    on_their_page(former)
    alert, browser = SafetyAlert.objects.get(), browser_of(team["counselor"])
    strip = browser.get(reverse("alerts:strip")).content.decode()
    assert "Somebody’s answer needs a person now." in strip
    assert "Quill" not in strip
    assert SAID in browser.get(reverse("alerts:list")).content.decode()
    address = reverse("alerts:one", args=[alert.public_id])
    page = browser.get(address).content.decode()
    for words in (SAID, "Question after the stay", "On their own page", "Spanish", "Yes: a call. Not at home"):
        assert words in page, words
    with override("es"):
        assert line_of(team["counselor"]).words == "Dijo después de su estadía que no está a salvo."
    browser.post(address, {"take": "yes"})
    assert "is taken on" in browser.get(reverse("alerts:strip")).content.decode()
    assert "She is with" in browser.post(
        address, {"done": "safe", "words": "She is with her sister."}, follow=True
    ).content.decode()  # fmt: skip
    assert "notice" not in browser.get(reverse("alerts:strip")).content.decode()


def test_what_is_asked_from_it_joins_it_and_what_is_worse_is_told_again(former, team):
    in_a_call(former, team["intake_coordinator"])
    alert, by = SafetyAlert.objects.get(), team["counselor"]
    assert line_of(by).way == "In a call that was written down"
    browser = browser_of(by)
    page = browser.get(reverse("alerts:one", args=[alert.public_id])).content.decode()
    link = f"{reverse('measures:ask', args=[former.public_id])}?instrument=c-ssrs-screener&amp;alert={alert.public_id}"
    assert link in page
    sent = {"instrument": "c-ssrs-screener", "way": "aloud", "language": "en", "occasion": "", "alert": alert.public_id}
    fill = browser.post(reverse("measures:ask", args=[former.public_id]), sent).url
    before = len(mailed())
    for item, value in (("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1), ("6", 0)):
        browser.post(fill + "answer/", {f"cssrs.{item}": value})
    browser.post(fill, {f"cssrs.{n}": value for n, value in zip("123456", (1, 1, 1, 1, 1, 0), strict=True)})
    assert SafetyAlert.objects.get() == alert
    assert set(AlertStep.objects.filter(alert=alert).values_list("kind", flat=True)) == {"told", "asked", "found"}
    assert len(mailed()) > before
    assert "High risk" in line_of(by).words


def test_an_alert_without_a_form_says_where_it_comes_from(former):
    given = measures.begin(
        by=actor_of(former.account), client=former, instrument="phq-9", occasion="follow_up", way="phone", language="en"
    )  # fmt: skip
    for wrong in ({"source": "form"}, {"source": "follow_up", "administration": given}):
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            SafetyAlert.objects.create(client=former, flags=["not_safe"], at=MONDAY, by="x", **wrong)
