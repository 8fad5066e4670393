"""Many do one thing at once, each in a process of its own: one result, a sentence for the others, no fault."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.admission.actions import ADMITTED_ALREADY
from trellis.journey.admission.models import Admission
from trellis.journey.inquiry.actions.answering import CHANGED
from trellis.journey.inquiry.tests.factories import reached
from trellis.journey.schedule import queries
from trellis.journey.schedule.actions import generate_sessions
from trellis.journey.schedule.models import Attendance, CallOutcome, Enrollment, Track
from trellis.journey.schedule.tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    AttendanceFactory,
    EpisodeFactory,
    StaffMemberFactory,
    tonight,
)
from trellis.people.clients.actions import NOT_OPEN, ONE_EPISODE
from trellis.people.clients.models import Client, Episode

PROCESSES = 8

pytestmark = pytest.mark.timeout(300)  # a start of Django takes its time on a busy machine


@pytest.fixture
def at_once(committed_db, database_url, clock_at):
    """Do each of these things in a process of its own, all at one moment; what came of each, in no order."""
    clock_at(NOW)

    def run(wanted):
        connection.close()
        who = {"now": NOW.isoformat(), "today": TODAY.isoformat(), "role": "clinical_director"}
        words = json.dumps([{**who, "account": number, **asked} for number, asked in enumerate(wanted, 1)])
        done = subprocess.run(
            [sys.executable, "-m", "trellis.journey.schedule.tests.hurry", words],
            env={**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"},
            stdout=subprocess.PIPE, text=True, check=True, timeout=150,
        )  # fmt: skip
        return sorted(json.loads(done.stdout))

    return run


def one_and_others(sentence):
    return sorted(["done", *[str(sentence)] * (PROCESSES - 1)])


@pytest.fixture
def starting(at_once):
    """What it takes to start somebody in the evening track."""
    load_pomona()
    generate_sessions(by=SYSTEM)
    return {
        "act": "start", "track": Track.objects.get(key="evening").pk,
        "level": program.current().program.level_of_care,
        "clinician": StaffMemberFactory(account__roles=["therapist"], credential="LMFT", licensed=True).pk,
    }  # fmt: skip


def admitted_once():
    admission = Admission.objects.get()
    groups = Enrollment.objects.filter(track__key="evening").values_list("episode", "series")
    assert {episode for episode, _series in groups} == {admission.episode_id}
    assert len(groups) == len(set(groups))
    return (Client.objects.count(), Episode.objects.count()) == (1, 1)


def test_of_many_who_start_one_inquiry_one_does(starting, at_once):
    inquiry = reached()
    assert at_once([{**starting, "inquiry": inquiry.pk}] * PROCESSES) == one_and_others(CHANGED)
    assert admitted_once()
    assert Admission.objects.get().inquiry == inquiry


def test_a_form_without_an_inquiry_that_is_sent_many_times_at_once_starts_one_person(starting, at_once):
    assert at_once([starting] * PROCESSES) == one_and_others(ADMITTED_ALREADY)
    assert admitted_once()


def test_of_many_who_take_one_person_back_one_does(starting, at_once):
    before = EpisodeFactory(closed=True).client
    assert at_once([{**starting, "client": before.pk}] * PROCESSES) == one_and_others(ONE_EPISODE)
    assert Episode.objects.filter(client=before, status="open").count() == 1


def test_of_many_who_close_one_stay_one_does_and_marks_made_meanwhile_are_kept(at_once):
    load_pomona()
    session, (client,), _leader = tonight(people=1)
    episode = client.episodes.get()
    reasons = [reason for reason in Episode.CloseReason.values if reason]
    closing = [
        {"act": "finish", "episode": episode.pk, "reason": reasons[number % len(reasons)]}
        for number in range(PROCESSES - 2)
    ]
    marking = [{"act": "mark", "session": session.pk, "client": client.pk, "key": f"m{number}"} for number in range(2)]
    said = at_once([*closing[:3], *marking, *closing[3:]])
    assert said == sorted(["done"] * 3 + [str(NOT_OPEN)] * (len(closing) - 1))
    assert set(Attendance.objects.values_list("key", flat=True)) == {"m0", "m1"}
    event = AuditEvent.objects.get(verb="schedule.finish")
    assert event.subjects == [f"client:{client.pk}"]
    assert Episode.objects.get(pk=episode.pk).status == "closed"


@pytest.fixture
def missed(at_once):
    """Somebody was absent without a word: a call is owed."""
    load_pomona()
    session, (client,), _leader = tonight(people=1)
    AttendanceFactory(session=session, client=client, state="absent")
    assert owed(session)
    return session, client


def owed(session):
    return [line for line in queries.lines_of([session.pk])[session.pk] if line.call_owed]


def test_when_two_tell_of_one_call_the_words_of_both_are_kept_and_it_is_owed_no_more(missed, at_once):
    session, client = missed
    told = [
        {"act": "call", "session": session.pk, "client": client.pk, "key": f"c{n % 2}", "result": "reached",
         "note": f"note {n % 2}"}
        for n in range(PROCESSES)
    ]  # fmt: skip
    assert at_once(told) == ["done"] * PROCESSES
    assert sorted(CallOutcome.objects.values_list("note", flat=True)) == ["note 0", "note 1"]
    assert not owed(session)
