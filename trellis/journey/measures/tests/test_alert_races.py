"""Several at the same moment, each on a connection of their own: one alert, one who has it, one who wrote it down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connections

from trellis.foundation import clock
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.measures.actions import answer, begin
from trellis.journey.measures.actions.alerts import record_done, take_on
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.tests.alerted import alerted
from trellis.people.clients.tests.factories import ClientFactory, actor

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def client(committed_db, clock_at):
    clock_at(MONDAY)
    load_pomona()
    return ClientFactory(in_program=True)


def at_once(*acts):
    """What each act came to: True, or False where it was refused."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            with clock.travel(MONDAY):  # a thread does not take the held clock along
                act()
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_clinicians_who_take_it_on_at_once_exactly_one_has_it(client):
    alert, people = alerted(client), [actor("clinical_director"), actor("medical_director")]
    won = at_once(*(lambda by=by: take_on(by=by, alert=alert) for by in people))
    assert sorted(won) == [False, True]
    seen = AlertStep.objects.get(alert=alert, kind="seen")
    assert seen.account_id == people[won.index(True)].account_id


def test_of_two_who_write_what_was_done_at_once_one_is_kept(client):
    alert, people = alerted(client), [actor("clinical_director"), actor("medical_director")]
    won = at_once(*(lambda by=by: record_done(by=by, alert=alert, done="safe", words="Talked.") for by in people))
    assert sorted(won) == [False, True]
    assert AlertStep.objects.get(alert=alert, kind="done").account_id == people[won.index(True)].account_id


def test_an_answer_and_the_end_of_its_alert_at_once_lose_nothing(client):
    """It joins the alert, or it stands as one of its own: never on an alert that is over."""
    alert, by = alerted(client), actor("clinical_director")
    form = begin(
        by=by, client=client, instrument="c-ssrs-screener", occasion="asked", way="aloud", language="en", because=alert
    )  # fmt: skip
    won = at_once(
        lambda: answer(by=by, administration=form, item="cssrs.1", value=1),
        lambda: record_done(by=by, alert=alert, done="safe", words="Talked."),
    )
    assert won == [True, True]
    kinds = list(AlertStep.objects.filter(alert=alert).order_by("id").values_list("kind", flat=True))
    joined = "found" in kinds and kinds.index("found") < kinds.index("done")
    assert joined != (SafetyAlert.objects.exclude(pk=alert.pk).count() == 1)
