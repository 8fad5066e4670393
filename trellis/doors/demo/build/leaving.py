"""How stays ended, where somebody goes on, and letters that wait: made up, through the real actions."""

from datetime import date, datetime, time, timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.continuity.leaving import actions, draft, queries, rules
from trellis.journey.continuity.models import Discharge
from trellis.people.clients.models import Client, Episode

WORDS = {
    "condition": "Sleeps through the night again. No use in the last four weeks. No thoughts of death.",
    "medicines": "Naltrexone 50 mg a day, prescribed here until the next place takes over.",
    "referrals": "Weekly hour with a therapist; a meeting on Tuesdays.",
    "helped": "The evening group, walking before work, calling a friend before a craving grows.",
    "watch": "Skipping meals and calls. In the first hour: call the friend, then us.",
}


def ended(by: Actor, episode: Episode, closed_on: date | None, reason: str) -> Discharge:
    assert closed_on is not None
    kind = "" if len(rules.FITS[reason]) == 1 else rules.Kind.UNPLANNED
    return actions.discharge(
        by=by, episode=episode, closed_on=closed_on, reason=reason, kind=kind, given=rules.GIVEN, **WORDS
    )  # fmt: skip


def told(house: House, accounts: list[int]) -> None:
    """The first summary is signed; a client who signs in has a next place and needs a letter."""
    director, day = house.one("clinical_director").actor, house.calendar.today
    owed = queries.unsigned().first()
    if owed is not None:
        with house.at(clock.now() - timedelta(days=1)):
            actions.sign_summary(by=director, row=owed, words=draft.drafted(owed.client, owed), language="en")
    client = Client.objects.filter(account__in=accounts).order_by("pk").first()
    if client is None:
        return
    with house.at(clock.now() - timedelta(hours=5)):
        place = actions.plan(
            by=director, client=client, direction="step_down", place="Valley Outpatient", place_kind="outpatient",
            level="1.5", telephone="(909) 555-0171", note="Likes mornings. Comes by bus.",
            appointment_at=datetime.combine(day + timedelta(days=9), time(10), house.calendar.zone),
        )  # fmt: skip
        actions.step(by=director, row=place, kind="called", on=day, words="Spoke with Ana at the desk: they have room.")
        actions.ask_letter(
            by=director, client=client, audience="employer", kind="attendance", recipient="Citrus Foods",
            recipient_kind="organization", since=day - timedelta(days=14), until=day, asked_by="The client",
            due_on=day + timedelta(days=2),
        )  # fmt: skip
