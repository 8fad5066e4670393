"""What somebody takes along of their wait and of being handed on: their own, and no note of a call."""

from datetime import timedelta

import pytest
from django.utils import translation

from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory, InquiryFactory
from trellis.journey.admission.waiting import actions, own_copy
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(clock_at):
    """Who asked, waited, found another place; and about whom somebody else was handed on, too."""
    clock_at(NOW + timedelta(hours=1))
    load_pomona()
    client, by, today = ClientFactory(), actor("intake_coordinator"), clock.now().date()
    own, other = InquiryFactory(), InquiryFactory(from_loved_one=True)
    actions.put_on(by=by, inquiry=own, injects=True)
    actions.contacted(by=by, inquiry=own, how="no_answer", note="Her brother picked up")
    actions.interim(by=by, inquiry=own, service="hiv_tb_care", given=False, note="Her brother asked")
    actions.say_facts(by=by, inquiry=own, pregnant=True, injects=False)
    actions.take_off(by=by, inquiry=own, reason="elsewhere")
    for one in (own, other):
        place = f"Casa {one.for_whom}"
        handed = actions.hand_on(by=by, inquiry=one, place=place, way="number", on=today, note="Her brother")
        actions.heard(by=by, hand_on=handed, found="arrived", on=today, note="Her brother said so")
        AdmissionFactory(episode=EpisodeFactory(client=client, closed=True), inquiry=one)
    return client


def kept(entries):
    return [{line.key: line.value for line in entry} for entry in entries]


def shown(entries):
    return " ".join(line.shown for entry in entries for line in entry)


def test_each_step_of_the_wait_is_there_and_said_to_themselves(client):
    first, *since = kept(own_copy.waits(client))
    assert (first["since"], first["pregnant"], first["injects"]) == ("2026-11-25T11:00:00-08:00", False, True)
    assert [(one["kind"], one["what"]) for one in since] == [
        ("no_answer", ""), ("declined", "hiv_tb_care"), ("facts", ""), ("off", "elsewhere"),
    ]  # fmt: skip
    assert (since[2]["pregnant"], since[2]["injects"]) == (True, False)
    said = shown(own_copy.waits(client))
    for words in ("We tried and did not reach you", "You said no to it", "if you want it", "You found another place"):
        assert words in said, words
    with translation.override("es"):
        assert "Usted dijo que no" in shown(own_copy.waits(client))


def test_where_they_were_handed_on_is_there_and_nobody_elses(client):
    where, since = kept(own_copy.hand_ons(client))
    assert (where["place"], where["way"], since["found"]) == ("Casa self", "number", "arrived")
    assert "You got the number" in shown(own_copy.hand_ons(client))
    assert "You got there" in shown(own_copy.hand_ons(client))


def test_no_note_of_a_call_is_in_it(client):
    assert "brother" not in shown(own_copy.waits(client)) + shown(own_copy.hand_ons(client))
