from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trellis.foundation.access.roles import BY_KEY
from trellis.people.accounts.models import Invitation
from trellis.people.accounts.queries import roles_of
from trellis.people.staff.models import StaffMember


@dataclass(frozen=True)
class Row:
    member: StaffMember
    detail: str
    word: str
    tone: str


@dataclass(frozen=True)
class Waiting:
    invitation: Invitation
    detail: str
    is_over: bool


def role_names(keys: Iterable[str]) -> list[str]:
    held = set(keys)
    return [str(role.label) for key, role in BY_KEY.items() if key in held]


def rows(members: Iterable[Any]) -> list[Row]:
    return [_row(member) for member in members]


def _row(member: Any) -> Row:
    names = role_names(grant.role for grant in member.account.live_grants)
    detail = " · ".join(filter(None, [", ".join(names), member.credential]))
    if member.ended_on:
        left = _("Until %(day)s") % {"day": date_format(member.ended_on, "DATE_FORMAT")}
        return Row(member, detail, left, "plain")
    return (
        Row(member, detail, "", "plain")
        if member.account.is_active
        else Row(member, detail, _("Switched off"), "plain")
    )


def waiting(invitations: Iterable[Invitation], now: datetime) -> list[Waiting]:
    return [_waiting(invitation, now) for invitation in invitations]


def _waiting(invitation: Invitation, now: datetime) -> Waiting:
    until = date_format(localtime(invitation.expires_at), "DATETIME_FORMAT")
    is_over = invitation.expires_at <= now
    words = _("The link ended %(when)s") if is_over else _("The link works until %(when)s")
    return Waiting(invitation, f"{', '.join(role_names(invitation.roles))} · {words % {'when': until}}", is_over)


def initial(member: StaffMember) -> dict[str, Any]:
    return {
        "credential": member.credential,
        "languages": member.languages,
        "roles": sorted(roles_of(member.account)),
    }
