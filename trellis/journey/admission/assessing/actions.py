"""Begin to assess somebody who asked for help."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.admission.assessing.queries import ASSESSING
from trellis.journey.admission.knowing import behind
from trellis.journey.admission.models import Assessment
from trellis.journey.inquiry.actions import name_client
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.queries import roles_of
from trellis.people.clients import actions as clients
from trellis.people.clients.kept_out import actions as kept_out
from trellis.people.clients.kept_out.queries import kept_out_of
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode
from trellis.people.staff.models import StaffMember

ENDED = _("This inquiry has ended. Open it again before you assess somebody.")
CANNOT_ASSESS = _("A counselor, a therapist or a director assesses. Choose one of them.")
IN_PROGRAM = _("They are in the program already.")
CLOSED_TO_THEM = _("This record is closed to %(name)s. Choose somebody else.")


def _who(assessment: Assessment, arguments: dict[str, Any]) -> tuple[str, ...]:
    return assessment.audit_subjects


@action("admission.begin_assessment", about=_who)
def begin_assessment(
    *, by: Actor, inquiry: Inquiry, clinician: StaffMember, client: Client | None = None, **person: Any
) -> Assessment:
    """A record for whoever asked, in which the clinician may work until the inquiry ends. No stay begins with it.

    `person` holds the fields of `register_client`; with `client` it is somebody we know. Begun again, the record stays
    and the clinician changes.
    """
    row = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if not row.is_open:
        raise Refused(ENDED)
    if not set(roles_of(clinician.account)) & set(ASSESSING):
        raise Refused(CANNOT_ASSESS)
    client = behind(row) or client
    if client is not None:
        _check_known(client, clinician)
    person_of = client or clients.register_client(by=by, **person)
    begun = Assessment.objects.create(
        inquiry=row, client=person_of, clinician=clinician, at=clock.now(), by=by.name
    )  # fmt: skip
    name_client(by=by, inquiry=row, client_subject=person_of.audit_subjects[0])
    kept_out.renew(person_of)
    return begun


def _check_known(client: Client, clinician: StaffMember) -> None:
    if open_episode(client) is not None:
        raise Refused(IN_PROGRAM)
    if kept_out_of(client).filter(account=clinician.account_id).exists():
        raise Refused(CLOSED_TO_THEM % {"name": clinician.chosen_name})
