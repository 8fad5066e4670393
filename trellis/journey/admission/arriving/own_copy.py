"""What a client takes out of their own record about how they arrived: who pays, what they need, what they signed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.foundation.record import crypto
from trellis.journey.admission.arriving import presenters, queries
from trellis.journey.admission.arriving.blueprint import arriving
from trellis.journey.admission.models import NeedFact, OrientationSigned, StepDone
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, number, text, yes_no


def coverages(client: Client) -> Iterable[Entry]:
    """One statement."""
    for row in reversed(queries.coverages(client)):
        said = presenters.paid(row, row.on)
        yield (
            day("on", _("Checked, or signed, on"), row.on),
            text("kind", _("How is it paid?"), row.kind, row.get_kind_display()),
            text("payer", _("Who pays"), row.payer, said.who),
            text("member_number", _("Member number"), said.number),
            number("authorized", _("How much was authorized"), row.authorized or 0, said.authorized or "–"),
            text("unit", _("Of what"), row.unit, row.get_unit_display()),
            day("starts_on", _("From"), row.starts_on),
            day("ends_on", _("Until"), row.ends_on),
            number("cents", _("Agreed, a week"), row.cents or 0, said.amount or "–"),
        )


def needs(client: Client) -> Iterable[Entry]:
    """One statement."""
    for row in NeedFact.objects.filter(client=client).order_by("id"):
        yield (
            instant("at", _("When"), row.at),
            text("need", _("What it is"), row.need, row.get_need_display()),
            yes_no("needed", _("You need it"), row.needed),
            text("words", _("In which way"), row.words),
        )


def steps(client: Client) -> Iterable[Entry]:
    """What you signed, and what was written down as done; two statements."""
    for signed in OrientationSigned.objects.filter(client=client).order_by("id"):
        yield (
            instant("at", _("When"), signed.at),
            text("step", _("What it is"), "orientation", _("Orientation")),
            text("signer_name", _("Who signed"), signed.signer_name),
            text("shown", _("What was signed"), signed.shown),
        )
    section = arriving()
    words = {one.key: str(one.words) for one in section.steps} if section else {}
    for row in StepDone.objects.filter(client=client).order_by("id"):
        yield (
            instant("at", _("When"), row.at),
            text("step", _("What it is"), row.step, words.get(row.step, row.step)),
            yes_no("done", _("Done"), row.done),
            day("on", _("Done on"), row.on),
            text("note", _("Note"), crypto.unseal(row.note_sealed) if row.note_sealed else ""),
        )
