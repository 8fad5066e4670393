"""One meeting, its calendar file, the sheet, and a report: what anybody sees without signing in."""

from datetime import datetime, time, timedelta

import pytest
from icalendar import Calendar

from trellis.foundation.access import public_forms
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.places.models import Meeting, WrongReport
from trellis.foundation.places.pages import public
from trellis.foundation.places.tests.factories import a_list, a_meeting, facts
from trellis.foundation.places.tests.looking import LA, SATURDAY, find, shown
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("saturday")


# --- one meeting ------------------------------------------------------------------------------------------------------


def page_of(browser, meeting, query=""):
    return find(browser, query, f"/meetings/{meeting.public_id}/")


def test_the_page_of_a_meeting_says_when_where_and_what_to_expect(browser):
    one = a_meeting(a_list(kind="AA", title="Inland Empire"), types=["O", "BE", "Q9"], notes="Ring the bell.\nTwice.")
    page = page_of(browser, one)
    assert "Today, Saturday, November 28" in page
    assert page.count("<li><p") >= 3
    assert "Saturday, December 12" in page
    assert "7:30 to 8:30 pm" in page
    assert "676 N Gibbs St" in page
    assert "geo:34.06320,-117.75060?q=676%20N%20Gibbs%20St%2C%20Pomona%2C%20CA%2C%2091767" in page
    assert "Open: anyone may come" in page
    assert "Q9" in page
    assert "You need not believe anything" in page
    assert "From the list “Inland Empire” (read 4 days ago)." in page


def test_online_it_says_how_to_get_in_and_by_which_clock(browser):
    one = a_meeting(
        attendance="online", online_url="https://zoom.example/j/1", phone="+1 669 555 0100,,123#", day=6,
        online_notes="Passcode 12", time=time(22, 0), time_zone="America/New_York", latitude=None, duration_minutes=90,
    )  # fmt: skip
    page = page_of(browser, one)
    assert 'href="https://zoom.example/j/1" rel="noopener noreferrer nofollow"' in page
    assert 'href="tel:+16695550100,,123%23"' in page
    assert "7:00 pm" in page
    assert "10:00 pm in New York" in page
    assert "1 h 30 min" in page
    assert "How to get there" not in page


def test_a_meeting_online_without_a_zone_says_so_and_one_far_away_names_its_clock(browser):
    nowhere = a_meeting(attendance="online", time_zone="", online_url="https://a.example/")
    assert "does not say in which time zone" in page_of(browser, nowhere)
    assert "no time zone given" in find(browser)
    boston = a_meeting(time_zone="America/New_York", city="Boston")
    assert "by the clock of New York" in page_of(browser, boston)
    assert "by the clock of New York" in find(browser, "q=")


def test_what_a_list_leaves_empty_is_not_shown(browser):
    bare = a_meeting(
        location="", address="", city="", state="", postal_code="", latitude=None, phone="12", notes="", types=[]
    )
    page = page_of(browser, bare)
    assert "Open in my map" not in page
    assert "By telephone: 12" in " ".join(page.split())
    named = a_meeting(latitude=None, placed=False, location="676 N. Gibbs St.")
    page = page_of(browser, named)
    assert "geo:0,0?q=676" in page
    assert page.count("Gibbs St") == 1  # in the address, not once more as the name of the place


@pytest.mark.parametrize(
    ("updated", "words"),
    [((2026, 11), "changed this month"), ((2026, 8), "changed 3 months ago"), ((2023, 5), "last changed in 2023")],
)
def test_it_says_how_old_its_entry_is(browser, updated, words):
    one = a_meeting(source_updated=datetime(*updated, 20, tzinfo=LA))
    assert words in page_of(browser, one)


def test_one_that_ended_says_so_and_one_that_never_was_is_404(browser):
    ended = a_meeting(ended_at=SATURDAY)
    page = page_of(browser, ended)
    assert "no longer in its list" in page
    assert "Put it in my calendar" not in page
    assert browser.get("/meetings/nobody/").status_code == 404
    assert browser.get("/meetings/no%00body/").status_code == 404
    assert browser.get(f"/meetings/{ended.public_id}/calendar.ics").status_code == 404


def test_by_appointment_there_is_no_date(browser):
    one = a_meeting(day=None)
    page = page_of(browser, one)
    assert "By appointment: ask the group first." in page
    assert browser.get(f"/meetings/{one.public_id}/calendar.ics").status_code == 404
    assert "By appointment" in find(browser, "day=appointment")
    assert "By appointment" in find(browser, "day=appointment", "/meetings/sheet/")


# --- a calendar of one's own ------------------------------------------------------------------------------------------


def event_of(browser, meeting, query=""):
    response = browser.get(f"/meetings/{meeting.public_id}/calendar.ics?{query}")
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")[0], response.content.decode()


