"""Questions that were asked because of an alert join it: one line for one worry, and more where it is worse."""

from datetime import timedelta

import pytest

from tests.support.live import sign_in
from trellis.foundation.messaging.models import Message
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.measures import alert_presenters as presenters
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures.actions import answer, begin, finish, keep_answers
from trellis.journey.measures.actions.alerts import record_done
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.tests.alerted import alerted
from trellis.journey.measures.tests.conftest import NOW
from trellis.people.accounts.tests.factories import account_with, actor_of
from trellis.people.clients.tests.factories import actor

pytestmark = pytest.mark.django_db
NONE = {"cssrs.1": 0, "cssrs.2": 0, "cssrs.6": 0}
LOW = {"cssrs.1": 1, "cssrs.2": 0, "cssrs.6": 0}
HIGH = {"cssrs.1": 1, "cssrs.2": 1, "cssrs.3": 1, "cssrs.4": 1, "cssrs.5": 1, "cssrs.6": 0}


@pytest.fixture
def alert(marisol):
    """Of question 9, while a therapist is on duty."""
    marisol.therapist = actor("therapist")
    return alerted(marisol)


def asked(person, because, answers):
    by = person.counselor
    one = begin(
        by=by, client=person, instrument="c-ssrs-screener", occasion="asked", way="aloud", language="en",
        because=because,
    )  # fmt: skip
    keep_answers(by=by, administration=one, answers=answers)
    finish(by=by, administration=one)
    return one


def found(alert):
    rows = AlertStep.objects.filter(alert=alert, kind="found").order_by("id")
    return [tuple(flags) for flags in rows.values_list("flags", flat=True)]


def mails():
    return Message.objects.filter(kind="measures.alert").count()


@pytest.mark.parametrize(("answers", "flags"), [(NONE, ()), (LOW, ("suicide_risk_low",))])
def test_what_is_no_worse_joins_and_nobody_is_told_again(marisol, alert, answers, flags):
    before = mails()
    one = asked(marisol, alert, answers)
    assert SafetyAlert.objects.get() == alert
    assert AlertStep.objects.get(kind="asked").administration == one
    assert found(alert) == [flags]
    assert mails() == before


def test_what_is_worse_joins_at_once_and_whoever_is_on_duty_is_told_again(marisol, alert, clock_at):
    before = mails()
    clock_at(NOW + timedelta(minutes=5))
    asked(marisol, alert, HIGH)
    assert SafetyAlert.objects.count() == 1
    assert found(alert) == [("suicide_risk_high",)]
    assert mails() > before
    (line,) = presenters.lines(queries.standing_alerts(marisol.therapist, NOW), NOW)
    assert "High risk" in line.words
    assert AlertStep.objects.filter(kind="told", account=marisol.member.account).count() == 1  # whoever asked knows it


def test_for_another_reason_it_is_an_alert_of_its_own(marisol, alert):
    asked(marisol, None, LOW)
    assert SafetyAlert.objects.count() == 2
    assert not AlertStep.objects.exclude(kind="told").exists()


def test_once_what_was_done_is_written_nothing_joins_any_more(marisol, alert):
    one = begin(
        by=marisol.counselor, client=marisol, instrument="c-ssrs-screener", occasion="asked", way="aloud",
        language="en", because=alert,
    )  # fmt: skip
    record_done(by=marisol.counselor, alert=alert, done="safe", words="We talked.")
    answer(by=marisol.counselor, administration=one, item="cssrs.1", value=1)
    assert SafetyAlert.objects.count() == 2
    assert found(alert) == []


def test_from_the_page_of_the_alert_to_what_was_asked_and_back(client, marisol, alert):
    sign_in(client, marisol.member.account)
    page = told(client.get(f"/desk/alerts/{alert.public_id}/"))
    link = f"/desk/clients/{marisol.public_id}/questions/?instrument=c-ssrs-screener&alert={alert.public_id}"
    assert link in page
    form = told(client.get(link))
    assert f'name="alert" value="{alert.public_id}"' in form
    sent = {"instrument": "c-ssrs-screener", "way": "aloud", "language": "en", "occasion": "", "alert": alert.public_id}
    fill = client.post(f"/desk/clients/{marisol.public_id}/questions/", sent).url
    client.post(fill + "answer/", {"cssrs.1": "1"})
    assert "This does not wait" in told(client.get(fill))
    client.post(fill, {key: str(value) for key, value in LOW.items()})
    page = told(client.get(f"/desk/alerts/{alert.public_id}/"))
    assert "Low risk" in page
    assert "C-SSRS, asked because of this" in page
    asked(marisol, alert, NONE)
    assert "nothing that needs a person at once" in told(client.get(f"/desk/alerts/{alert.public_id}/"))


def test_an_alert_of_somebody_else_is_never_joined(client, marisol, alert, client_of):
    other = client_of(chosen_name="Ben Ito")
    person = account_with("clinical_director")
    sign_in(client, person)
    sent = {"instrument": "c-ssrs-screener", "way": "aloud", "language": "en", "occasion": "", "alert": alert.public_id}
    client.post(f"/desk/clients/{other.public_id}/questions/", sent)
    assert not AlertStep.objects.filter(kind="asked").exists()
    assert actor_of(person).account_id
