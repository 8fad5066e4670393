"""What other places sent: one referral that nobody has opened yet, and one whose person is being assessed."""

from datetime import date, timedelta
from typing import Any

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.journey.admission.assessing.actions import begin_assessment
from trellis.journey.inquiry.actions import log_attempt
from trellis.journey.inquiry.actions.referring import receive
from trellis.journey.inquiry.models import Referral
from trellis.journey.inquiry.referral.arriving import as_typed

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "name": "Leonor Baca", "born_on": date(1991, 3, 14), "telephone": "(909) 555-0136", "language": "es",
        "organisation": "Foothill Detox", "sender": "Nurse Ida Quiroz", "part2": True,
        "why": "Seven days of detox from alcohol are behind her. She asks for groups in Spanish, in the evening.",
        "takes": "Naltrexone 50 mg\nTrazodone 50 mg", "urgent": "",
    },
    {
        "name": "Desmond Pruitt", "born_on": date(1979, 11, 2), "telephone": "(909) 555-0158", "language": "en",
        "organisation": "Inland General Hospital", "sender": "Dr. Amara Bello", "part2": False,
        "why": "In hospital after an accident; drank on most days before. He wants to begin soon.",
        "takes": "Gabapentin 300 mg", "urgent": "",
    },
)  # fmt: skip


def told(house: House, accounts: list[int]) -> None:
    """The second came yesterday, and a therapist sits with him now."""
    (first, second), now = PEOPLE, clock.now()
    desk = house.one("intake_coordinator").actor
    with house.at(now - timedelta(days=1, hours=3)):
        inquiry = _sent(house, second, days=2).inquiry
    with house.at(now - timedelta(days=1, hours=2, minutes=35)):
        log_attempt(
            by=desk, inquiry=inquiry, outcome="reached", note="He comes tomorrow afternoon.", key="demo-referred"
        )
    with house.at(now - timedelta(minutes=50)):
        begin_assessment(
            by=desk, inquiry=inquiry, clinician=house.one("therapist").staff_member, chosen_name=second["name"],
            pronouns="he/him", born_on=second["born_on"], language=second["language"], telephone=second["telephone"],
        )  # fmt: skip
    with house.at(now - timedelta(minutes=25)):
        _sent(house, first, days=1)


def _sent(house: House, person: dict[str, Any], *, days: int) -> Referral:
    left = clock.today(house.calendar.zone) - timedelta(days=days)
    return receive(
        by=house.one("intake_coordinator").actor, arrived=as_typed(**person, discharged_on=left)
    ).referral  # fmt: skip
