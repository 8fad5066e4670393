"""For those who love somebody: what they can do, when families meet, and why we speak about nobody unasked."""

from datetime import datetime, tzinfo

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from trellis.foundation import clock
from trellis.foundation.access.pages import page
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.queries import Holds, holds, sessions
from trellis.journey.schedule.week_words import SessionCard, session_card

KIND = "family-education"
MOST = 4


@page("family.open")
def home(request: Request) -> HttpResponseBase:
    """Dates of the family groups are on the public site too: they say nothing about anybody."""
    now, about = clock.now(), program.current().program
    coming = list(
        sessions()
        .filter(series__kind=KIND, series__personal=False, ends_at__gt=now)
        .exclude(status="cancelled")
        .order_by("starts_at", "series__key")[:MOST]
    )
    held = holds([session.pk for session in coming])
    return render(request, "family/home.html", {
        "evenings": [_evening(one, held.get(one.pk), now, about.zone) for one in coming],
        "day": day_heading(now.astimezone(about.zone).date()),
        "program_phone": about.contact.phone,
    })  # fmt: skip


def _evening(session: Session, held: Holds | None, now: datetime, zone: tzinfo) -> tuple[SessionCard, str]:
    """A group, and the languages it is held in, each by its own name."""
    languages = ", ".join(NAMES[code] for code in session.series.languages if code in NAMES)
    return session_card(session, held, now, zone), languages


NAMES = {"en": "English", "es": "Español"}

urlpatterns = [path("", home, name="home")]
