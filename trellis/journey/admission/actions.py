"""Bring somebody into the program."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.program.models import BlueprintVersion
from trellis.foundation.record import crypto
from trellis.journey.admission import rules
from trellis.journey.admission.models import Admission
from trellis.journey.admission.queries import just_admitted
from trellis.journey.inquiry.actions import mark_converted
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.queries import roles_of
from trellis.people.clients import actions as clients
from trellis.people.clients.kept_out import actions as kept_out
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import Client
from trellis.people.clients.rules import age_on
from trellis.people.consent.deaths import has_died
from trellis.people.staff.licenses.queries import who_may_sign
from trellis.people.staff.licenses.rules import Signing
from trellis.people.staff.models import StaffMember

NO_REASON = _("Write why this level of care is right for them, in a sentence or two.")
MAY_NOT_DECIDE = _(
    "A therapist, the clinical director or the medical director decides on an admission. Choose one of them."
)
NOT_LICENSED = _(
    "Whoever decides needs a clinical license that counts on the day of the admission. Choose somebody else, or ask a "
    "director to write the license down."
)
OTHER_LEVEL = _("This program does not give this level of care.")
NO_HOURS = _("This program has no hours for somebody of this age. Help them find another place.")
FAR_DAY = _("Choose a day within 30 days of today.")
HAS_DIED = _("It is written down that they have died. No stay can start.")
ADMITTED_ALREADY = _("They were admitted already, a few minutes ago.")
NO_BIRTH = _("Write the date of birth: how many hours a week asks depends on the age.")


def _who(admission: Admission, arguments: dict[str, Any]) -> tuple[str, ...]:
    return admission.audit_subjects


@action("admission.admit", about=_who)
def admit(
    *,
    by: Actor,
    inquiry: Inquiry | None,
    level: str,
    reason: str,
    clinician: StaffMember,
    admitted_on: date,
    client: Client | None = None,
    **person: Any,
) -> Admission:
    """Client, episode, care team and admission in one act; the inquiry that led here ends with it.

    `person` holds the fields of `register_client`. With `client` somebody we know comes back, under the same record.
    """
    _one_after_the_other()
    _check(level, reason, clinician, admitted_on, client.born_on if client else person.get("born_on"))
    if client is not None and has_died(client):
        raise Refused(HAS_DIED)
    if client is None and inquiry is None and _sent_twice(by, person):
        raise Refused(ADMITTED_ALREADY)
    if client is None:
        client = clients.register_client(by=by, **person)
    episode = clients.open_episode(by=by, client=client, level=level, opened_on=admitted_on)
    clients.assign(by=by, episode=episode, staff_member=clinician, since=admitted_on)
    if inquiry is not None:
        mark_converted(by=by, inquiry=inquiry, client_subject=client.audit_subjects[0])
    admission = Admission.objects.create(
        episode=episode, client=client, inquiry=inquiry, level=level, reason_sealed=crypto.seal(reason.strip()),
        admitting_clinician=clinician, admitted_on=admitted_on, recorded_at=clock.now(), recorded_by=by.name,
    )  # fmt: skip
    if inquiry is not None:
        kept_out.renew(client)
    return admission


def _one_after_the_other() -> None:
    """Two who admit one person at the same moment would not see each other's: the second waits here."""
    BlueprintVersion.objects.select_for_update().order_by("number").first()


def _sent_twice(by: Actor, person: dict[str, Any]) -> bool:
    """Whoever is kept out of the first record learns nothing of it: the second is found by those who may see both."""
    closed = clients_kept_from(by)
    return just_admitted(person["chosen_name"], person.get("born_on"), clock.now(), closed) is not None


def _check(level: str, reason: str, clinician: StaffMember, admitted_on: date, born_on: date | None) -> None:
    if not reason.strip():
        raise Refused(NO_REASON)
    if not rules.may_admit(roles_of(clinician.account)):
        raise Refused(MAY_NOT_DECIDE)
    if not who_may_sign(Signing.LEVEL, [clinician.pk], admitted_on):
        raise Refused(NOT_LICENSED)
    if level != program.current().program.level_of_care:
        raise Refused(OTHER_LEVEL)
    if not rules.dated_well(admitted_on, clock.today(program.zone())):
        raise Refused(FAR_DAY)
    if born_on is None:
        raise Refused(NO_BIRTH)
    if not _has_hours_for(level, age_on(born_on, admitted_on)):
        raise Refused(NO_HOURS)


def _has_hours_for(level: str, age: int) -> bool:
    """The level has hours for everybody; the program, for those whom one of its tracks takes."""
    tracks = program.current().tracks
    return rules.hours_of(level, age) is not None and any(
        rules.takes(track.min_age, track.max_age, age) for track in tracks
    )
