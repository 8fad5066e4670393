"""How it has been, over time: what is asked of the record, and what people see."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.program import queries as blueprint
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.care.tests.test_pages import at_desk
from trellis.journey.care.trajectories.presenters import over_time
from trellis.journey.measures.models import Administration, Outcome, SafetyAlert
from trellis.people.clients.tests.factories import SINCE, StaffMemberFactory, actor_of

pytestmark = pytest.mark.django_db
START = SINCE.date()


def filled_in(client, instrument, *totals, every=7, stay=None, **outcome):
    """Finished forms, one every so many days from the first day on."""
    with writing("test"):
        forms = Administration.objects.bulk_create(
            Administration(
                client=client,
                episode=stay,
                instrument=instrument,
                version="1.0.0",
                language="en",
                way="phone",
                occasion="weekly",
                on=START + timedelta(days=every * n),
                at=SINCE,
                by="x",
            )
            for n in range(len(totals))
        )
        Outcome.objects.bulk_create(
            Outcome(administration=form, total=total, at=SINCE, by="x", **{"status": "complete", **outcome})
            for form, total in zip(forms, totals, strict=True)
        )


@pytest.fixture
def address(marisol):
    return f"/desk/clients/{marisol.public_id}/over-time/"


@pytest.fixture
def desk(author):
    return at_desk(author)


def test_a_picture_and_its_numbers_stand_side_by_side(desk, marisol, address):
    filled_in(marisol, "phq-9", 20, 14, 9, severity="moderate")
    page = desk.get(address).content.decode()
    assert page.count("trajectory-dot") == 3
    assert "That is more than chance: it got better." in page
    assert re.findall(r"<td>(\d+)</td><td>moderate</td>", page) == ["9", "14", "20"]
    assert "15–19 moderately severe" in page


def test_the_bam_shows_three_pictures_and_says_that_no_change_is_published(desk, marisol, address):
    filled_in(marisol, "bam-iop", None, None, subscores={"use": 3, "risk": 10, "protective": 12})
    page = desk.get(address).content.decode()
    assert page.count('<figure class="trajectory">') == 3
    assert "Nobody has published" in page
    assert "chance" not in page
    assert "Higher is better." in page
    assert "Lower is better." in page


def test_one_measure_is_chosen_and_an_unknown_one_is_the_first(desk, marisol, address):
    filled_in(marisol, "phq-9", 20, 14)
    filled_in(marisol, "gad-7", 11)
    assert '<a href="?measure=gad-7" aria-current="page">' in desk.get(address + "?measure=gad-7").content.decode()
    assert "20 on" in desk.get(address + "?measure=nonsense").content.decode()


def test_a_form_that_gave_no_number_is_in_the_table_and_not_in_the_picture(desk, marisol, address):
    filled_in(marisol, "phq-9", None, status="incomplete")
    page = desk.get(address).content.decode()
    assert "No form was finished far enough to draw it" in page
    assert "no total, questions were left out" in page
    assert "<svg viewBox" not in page.split("<main")[1]


def test_before_the_first_form_the_page_says_what_will_stand_there(desk, address):
    assert "No form is finished yet" in desk.get(address).content.decode()


def test_the_person_sees_their_own_without_the_words_of_clinicians(marisol):
    filled_in(marisol, "phq-9", 20, 14, 21, severity="severe")
    page = sign_in(Browser(), marisol.account).get("/my/over-time/").content.decode()
    assert page.count("trajectory-dot") == 3
    assert "severe" not in page
    spanish = sign_in(Browser(), marisol.account).get("/es/my/over-time/").content.decode()
    assert "más que casualidad" not in spanish
    assert "21 ahora." in spanish


def test_what_happened_is_a_mark_for_the_team_and_a_line_in_the_list(desk, marisol, address):
    filled_in(marisol, "phq-9", 20, 14, 9)
    raised = SINCE + timedelta(days=8)
    with writing("test"):
        SafetyAlert.objects.create(
            client=marisol, administration=Administration.objects.first(), flags=[], at=raised, by="x"
        )
        for level, kind in (("1.0", "decided"), ("3.1", "proposed")):
            LevelAssessment.objects.create(
                client=marisol, kind=kind, facts={}, rules_version=1, recommended=level, level=level,
                at=raised + timedelta(days=2), by="x",
            )  # fmt: skip
        LevelAssessment.objects.create(  # years before the first form: not in the picture
            client=marisol, kind="decided", facts={}, rules_version=1, recommended="3.7", level="3.7",
            at=raised - timedelta(days=900), by="x",
        )  # fmt: skip
    page = desk.get(address).content.decode()
    assert re.findall(r'trajectory-event" [^>]*><title>([^<]*)', page)[-2:] == [
        "An answer needed a person.", "Level of care: 1.0.",
    ]  # fmt: skip
    assert "<td>An answer needed a person.</td>" in page
    assert "3.1" not in page
    assert "3.7" not in page
    own = sign_in(Browser(), marisol.account).get("/my/over-time/").content.decode()
    assert "An answer needed" not in own
    assert "Level of care" not in own


def test_whoever_is_not_of_the_care_team_finds_nothing(marisol, address):
    filled_in(marisol, "phq-9", 20)
    stranger = StaffMemberFactory(account__roles=["therapist"]).account
    for roles in (["front_desk"], ["biller"], ["group_facilitator"]):
        assert at_desk(actor_of(StaffMemberFactory(account__roles=roles).account)).get(address).status_code in (
            403,
            404,
        )
    assert at_desk(actor_of(stranger)).get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 104])
def test_the_same_few_statements_for_two_years_as_for_a_day(marisol, statements, number):
    filled_in(marisol, "phq-9", *[n % 28 for n in range(number)], severity="mild")
    with blueprint.remembered():
        blueprint.current()
        with statements() as seen:
            assert over_time(marisol, "phq-9") is not None
        with statements() as own:
            assert over_time(marisol, "phq-9", own=True) is not None
    assert (len(seen), len(own)) == (7, 4)


def test_two_years_of_weekly_forms_are_a_light_page(desk, marisol, address):
    filled_in(marisol, "phq-9", *[n % 28 for n in range(104)], severity="moderately_severe")
    filled_in(marisol, "craving-nrs", *[n % 11 for n in range(730)], every=1)
    assert len(desk.get(address).content) < 40_000
    daily = desk.get(address + "?measure=craving-nrs").content
    assert len(daily) < 40_000
    assert b"Each point is the mean of a week." in daily
