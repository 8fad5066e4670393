"""What the pages of the demo door print."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.doors.demo import screens
from trellis.doors.demo.sign_ins import SignIn, code_now
from trellis.foundation.access.roles import BY_KEY, ROLES
from trellis.foundation.messaging.jobs import letter_of
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.states import MACHINE

Words = "Promise | str"


@dataclass(frozen=True)
class Door:
    """One person who can sign in."""

    name: str
    email: str
    password: str
    code: str
    language: str
    url: str
    room_pin: str


@dataclass(frozen=True)
class RoleDoors:
    label: "Promise | str"
    does: "Promise | str"
    people: list[Door]


def sign_ins_page(people: list[SignIn], wall: float) -> dict[str, Any]:
    order = [role.key for role in ROLES]
    ordered = sorted(people, key=lambda one: order.index(one.role))
    roles = [
        RoleDoors(BY_KEY[role].label, BY_KEY[role].does, [_door(one, wall) for one in group])
        for role, group in groupby(ordered, key=lambda one: one.role)
    ]
    return {"roles": roles, "seconds": code_now("", wall)[1]}


def _door(one: SignIn, wall: float) -> Door:
    code = code_now(one.totp_secret, wall)[0] if one.totp_secret else ""
    return Door(one.name, one.email, one.password, code, one.language, screens.first(one), one.room_pin or "")


@dataclass(frozen=True)
class ShownLetter:
    public_id: str
    to: str
    channel: "Promise | str"
    language: str
    subject: str
    body: str
    at: datetime
    state: "Promise | str"


def letter(message: Message) -> ShownLetter:
    written = letter_of(message)
    return ShownLetter(
        public_id=message.public_id,
        to=written.to,
        channel=message.get_channel_display(),
        language=message.language,
        subject=written.subject,
        body=written.body,
        at=message.created_at,
        state=MACHINE.status(message.status).label,
    )


@dataclass(frozen=True)
class Step:
    title: "Promise | str"
    words: "Promise | str"
    who: str
    url: str


STEPS: tuple[tuple[str, "Promise | str", "Promise | str"], ...] = (
    (
        "intake_coordinator",
        _("Call somebody back"),
        _("One promise is past its time. Open it, write down a call, and bring the person into a track."),
    ),
    (
        "group_facilitator",
        _("Run the room that is on"),
        _("The group has just begun. Mark who is here, mark one person late, and take one mark back."),
    ),
    (
        "front_desk",
        _("See who is in the house"),
        _("Mark an arrival on the day sheet, and see whose call is owed today."),
    ),
    (
        "client",
        _("Look at the same week as a client"),
        _("Today shows what is next and how the hours grow. Say that you will be late."),
    ),
    (
        "clinical_director",
        _("See the program today"),
        _("Who falls short of the hours this week, and by how much; which groups are on."),
    ),
)


def steps(people: list[SignIn]) -> list[Step]:
    """The first who can sign in for each step."""
    first = {one.role: one for one in reversed(people)}
    return [
        Step(title, words, first[role].name, screens.first(first[role]))
        for role, title, words in STEPS
        if role in first
    ]
