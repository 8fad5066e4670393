"""The group room as a page: two taps, plain forms, short answers for its script."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import Attendance, AttendanceUndo, GuestCount, JoinedSession, RosterAddition
from trellis.journey.schedule.tests.factories import (
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    ClientFactory,
    LeaveFactory,
    RoomFactory,
    SessionFactory,
    browser_of,
    tonight,
)
from trellis.people.accounts.tests.factories import account_with, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def group():
    """A group that is on, its people, and the browser of the one who leads it."""
    session, clients, by = tonight(people=3)
    return session, clients, browser_of(by)


def url(name, session):
    return reverse(f"schedule:{name}", args=[session.public_id])


def opened(browser, session, **more):
    return browser.get(url("room", session), **more)


def post(browser, session, client, do, key="k1", **more):
    headers = more.pop("headers", {})
    return browser.post(url("mark", session), {"client": client.public_id, "do": do, "key": key, **more}, **headers)


def row_of(page, client):
    html = page.content.decode()
    return re.search(rf'<li class="row person"[^>]*data-person="{client.public_id}".*?</li>', html, re.S).group()


def test_each_person_stands_there_with_the_handles_of_the_contract(group):
    session, [one, two, _three], browser = group
    AttendanceFactory(session=session, client=two, state="late", arrived_late_minutes=7)
    page = opened(browser, session)
    row = row_of(page, one)
    assert 'data-state="none"' in row
    assert 'data-marks="0"' in row
    assert all(f'data-mark="{mark}"' in row for mark in ("present", "late", "absent"))
    assert re.sub(r"<[^>]+>", " ", row).split()[0] == one.chosen_name.split()[0]
    assert "data-undo hidden" in row
    late = row_of(page, two)
    assert 'data-state="late"' in late
    assert "Late 7 min" in late
    assert "data-undo hidden" not in late


def test_opening_the_room_is_one_event_about_everybody_in_it(group):
    session, clients, browser = group
    opened(browser, session)
    event = AuditEvent.objects.get(verb="opened schedule.room")
    assert event.subjects == sorted(f"client:{client.pk}" for client in clients)


def test_an_empty_room_says_so(group):
    from trellis.journey.schedule.tests.factories import BookingFactory

    _session, _clients, browser = group
    empty = SessionFactory(planned_on=_session.planned_on + timedelta(days=1))
    BookingFactory(session=empty, staff_member=_session.bookings.get().staff_member)
    assert "Nobody is enrolled in this group yet" in opened(browser, empty).content.decode()


def test_what_a_client_wrote_is_folded_away(group):
    session, [one, *_], browser = group
    AbsenceNoticeFactory(session=session, client=one, kind="late", minutes=20, reason="Bus 482")
    row = row_of(opened(browser, session), one)
    assert "about 20 min late" in row
    assert re.search(
        r"<details class=\"fold written\"><summary>What they wrote</summary><p>“Bus 482”</p></details>", row
    )


def test_the_small_line_says_what_is_known(group):
    session, [one, two, three], browser = group
    ArrivalFactory(session=session, client=one)
    LeaveFactory(client=two, kind="hospital")
    actions_by = AttendanceFactory(session=session, client=three, state="absent", reason="Shift", late_entry=True)
    page = opened(browser, session)
    assert "At the desk 5:40 pm" in row_of(page, one)
    assert "In hospital" in row_of(page, two)
    assert "Shift · Written down on a later day" in row_of(page, three)
    assert actions_by.label == "Absent"


def test_a_plain_form_marks_and_leads_back_to_the_person(group):
    session, [one, *_], browser = group
    answer = post(browser, session, one, "present")
    assert answer.url == f"{url('room', session)}#p-{one.public_id}"
    assert Attendance.objects.get().state == "present"


def test_the_same_button_twice_is_one_mark_and_another_button_of_the_row_is_another(group):
    session, [one, *_], browser = group
    for do in ("present", "present", "absent"):
        post(browser, session, one, do)
    assert list(Attendance.objects.order_by("pk").values_list("state", flat=True)) == ["present", "absent"]


def test_late_without_minutes_takes_them_from_the_clock_and_one_tap_corrects_them(group):
    session, [one, *_], browser = group
    post(browser, session, one, "late")
    post(browser, session, one, "late", minutes="15")
    post(browser, session, one, "left_early")
    found = Attendance.objects.order_by("pk").values_list("arrived_late_minutes", "left_early_minutes")
    assert list(found) == [(10, 0), (15, 0), (0, 185)]


@pytest.mark.parametrize("minutes", ["x", "99999", "-5"])
def test_minutes_that_are_none_are_refused_with_a_sentence(group, minutes):
    session, [one, *_], browser = group
    page = browser.get(post(browser, session, one, "late", minutes=minutes).url)
    assert "Say how many minutes." in page.content.decode()


def test_an_excuse_carries_its_reason(group):
    session, [one, *_], browser = group
    post(browser, session, one, "excused", reason=" Court date ")
    assert Attendance.objects.get().reason == "Court date"


def test_undo_goes_back_to_none(group):
    session, [one, *_], browser = group
    post(browser, session, one, "present")
    post(browser, session, one, "undo")
    assert 'data-state="none"' in row_of(opened(browser, session), one)
    assert AttendanceUndo.objects.count() == 1


def test_a_script_hears_how_many_marks_there_are(group):
    session, [one, *_], browser = group
    first = post(browser, session, one, "present", "a", headers=JSON)
    again = post(browser, session, one, "present", "a", headers=JSON)
    second = post(browser, session, one, "absent", "b", headers=JSON)
    undone = post(browser, session, one, "undo", "c", headers=JSON)
    assert [answer.json()["marks"] for answer in (first, again, second, undone)] == [1, 1, 2, 2]
    assert 'data-marks="2"' in row_of(opened(browser, session), one)


def test_a_script_hears_the_sentence_of_a_refusal_and_how_it_stands(group):
    session, [one, *_], browser = group
    AttendanceFactory(session=session, client=one)
    answer = post(browser, session, one, "late", "b", headers=JSON, minutes="900")
    assert answer.status_code == 409
    assert answer.json()["state"] == "present"
    assert "longer than the group" in answer.json()["sentence"]


def test_a_mark_is_at_most_eight_statements_with_everything_around_it(group, statements):
    session, [one, two, *_], browser = group
    post(browser, session, two, "present", headers=JSON)
    with statements() as seen:
        assert post(browser, session, one, "present", "k9", headers=JSON).status_code == 200
    assert len(seen) <= 8, seen


def test_ten_marks_in_one_request(statements):
    session, clients, by = tonight(people=10)
    browser = browser_of(by)
    fields = {
        "client": [c.public_id for c in clients],
        "state": ["present"] * 9 + ["late"],
        "key": [f"k{n}" for n in range(10)],
    }
    browser.get(url("room", session))
    with statements() as seen:
        assert browser.post(url("mark_all", session), fields, **JSON).json() == {"marked": 10}
    assert len(seen) <= 10, seen
    browser.post(url("mark_all", session), fields)
    assert Attendance.objects.count() == 10
    assert Attendance.objects.get(state="late").arrived_late_minutes == 10


def test_a_whole_room_of_unsound_marks_is_refused_with_a_sentence(group):
    session, [one, *_], browser = group
    fields = {"client": [one.public_id], "state": ["dancing"], "key": ["k"]}
    assert browser.post(url("mark_all", session), fields, **JSON).status_code == 409
    page = browser.get(browser.post(url("mark_all", session), fields).url)
    assert "Choose one of the marks" in page.content.decode()
    assert browser.post(url("mark_all", session), {}, **JSON).json() == {"marked": 0}


def test_everybody_else_is_here_marks_those_who_are_not_marked_away_or_excused(group):
    session, [one, two, three], browser = group
    AttendanceFactory(session=session, client=one, state="absent")
    LeaveFactory(client=two)
    ArrivalFactory(session=session, client=three)
    page = opened(browser, session)
    form = re.search(r"<form[^>]*data-all>.*?</form>", page.content.decode(), re.S).group()
    assert re.findall(r'name="client" value="(\w+)"', form) == [three.public_id]


@pytest.mark.parametrize("people", [3, 12])
def test_the_room_costs_the_same_for_few_and_for_many(statements, people):
    session, clients, by = tonight(people=people, in_room=RoomFactory())
    for client in clients:
        AttendanceFactory(session=session, client=client)
    browser = browser_of(by)
    opened(browser, session)
    with statements() as seen:
        assert opened(browser, session).status_code == 200
    assert len(seen) <= 20, seen


def test_a_stranger_hears_the_same_for_not_theirs_and_not_there(group):
    session, [one, *_], _browser = group
    stranger = sign_in(Browser(), account_with("group_facilitator"))
    assert opened(stranger, session).status_code == 404
    assert stranger.get(reverse("schedule:room", args=["nothing"])).status_code == 404
    assert post(stranger, session, one, "present").status_code == 404
    assert sign_in(Browser(), account_with("front_desk")).get(url("room", session)).status_code == 403


def test_somebody_who_is_not_in_the_group_is_not_there(group):
    session, _clients, browser = group
    assert post(browser, session, ClientFactory(), "present").status_code == 404


# --- who else was there -----------------------------------------------------------------------------------------------


def test_somebody_is_found_and_added(group):
    session, _clients, browser = group
    guest = ClientFactory(chosen_name="Zoe Quill", in_program=True)
    page = browser.post(url("add", session), {"q": "quil"})
    assert "Zoe Quill" in page.content.decode()
    assert trail.about(f"client:{guest.pk}")[-1].verb == "opened schedule.add_to_roster"
    fields = {"q": "quil", "client": guest.public_id, "key": "k1"}
    assert browser.post(url("add", session), fields).url.endswith(f"#p-{guest.public_id}")
    assert "Added for this group" in row_of(opened(browser, session), guest)
    browser.post(url("add", session), fields)
    assert RosterAddition.objects.count() == 1


def test_nobody_is_found_says_what_to_do(group):
    session, [one, *_], browser = group
    assert "Nobody else in the program" in browser.post(url("add", session), {"q": "zzz"}).content.decode()
    assert "Who else is here" in browser.get(url("add", session)).content.decode()
    fields = {"q": one.chosen_name[:5], "client": one.public_id}
    assert "Nobody else" in browser.post(url("add", session), fields).content.decode()


def test_adding_without_a_key_is_refused_with_a_sentence(group):
    session, _clients, browser = group
    guest = ClientFactory(chosen_name="Zoe Quill", in_program=True)
    answer = browser.post(url("add", session), {"q": "quill", "client": guest.public_id})
    assert "Open the page again" in browser.get(answer.url.split("#")[0]).content.decode()


def test_another_group_joins_and_the_room_shows_both(group):
    session, _clients, browser = group
    other, [guest, *_], _by = tonight(people=1, series__names={"en": "Family education", "es": "Familia"})
    assert "No other group" not in browser.get(url("join", session)).content.decode()
    assert browser.post(url("join", session), {"session": other.public_id}).url == url("room", session)
    assert JoinedSession.objects.get().session == other
    page = opened(browser, session)
    assert "Family education" in page.content.decode()
    assert f'action="{url("mark", other)}"' in row_of(page, guest)
    assert browser.get(url("room", other)).url == url("room", session)
    assert post(browser, other, guest, "present").url == f"{url('room', session)}#p-{guest.public_id}"


def test_a_group_that_cannot_join_comes_back_with_a_sentence(group):
    session, _clients, browser = group
    other, third = SessionFactory(), SessionFactory()
    from trellis.journey.schedule.tests.factories import actor

    actions.join_sessions(by=actor("clinical_director"), host=other, session=third)
    page = browser.post(url("join", session), {"session": other.public_id})
    assert "joined with another already" in page.content.decode()


def test_no_group_to_join_says_so(group):
    session, _clients, browser = group
    assert "No other group meets at this time" in browser.get(url("join", session)).content.decode()


def test_guests_are_counted_in_the_side(group):
    session, _clients, browser = group
    browser.post(url("guests", session), {"kind": "loved_one", "number": "3"})
    assert GuestCount.objects.get().number == 3
    assert 'name="number" type="number" min="0" max="200" value="3"' in opened(browser, session).content.decode()
    answer = browser.post(url("guests", session), {"kind": "loved_one", "number": "many"})
    assert "0 to 200" in browser.get(answer.url).content.decode()


def test_the_size_of_the_room_warns_and_says_how_minutes_count(group):
    session, [one, *_], browser = group
    AttendanceFactory(session=session, client=one)
    page = opened(browser, session).content.decode()
    assert re.search(r'data-warning="below_minimum">', page)
    assert re.search(r'data-warning="over_capacity" hidden>', page)
    assert "The minutes count as: Individual hour." in page
    assert "its minutes do not count toward the week" in page


def test_the_side_names_who_falls_short_and_what_would_help(group):
    session, [one, *_], browser = group
    SessionFactory(planned_on=session.planned_on + timedelta(days=3), series__weekday=5)
    page = opened(browser, session).content.decode()
    assert "3 people fall short" in page
    assert "would help" in page
    assert one.first_name in page


def test_the_room_speaks_spanish(group):
    session, _clients, browser = group
    page = browser.get("/es" + url("room", session)).content.decode()
    assert "Grupo de habilidades" in page
    assert ">Presente</button>" in page


@pytest.mark.parametrize(
    ("minutes", "words"), [(-5, "starts 5:30 pm"), (20, "20 min in, ends 8:45 pm"), (200, "ended 8:45 pm")]
)
def test_the_head_says_where_the_hour_stands(clock_at, minutes, words):
    session, _clients, by = tonight()
    clock_at(session.starts_at + timedelta(minutes=minutes))
    page = opened(browser_of(by), session)
    assert words in page.content.decode()
    assert queries.room(session).session == session
