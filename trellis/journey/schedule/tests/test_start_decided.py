"""What was decided about the level stands on the page that admits: for whoever may read it, and of the coming stay."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.inquiry.actions.returning import come_back
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.clients.tests.factories import EpisodeFactory, StaffMemberFactory, actor

pytestmark = pytest.mark.django_db
WHY = "Works nights."


@pytest.fixture
def client_of_before(pomona):
    return EpisodeFactory(closed=True).client


@pytest.fixture
def director(pomona):
    return sign_in(Browser(), StaffMemberFactory(account__roles=["clinical_director"]).account)


def wrote(client, **changes):
    row = {"kind": "decided", "level": "2.1", "at": NOW, "episode": None} | changes
    with writing("test"):
        return LevelAssessment.objects.create(
            client=client, facts={}, rules_version=1, recommended="1", reason_sealed=crypto.seal(WHY), by="x", **row
        )


def page(browser, client):
    return browser.get(f"/desk/clients/{client.public_id}/start/").content.decode()


def test_the_level_decided_on_and_its_reason_are_the_draft(director, client_of_before):
    wrote(client_of_before)
    found = page(director, client_of_before)
    assert "2.1 Intensive outpatient was decided on Nov. 25, 2026." in found
    assert f"2.1 Intensive outpatient. {WHY}</textarea>" in found


def test_for_another_level_the_reason_is_asked_for_and_nothing_is_drafted(director, client_of_before):
    wrote(client_of_before, level="3.7")
    found = page(director, client_of_before)
    assert "3.7 Medically managed residential was decided on Nov. 25, 2026. Say in the reason why" in found
    assert WHY not in found


@pytest.mark.parametrize("other", ["proposed", "of another stay", "long ago", "before the last stay ended"])
def test_what_was_not_decided_about_this_stay_counts_for_none(director, client_of_before, other):
    stay = client_of_before.episodes.get()
    wrote(client_of_before, **{
        "proposed": {"kind": "proposed"}, "of another stay": {"episode": stay},
        "long ago": {"at": NOW - timedelta(days=31)}, "before the last stay ended": {},
    }[other])  # fmt: skip
    if other == "before the last stay ended":
        with writing("test"):
            client_of_before.episodes.update(closed_on=NOW.date() + timedelta(days=1))
    found = page(director, client_of_before)
    assert "Nobody decided lately" in found
    assert WHY not in found


def test_intake_reads_it_only_of_somebody_on_the_way_in(intake, client_of_before):
    wrote(client_of_before)
    found = page(intake, client_of_before)
    assert "is not shown to you" in found
    assert WHY not in found
    assert "was decided on" not in found
    come_back(by=actor("intake_coordinator"), client=client_of_before)
    assert WHY in page(intake, client_of_before)


def test_for_somebody_new_nothing_was_decided(intake):
    assert "Say in the reason who found this level right" in intake.get("/desk/admit/").content.decode()