def test_a_calendar_says_nothing_of_a_meeting_unless_the_person_wants_it(browser):
    one = a_meeting(name="Sober Saturday", online_url="https://zoom.example/j/1")
    event, text = event_of(browser, one)
    assert event["SUMMARY"] == "Appointment"
    assert "Sober" not in text
    assert "zoom" not in text
    assert "RRULE" not in event
    event, _ = event_of(browser, one, "title=name")
    assert event["SUMMARY"] == "Sober Saturday"


def test_a_calendar_is_a_file_with_the_name_that_the_server_gives_it(browser):
    one = a_meeting(name='x"; filename="evil.html')
    for query in ("", "title=name", "filename=evil.html", "dates=weekly&title=name"):
        answer = browser.get(f"/meetings/{one.public_id}/calendar.ics?{query}")
        assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_series_goes_by_the_clock_on_the_wall(browser):
    event, text = event_of(browser, a_meeting(), "dates=weekly")
    assert "DTSTART;TZID=America/Los_Angeles:20261128T193000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=SA"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)


def test_in_spanish_it_is_a_cita(browser):
    one = a_meeting()
    assert "SUMMARY:Cita" in browser.get(f"/es/meetings/{one.public_id}/calendar.ics").content.decode()


# --- the sheet --------------------------------------------------------------------------------------------------------


def test_the_sheet_holds_the_chosen_week_and_no_word_of_treatment_to_tear_off(browser):
    one = a_list(kind="AA")
    a_meeting(one, name="Near", languages=["es"])
    a_meeting(one, name="Online", attendance="online", online_url="https://zoom.example/j/1", languages=["es"])
    a_meeting(one, name="Far away", latitude=33.6189, longitude=-117.9298, languages=["es"])
    page = find(browser, "near=91766&within=5&language=es", "/meetings/sheet/")
    assert "Near" in page
    assert "Far away" not in page
    assert "Within 5 miles of 91766 Pomona · Spanish" in page
    strips = page[page.index('class="strips"') :]
    strip = strips[: strips.index("</ul>")]
    assert strip.count("909-555-0140") == 8
    assert "Outpatient" not in strip
    online = find(browser, "way=online", "/meetings/sheet/")
    assert "https://zoom.example/j/1" in online


def test_a_sheet_is_some_pages_at_most_and_says_what_it_leaves_out(browser):
    one = a_list()
    with writing("test"):
        Meeting.objects.bulk_create(Meeting(**facts(one, day=n % 7)) for n in range(100))
    page = find(browser, path="/meetings/sheet/")
    assert page.count('class="name"') == 90
    assert "Only the next 90 are on this sheet" in page
    assert "No meeting fits all of this" in find(browser, "type=asl", "/meetings/sheet/")


# --- something is wrong -----------------------------------------------------------------------------------------------


def report(browser, meeting, *, page=None, **given):
    address = f"/meetings/{meeting.public_id}/wrong/"
    form = page or browser.get(address)
    fields = {"stamp": form.context["stamp"], "what": "not_there", "words": "The door was locked.", **given}
    return browser.post(address, fields)


def test_anybody_reports_a_wrong_meeting_and_nothing_is_kept_about_who(browser):
    one = a_meeting()
    sent = report(browser, one)
    assert sent.status_code == 302
    assert "Thank you." in shown(browser.get(sent["Location"]))
    kept = WrongReport.objects.get()
    assert (kept.meeting, kept.what, kept.words) == (one, "not_there", "The door was locked.")
    assert AuditEvent.objects.filter(verb="places.report_wrong").count() == 1
    assert browser.cookies == {}


def test_what_is_wrong_must_be_said_and_nothing_typed_is_lost(browser):
    page = shown(report(browser, a_meeting(), what=""))
    assert "One answer needs a look" in page
    assert "The door was locked." in page
    assert not WrongReport.objects.exists()


def test_the_same_form_sent_twice_or_made_elsewhere_is_asked_for_once_more(browser):
    one = a_meeting()
    form = browser.get(f"/meetings/{one.public_id}/wrong/")
    assert report(browser, one, page=form).status_code == 302
    assert "sent once already" in shown(report(browser, one, page=form))
    made_up = report(browser, one, stamp="made up")
    assert "lay open for a long time" in shown(made_up)
    assert WrongReport.objects.count() == 1
    assert report(browser, one, page=made_up).status_code == 302


def test_a_machine_and_another_site_are_stopped(browser):
    one = a_meeting()
    assert "press the button once more" in shown(report(browser, one, reference="http://spam.example"))
    address = f"/meetings/{one.public_id}/wrong/"
    assert browser.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not WrongReport.objects.exists()


def test_who_reports_too_much_waits_and_keeps_their_words(browser, monkeypatch):
    monkeypatch.setattr(public_forms, "_window", lambda: 1)
    monkeypatch.setattr(public, "PER_ADDRESS", 1)
    one = a_meeting()
    assert report(browser, one).status_code == 302
    limited = report(browser, one)
    assert limited.status_code == 429
    assert limited["Retry-After"] == "600"
    assert "The door was locked." in limited.content.decode()
