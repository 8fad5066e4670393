"""A small program in which a first week can happen: the shipped blueprint, four people at work, a week of groups.

The clock stands on a Wednesday; the evening track's skills group begins at half past five.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.models import Series, Session
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import PASSWORD, TOTP_SECRET
from trellis.people.staff.models import StaffMember
from trellis.people.staff.tests.factories import LicenseFactory, staff_member

ZONE = ZoneInfo("America/Los_Angeles")
WEDNESDAY = date(2026, 11, 18)
SYSTEM = Actor.of_system("journey")
PERIOD = 30


def at(hour: int, minute: int = 0, *, day: date = WEDNESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@dataclass
class Program:
    """Who works here, and the group of tonight."""

    intake: StaffMember
    therapist: StaffMember
    facilitator: StaffMember
    desk: StaffMember
    group: Session


def open_program() -> Program:
    load_pomona()
    monday = WEDNESDAY - timedelta(days=WEDNESDAY.weekday())
    schedule.generate_sessions(by=SYSTEM, since=monday, until=monday + timedelta(days=13))
    intake = person("intake_coordinator", "Inés Carrillo")
    therapist = person("therapist", "Dana Whitlock")
    LicenseFactory(staff_member=therapist)
    facilitator = person("group_facilitator", "Luz Herrera")
    desk = person("front_desk", "Grace Tanaka")
    series = Series.objects.get(key="evening-wed-skills")
    schedule.assign_facilitator(by=SYSTEM, series=series, staff_member=facilitator, since=WEDNESDAY)
    group = Session.objects.get(series=series, planned_on=WEDNESDAY)
    return Program(intake, therapist, facilitator, desk, group)


def person(role: str, name: str) -> StaffMember:
    return staff_member(role, account__chosen_name=name, account__email=f"{role}@example.org")


class Codes:
    """The clock of one-time codes, held; each code is the next one, so that none is used twice."""

    def __init__(self, seconds: float = 1_800_000_000) -> None:
        self.seconds = int(seconds)

    def time(self) -> int:
        return self.seconds

    def next(self, secret: str = TOTP_SECRET) -> str:
        self.seconds += PERIOD
        return self.now(secret)

    def now(self, secret: str = TOTP_SECRET) -> str:
        return format_hotp_value(hotp_value(secret, self.seconds // PERIOD))


def sign_in(page: Page, account: Account, code: str | None = None, *, password: str = PASSWORD) -> None:
    """Through the pages, as a person does."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", account.email or account.username or "")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    if code is not None:
        page.wait_for_url("**/login/code/**")
        page.fill("[name=code]", code)
        page.press("[name=code]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def minutes(page: Page) -> dict[str, Any]:
    """The week's hours as the page holds them."""
    week = page.locator("[data-week-minutes]").first
    return {name: int(week.get_attribute(f"data-{name}") or "-1") for name in ("attended", "planned", "enough")}
