"""What can be done with the list of people who work here."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.staff.models import LegalName, StaffMember

WORKS_HERE = _("This person is on the list already.")
ENDS_TOO_EARLY = _("The last day cannot come before the first. Check the date.")
NO_LEGAL_NAME = _("Write the given name and the family name as the papers have them.")


@action("staff.employ")
def employ(
    *, by: Actor, account: Account, credential: str = "", languages: Iterable[str] = (), started_on: date
) -> StaffMember:
    if StaffMember.objects.filter(account=account).exists():
        raise Refused(WORKS_HERE)
    return StaffMember.objects.create(
        account=account, credential=credential.strip(), languages=list(languages), started_on=started_on
    )


@action("staff.change", on="staff_member")
def change(*, by: Actor, staff_member: StaffMember, credential: str, languages: Iterable[str]) -> StaffMember:
    staff_member.credential = credential.strip()
    staff_member.languages = list(languages)
    staff_member.save(update_fields=["credential", "languages"])
    return staff_member


@action("staff.end", on="staff_member")
def end_employment(*, by: Actor, staff_member: StaffMember, ended_on: date) -> StaffMember:
    """Their sign-in is switched off in the same moment, and every session with it."""
    if ended_on < staff_member.started_on:
        raise Refused(ENDS_TOO_EARLY)
    staff_member.ended_on = ended_on
    staff_member.save(update_fields=["ended_on"])
    accounts.deactivate(by=by, account=staff_member.account)
    return staff_member


@action("staff.record_legal_name", on="staff_member")
def record_legal_name(*, by: Actor, staff_member: StaffMember, given: str, family: str, since: date) -> LegalName:
    if not given.strip() or not family.strip():
        raise Refused(NO_LEGAL_NAME)
    return LegalName.objects.create(
        staff_member=staff_member, given=given.strip(), family=family.strip(), since=since, recorded_at=clock.now()
    )
