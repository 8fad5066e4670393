"""A license is written down, and another row says where it ended or what was wrong with it."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.staff.licenses import queries, rules
from trellis.people.staff.models import License, StaffMember

SOMEBODY_ELSE = _("Somebody else writes down your own license, with the paper or the board’s page before them.")
CHANGED = _("Somebody changed this line meanwhile. Look at it again.")
SAY_WHY = _("Write in a few words what changed, and where you saw it.")
NO_NUMBER = _("Write the number and who gave it.")


@action("staff.license", on="staff_member")
def record_license(
    *, by: Actor, staff_member: StaffMember, kind: str, body: str, number: str, since: date, until: date,
    supervisor: StaffMember | None = None,
) -> License:  # fmt: skip
    return _write(by, staff_member, kind, body, number, since, until, supervisor)


@action("staff.license", on="staff_member")
def change_license(
    *, by: Actor, staff_member: StaffMember, license: License, kind: str, body: str, number: str, since: date,
    until: date, supervisor: StaffMember | None = None, note: str, mistaken: bool = False,
) -> License:  # fmt: skip
    """Renewed, ended or corrected: a new row stands in the place of this one, which stays."""
    StaffMember.objects.select_for_update().get(pk=staff_member.pk)
    if not queries.in_use().filter(pk=license.pk, staff_member=staff_member).exists():
        raise Refused(CHANGED)
    if not note.strip():
        raise Refused(SAY_WHY)
    return _write(by, staff_member, kind, body, number, since, until, supervisor, license, note, mistaken)


def _write(
    by: Actor, member: StaffMember, kind: str, body: str, number: str, since: date, until: date,
    supervisor: StaffMember | None, replaces: License | None = None, note: str = "", mistaken: bool = False,
) -> License:  # fmt: skip
    if member.account_id == by.account_id:
        raise Refused(SOMEBODY_ELSE)
    if not body.strip() or not number.strip():
        raise Refused(NO_NUMBER)
    theirs = queries.held(queries.in_use().filter(staff_member=supervisor)) if supervisor else None
    why_not = rules.why_not(kind, since, until, theirs, localdate(clock.now()))
    if why_not and not mistaken:
        raise Refused(why_not)
    return License.objects.create(
        staff_member=member, kind=kind, body=body.strip(), number=number.strip(), since=since, until=until,
        supervisor=supervisor, replaces=replaces, note=note.strip(), mistaken=mistaken, at=clock.now(), by=by.name,
    )  # fmt: skip
