"""The client's pages in a real browser, on a phone and on a desk: accessible, usable, on one sheet of paper."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.schedule.actions import assign_facilitator, enroll_in_track, generate_sessions
from trellis.journey.schedule.models import Series, Session, SessionChange, Track
from trellis.journey.schedule.tests.factories import NOW, SYSTEM, AttendanceFactory
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory, EpisodeFactory, StaffMemberFactory

WIDTHS = (390, 1440)


@pytest.fixture
def marisol(live, clock_at):
    """In the evening track since October: Monday attended, late by 20 minutes in the second group; Wednesday is on."""
    with clock.travel(datetime(2026, 11, 2, 20, tzinfo=UTC)):
        load_pomona()
    clock_at(NOW)
    client = ClientFactory(with_account=True, chosen_name="Marisol Ruiz", language="en")
    episode = EpisodeFactory(client=client)
    generate_sessions(by=SYSTEM, since=date(2026, 11, 16), until=date(2026, 12, 6))
    enroll_in_track(by=SYSTEM, episode=episode, track=Track.objects.get(key="evening"), since=date(2026, 11, 16))
    leader = StaffMemberFactory(account__chosen_name="Dana Cole")
    for series in Series.objects.filter(key__startswith="evening-wed"):
        assign_facilitator(by=SYSTEM, series=series, staff_member=leader, since=date(2026, 11, 16))
    monday = Session.objects.filter(planned_on=date(2026, 11, 23), series__key__startswith="evening-mon")
    others = [ClientFactory() for _ in range(3)]
    for number, session in enumerate(monday.order_by("starts_at")):
        late = {"state": "late", "arrived_late_minutes": 20} if number else {}
        AttendanceFactory(session=session, client=client, **late)
        for other in others:
            AttendanceFactory(session=session, client=other)
    next_week = Session.objects.filter(planned_on=date(2026, 11, 30)).first()
    with writing("test"):
        SessionChange.objects.create(session=next_week, kind="room", recorded_at=NOW - timedelta(days=1), by="x")
    return Account.objects.get(pk=client.account_id)


def paths(language):
    with translation.override(language):
        yield "today", reverse("my:today")
        yield "week", reverse("my:week")
        yield "hours", reverse("my:hours", args=["2026-11-25"])
        yield "contact", reverse("my:contact")
        yield "looked", reverse("my:looked")
        yield "meetings", reverse("my:meetings")
        yield "help", reverse("my:help")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_portal_is_accessible_on_a_phone_and_on_a_desk(marisol, browser_page, axe, screenshot, language):
    for width in WIDTHS:
        page = browser_page(width, user=marisol)
        for name, path in paths(language):
            page.goto(path)
            axe(page)
            screenshot(page, f"portal-{name}-{language}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_i_cant_make_it_is_one_tap(marisol, browser_page, axe, screenshot):
    page = browser_page(390, user=marisol)
    page.goto(reverse("my:today"))
    page.get_by_role("button", name="I can’t make it").click()
    page.get_by_role("heading", name="Thank you for telling us").wait_for()
    axe(page)
    screenshot(page, "portal-told-390")
    page.get_by_role("button", name="I can come after all").click()
    page.get_by_text("The group and the front desk see that you come.").wait_for()
    axe(page)
    screenshot(page, "portal-back-390")
    page.get_by_role("button", name="I can’t make it").wait_for()


def test_a_contact_that_cannot_be_is_said_accessibly(marisol, browser_page, axe, screenshot):
    for width in WIDTHS:
        page = browser_page(width, user=marisol)
        page.goto(reverse("my:contact"))
        page.get_by_label("Your telephone").fill("12")
        page.get_by_role("button", name="Save").click()
        page.locator(".has-error").first.wait_for()
        axe(page)
        screenshot(page, f"portal-contact-error-{width}")


def test_it_works_by_keyboard_and_without_javascript(marisol, browser_page):
    page = browser_page(390, user=marisol, javascript=False)
    page.goto(reverse("my:today"))
    page.get_by_role("button", name="I am about 20 minutes late").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="We know. Come when you can.").wait_for()


def test_the_week_prints_on_one_page(marisol, browser_page):
    page = browser_page(390, user=marisol)
    page.goto(reverse("my:week"))
    pdf = page.pdf(format="Letter")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


def test_designed_states_without_a_stay(live, clock_at, browser_page, axe, screenshot):
    clock_at(NOW)
    load_pomona()
    done = EpisodeFactory(client=ClientFactory(with_account=True), closed=True).client.account
    for name, account in (("finished", done), ("no-record", AccountFactory(roles=["alumnus"]))):
        page = browser_page(390, user=account)
        page.goto(reverse("my:today"))
        axe(page)
        screenshot(page, f"portal-{name}-390")
