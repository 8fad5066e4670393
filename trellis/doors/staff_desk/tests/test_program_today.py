"""The program today, as those who answer for the program see it."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from trellis.foundation import clock
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.schedule.tests.factories import (
    NOW,
    TODAY,
    AbsenceNoticeFactory,
    AttendanceFactory,
    CallOutcomeFactory,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db
URL = "/desk/today/"


@pytest.fixture
def director():
    load_pomona()
    with clock.travel(NOW):
        yield Cast().client("clinical_director")


def tonight(people: int = 2, led: bool = True):
    series = SeriesFactory()
    session = SessionFactory(series=series, led_by=StaffMemberFactory() if led else None)
    clients = [ClientFactory() for _ in range(people)]
    for client in clients:
        EnrollmentFactory(episode=EpisodeFactory(client=client), series=series)
    return session, clients


def test_an_empty_program_says_that_nothing_needs_anybody(director):
    page = director.get(URL).content.decode()
    assert "Nothing needs you now" in page
    assert "No session today" in page
    assert "Everyone has heard from us." in page


def test_a_group_that_is_on_shows_who_is_missing_from_it(director):
    session, (here, away) = tonight()
    AttendanceFactory(session=session, client=here)
    page = director.get(URL).content.decode()
    assert "Under way" in page
    assert "1 of 2 here" in page
    missing = page[page.index("Expected now and not here") :]
    assert away.chosen_name in missing
    assert here.chosen_name not in missing
    assert f"client:{away.pk}" in AuditEvent.objects.latest("id").subjects


def test_a_group_that_comes_later_says_how_many_are_expected(director):
    tonight()
    with clock.travel(NOW - timedelta(hours=1)):
        page = director.get(URL).content.decode()
    assert "2 expected" in page
    assert "of 2 here" not in page


def test_a_group_without_a_leader_is_the_first_thing(director):
    tonight(led=False)
    page = director.get(URL).content.decode()
    assert "thing" in page[page.index("<h1") : page.index("</h1>")]
    assert "has nobody to lead it." in page


def test_a_group_that_does_not_meet_is_folded_away_and_lacks_nobody(director):
    SessionFactory(series=SeriesFactory(), cancelled=True)
    page = director.get(URL).content.decode()
    assert "Nothing needs you now" in page
    assert "It does not meet today." in page[page.index("1 more: over, cancelled, or an individual hour") :]
    assert "nobody leads it yet" not in page


def test_an_overdue_call_needs_somebody(director):
    asked(at=NOW.replace(day=24))
    page = director.get(URL).content.decode()
    assert "One person waits longer for our call than we promised." in page


def absent(days_ago, **client):
    session = SessionFactory(planned_on=TODAY - timedelta(days=days_ago))
    person = ClientFactory(**client)
    AttendanceFactory(session=session, client=person, state="absent")
    return session, person


def test_calls_of_earlier_days_are_owed_until_somebody_settles_them(director):
    for days_ago in (0, 1, 2, 60):
        absent(days_ago)
    settled, somebody = absent(1)
    CallOutcomeFactory(session=settled, client=somebody, result="reached")
    told, other = absent(1)
    AbsenceNoticeFactory(session=told, client=other)
    page = director.get(URL).content.decode()
    assert "3 absences without word wait for our call." in page
    sheet = director.get("/desk/day/").content.decode()
    assert "3 calls are owed" in sheet
    assert 'href="/desk/day/"' in page


def test_one_owed_call_is_one(director):
    absent(1)
    assert "One absence without word waits for our call." in director.get(URL).content.decode()


def test_in_spanish_every_word_is_spanish(director):
    tonight(led=False)
    page = director.get(f"/es{URL}").content.decode()
    assert "Sesiones de hoy" in page
    assert "nadie que" in page


@pytest.mark.parametrize("role", ["counselor", "front_desk", "biller", "client", "loved_one"])
def test_other_roles_do_not_open_it(role):
    load_pomona()
    assert Cast().client(role).get(URL).status_code == 403


@pytest.mark.parametrize("people", [1, 30])
def test_it_asks_the_database_as_often_for_thirty_as_for_one(director, django_assert_max_num_queries, people):
    tonight(people)
    with django_assert_max_num_queries(45):
        director.get(URL)
