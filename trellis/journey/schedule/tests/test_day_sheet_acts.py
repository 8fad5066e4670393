"""The day sheet of the front desk: arrivals, calls, and one line."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import Cast
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record import crypto
from trellis.journey.schedule.models import AbsenceNotice, Arrival, CallOutcome, NotSeated
from trellis.journey.schedule.tests.factories import (
    NOW,
    TODAY,
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    CallOutcomeFactory,
    ClientFactory,
    NotSeatedFactory,
    RoomFactory,
    SessionFactory,
    browser_of,
    enrolled,
    tonight,
)
from trellis.journey.schedule.tests.sheet import URL, line_of, text, value
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


# --- arrivals ---------------------------------------------------------------------------------------------------------


def test_an_arrival_is_one_tap_and_leads_back_to_its_line(desk):
    session, [client, *_], _by = tonight()
    answer = desk.post("/desk/day/arrive/", {"key": "k1", "arrive": value(session, client)})
    assert answer["Location"] == f"{URL}#{value(session, client)}"
    assert "Arrived 5:40 pm" in line_of(text(desk.get(URL)), session, client)
    desk.post("/desk/day/arrive/", {"key": "k1", "arrive": value(session, client)})
    assert Arrival.objects.count() == 1


def test_an_arrival_is_taken_back(desk):
    session, [client, *_], _by = tonight()
    desk.post("/desk/day/arrive/", {"key": "k1", "arrive": value(session, client)})
    desk.post("/desk/day/arrive/", {"key": "k2", "gone": value(session, client)})
    assert "Not here yet" in line_of(text(desk.get(URL)), session, client)
    assert list(Arrival.objects.values_list("gone", flat=True)) == [False, True]


def test_a_script_gets_the_line_and_what_changed_with_it(desk):
    session, [client, *_], _by = tonight()
    answer = desk.post(
        "/desk/day/arrive/", {"key": "k1", "arrive": value(session, client)}, headers={"HX-Request": "true"}
    )
    page = text(answer)
    line = line_of(page, session, client)
    assert 'hx-swap-oob="true"' in line
    assert "autofocus" in line
    assert 'name="gone"' in line
    assert f'<span id="n-{session.public_id}" hx-swap-oob="true">1 of 3 here</span>' in page
    assert "2 people are not here yet" in page
    assert re.search(r'name="key" id="key" value="(?!k1)\w+" hx-swap-oob', page)


def test_a_form_without_its_key_says_what_to_do(desk):
    session, [client, *_], _by = tonight()
    sent = {"arrive": value(session, client)}
    assert "Open the page again" in text(desk.post("/desk/day/arrive/", sent, follow=True))
    said = text(desk.post("/desk/day/arrive/", sent, headers={"HX-Request": "true"}))
    assert "Open the page again" in said
    assert Arrival.objects.count() == 0


def test_a_line_that_is_not_there_is_not_found(desk):
    session, _clients, _by = tonight()
    stranger = ClientFactory(in_program=True)
    for wrong in ("", "x", value(session, stranger), f"nothing-{stranger.public_id}"):
        assert desk.post("/desk/day/arrive/", {"key": "k", "arrive": wrong}).status_code == 404
    assert desk.get("/desk/day/arrive/").status_code == 405


def test_whoever_leads_the_group_marks_an_arrival_and_comes_to_the_line():
    session, [client, *_], by = tonight()
    leader = browser_of(by)
    answer = leader.post("/desk/day/arrive/", {"key": "k", "arrive": value(session, client)})
    assert answer["Location"] == line_url(session, client)


# --- calls ------------------------------------------------------------------------------------------------------------


def missed(days_ago=0, **client):
    session = SessionFactory(planned_on=TODAY - timedelta(days=days_ago))
    [person] = enrolled(session.series, 1, **client)
    AttendanceFactory(session=session, client=person, state="absent")
    return session, person


def test_a_call_that_is_owed_stands_with_the_safe_way_to_make_it(desk):
    session, client = missed(
        may_leave_message=False,
        may_text=True,
        safe_times="After 6 pm",
        language="es",
        safe_word_sealed=crypto.seal("Jacaranda"),
    )
    page = text(desk.get(URL))
    side = page[page.index('id="calls"') :]
    assert "One call is owed" in page
    for words in (
        "(909) 555-0142",
        "Leave no message · a text is fine · Spanish",
        "After 6 pm",
        "Word for calls: Jacaranda",
        "Today, 5:30 pm",
    ):
        assert words in side
    assert f"{value(session, client)}.reached" in side
    assert ".left_message" not in side


def test_without_a_telephone_nobody_can_be_reached_by_it(desk):
    missed(telephone="")
    page = text(desk.get(URL))
    assert "no telephone" in page
    assert ".reached" not in page
    assert ".cannot_call" in page


def test_what_a_person_typed_is_text_wherever_it_stands(desk):
    typed = '<script>alert("1")</script>'
    session, _client = missed(chosen_name=typed, safe_times=typed, telephone='"><b>')
    [expected] = enrolled(session.series, 1, chosen_name=typed)
    page = text(desk.get(URL))
    shown = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"
    assert "<script>alert" not in page
    assert shown in line_of(page, session, expected)
    assert page[page.index('id="calls"') :].count(shown) == 4  # to call, when, what else came of it, and not here yet
    assert 'href="tel:&quot;&gt;&lt;b&gt;"' in page


def test_the_call_of_yesterday_is_still_owed_and_that_of_last_month_is_not(desk):
    _session, yesterday = missed(days_ago=1, chosen_name="Ana Peña")
    missed(days_ago=9, chosen_name="Long Ago")
    page = text(desk.get(URL))
    assert "Ana Peña" in page
    assert "Long Ago" not in page
    assert f"client:{yesterday.pk}" in AuditEvent.objects.get(verb="opened schedule.day_sheet").subjects


@pytest.mark.parametrize(
    ("result", "owed"),
    [("reached", False), ("left_message", False), ("cannot_call", False), ("handed_over", False), ("no_answer", True)],
)
def test_the_call_is_owed_until_its_outcome_settles_it(desk, result, owed):
    session, client = missed()
    answer = desk.post("/desk/day/call/", {"key": "k", "call": f"{value(session, client)}.{result}"})
    assert answer["Location"] == f"{URL}#calls"
    assert CallOutcome.objects.get().result == result
    page = text(desk.get(URL))
    assert ("One call is owed" in page) is owed
    assert (">Call owed</b>" in line_of(page, session, client)) is owed


def test_word_from_the_client_or_a_corrected_mark_ends_the_call(desk):
    session, client = missed()
    AbsenceNoticeFactory(session=session, client=client)
    other, person = missed()
    AttendanceFactory(session=other, client=person, state="late", arrived_late_minutes=5)
    assert "No call is owed." in text(desk.get(URL))


def test_a_call_goes_back_to_the_day_on_which_the_desk_stood(desk):
    session, client = missed(days_ago=1)
    answer = desk.post("/desk/day/call/?day=2026-11-24", {"key": "k", "call": f"{value(session, client)}.reached"})
    assert answer["Location"] == f"{URL}?day=2026-11-24#calls"


def test_a_script_gets_the_calls_that_are_left(desk):
    session, client = missed()
    sent = {"key": "k", "call": f"{value(session, client)}.reached"}
    page = text(desk.post("/desk/day/call/", sent, headers={"HX-Request": "true"}))
    assert "No call is owed." in page
    assert "Call: Reached" in line_of(page, session, client)
    assert 'id="calls-title" tabindex="-1" autofocus' in page


def test_an_outcome_that_is_none_is_refused(desk):
    session, client = missed()
    sent = {"key": "k", "call": f"{value(session, client)}.nonsense"}
    assert "Choose one of the answers." in text(desk.post("/desk/day/call/", sent, follow=True))
    assert CallOutcome.objects.count() == 0


def test_so_many_calls_that_only_some_are_named(desk):
    for _n in range(21):
        missed()
    assert "20 calls or more are owed" in text(desk.get(URL))


# --- one line ---------------------------------------------------------------------------------------------------------


def line_url(session, client):
    return reverse("schedule:line", args=[session.public_id, client.public_id])


def send(browser, session, client, what, **fields):
    named = {f"{what}-{name}": value for name, value in fields.items()}
    return text(
        browser.post(line_url(session, client), {"what": what, "key": f"{what}-{client.pk}", **named}, follow=True)
    )


def test_a_line_shows_the_person_the_safe_way_and_what_is_written_down(desk):
    session, [client, *_], _by = tonight(in_room=RoomFactory())
    ArrivalFactory(session=session, client=client)
    AttendanceFactory(session=session, client=client, state="absent", reason="Not for the desk")
    AbsenceNoticeFactory(session=session, client=client, kind="late", minutes=15, reason="Nor this")
    CallOutcomeFactory(session=session, client=client, note="Calls back")
    NotSeatedFactory(session=session, client=client)
    page = text(desk.get(line_url(session, client)))
    for words in (
        client.chosen_name, "(909) 555-0142", "We may leave one", "Speak English with them.", "Arrived",
        "Marked in the room: Absent", "Told us: about 15 min late", "Call: Reached", "Calls back",
        "Came, not seated: Unwell",
    ):  # fmt: skip
        assert words in page, words
    assert "Not for the desk" not in page
    assert "Nor this" not in page
    assert AuditEvent.objects.get(verb="opened schedule.arrive").subjects == [f"client:{client.pk}"]


def test_arrival_and_back_on_the_line(desk):
    session, [client, *_], _by = tonight()
    assert "They are here." in send(desk, session, client, "arrive")
    assert "The arrival is taken back." in send(desk, session, client, "gone")
    page = text(desk.post(line_url(session, client), {"what": "arrive", "key": ""}, follow=True))
    assert "Open the page again" in page


def test_somebody_calls_to_say_that_they_are_late_or_cannot_come(desk):
    session, [client, other, *_], _by = tonight()
    assert "About 15 min late" in send(desk, session, client, "told", kind="late", minutes="15", reason="Bus")
    assert "Cannot come" in send(desk, session, other, "told", kind="cannot_come", reason="Shift")
    assert set(AbsenceNotice.objects.values_list("kind", "minutes", "reason")) == {
        ("late", 15, "Bus"), ("cannot_come", 0, "Shift"),
    }  # fmt: skip


def test_somebody_calls_to_say_that_they_can_come_after_all(desk):
    session, [client, *_], by = tonight()
    assert "nothing to take back" in send(desk, session, client, "told", kind="comes")
    send(desk, session, client, "told", kind="cannot_come", reason="Shift")
    page = send(desk, session, client, "told", kind="comes")
    for words in ("Not here yet", "Told us: cannot come", "taken back", "Told us: comes after all"):
        assert words in page, words
    row = line_of(text(desk.get(URL)), session, client)
    assert "Not here yet" in row
    assert "Told us at 5:40 pm: comes after all" in row
    room = text(browser_of(by).get(reverse("schedule:room", args=[session.public_id])))
    assert "Told us at 5:40 pm: comes after all" in room
    assert "Shift" not in room


def test_late_without_minutes_comes_back_with_what_was_typed(desk):
    session, [client, *_], _by = tonight()
    page = send(desk, session, client, "told", kind="late", reason="The bus")
    assert "Say how many minutes late" in page
    assert 'value="The bus"' in page
    assert "This field is required" in send(desk, session, client, "told", reason="The bus")


def test_not_seated_is_written_down_with_the_way_home(desk):
    session, [client, *_], _by = tonight()
    page = send(desk, session, client, "not_seated", why="too_late", way_home="ride", note="Taxi at 6")
    assert "Came too late" in page
    assert "A ride we called · Taxi at 6" in page
    assert NotSeated.objects.get().why == "too_late"
    assert "Came, and was not seated" not in page


def test_a_call_with_a_note(desk):
    session, client = missed()
    assert "We owe this person a call today" in text(desk.get(line_url(session, client)))
    page = send(desk, session, client, "call", result="left_message", note="Back on Thursday")
    assert "Call: Left a safe message" in page
    assert "We owe this person a call" not in page


def test_nothing_but_the_call_is_left_when_the_group_is_over(clock_at):
    session, client = missed()
    clock_at(NOW + timedelta(hours=4))
    page = text(Cast().client("front_desk").get(line_url(session, client)))
    assert "Write the call down" in page
    assert "They told us something" not in page
    assert "They are here" not in page


def test_whoever_leads_the_group_opens_its_lines_and_nobody_elses():
    session, [client, *_], by = tonight()
    other, [stranger, *_], _by = tonight()
    leader = browser_of(by)
    page = text(leader.get(line_url(session, client)))
    assert "Group room" in page
    assert "They told us something" not in page
    assert leader.get(line_url(other, stranger)).status_code == 404
    assert leader.get(line_url(session, stranger)).status_code == 404


@pytest.mark.parametrize("name", ["line", "room", "add", "join"])
def test_a_page_of_the_room_that_nobody_touches_is_locked_until_the_pin(name, clock_at):
    session, [client, *_], by = tonight()
    account = Account.objects.get(pk=by.account_id)
    accounts.set_room_pin(by=by, account=account, pin="4829")
    leader = browser_of(by)
    address = line_url(session, client) if name == "line" else reverse(f"schedule:{name}", args=[session.public_id])
    assert 'id="cover' in text(leader.get(address))
    clock_at(NOW + timedelta(minutes=4))
    locked = leader.get(address)
    assert locked.status_code == 423
    assert client.chosen_name not in text(locked)
    assert leader.post(line_url(session, client), {"what": "arrive", "key": "k"}).status_code == 423
    assert not Arrival.objects.exists()
