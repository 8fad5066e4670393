"""Read, then sign: the same two steps on a client's own page, on the program's tablet, and for a paper.

First the terms; then the whole text with the signature under it. What is signed is the text that was shown: its hash
comes back with the signature, and where the words would differ by now they are shown again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.queries import legal_name_on
from trellis.people.consent import paper
from trellis.people.consent.actions import Incomplete, sign
from trellis.people.consent.forms import OwnSignatureForm, TermsForm
from trellis.people.consent.models import Consent
from trellis.people.consent.rules.completing import lacking

MakeSignature = Callable[[QueryDict | None], OwnSignatureForm]


@dataclass
class Signing:
    """One request of the way. `signed` is the consent, once it is; else the page shows `terms`, or the text."""

    client: Client
    kind: str
    terms: TermsForm
    signature: OwnSignatureForm
    title: str = ""
    sections: list[paper.Section] = field(default_factory=list)
    shown_sha256: str = ""
    changed: bool = False
    signed: Consent | None = None

    @property
    def reading(self) -> bool:
        return bool(self.sections)


def step(
    data: QueryDict | None, *, by: Actor, client: Client, kind: str, make_signature: MakeSignature,
    initial: dict[str, Any] | None = None,
) -> Signing:  # fmt: skip
    """`data` None: begin. `step` in it says what was pressed: read, change, sign."""
    zone = program.zone()
    terms = TermsForm(data, kind=kind, zone=zone, initial=initial)
    pressed = data.get("step") if data is not None else None
    signing = Signing(client, kind, terms, make_signature(data if pressed == "sign" else None))
    if pressed not in ("read", "sign") or not terms.is_valid():
        return signing
    faults = lacking(terms.terms(), clock.now())
    if faults:
        terms.lacks(faults)
        return signing
    _show(signing)
    if pressed == "sign":
        _sign(signing, data or QueryDict(), by)
    return signing


def _show(signing: Signing) -> None:
    terms, zone = signing.terms.terms(), program.zone()
    signing.title = paper.title(signing.kind)
    signing.sections = paper.sections(terms, _full_name(signing.client), _program_name(), zone)
    signing.shown_sha256 = sha256(_text(signing).encode()).hexdigest()


def _sign(signing: Signing, data: QueryDict, by: Actor) -> None:
    if data.get("shown_sha256") != signing.shown_sha256:
        signing.changed = True
        return
    form = signing.signature
    if not form.is_valid():
        return
    said = form.cleaned_data
    try:
        signing.signed = sign(
            by=by, client=signing.client, terms=signing.terms.terms(), signature=form.signature(),
            shown=_text(signing), language=(get_language() or "en")[:2],
            signed_on=said.get("signed_on", Consent.SignedOn.OWN_DEVICE), paper_place=said.get("paper_place", ""),
        )  # fmt: skip
    except Incomplete as fault:
        for part, sentence in fault.parts.items():
            form.add_error(part if part in form.fields else None, str(sentence))
    except Refused as refused:
        form.add_error(None, str(refused))


def _text(signing: Signing) -> str:
    return paper.text_of(signing.title, signing.sections)


def _full_name(client: Client) -> str:
    """The name that papers carry, with the one they go by; the latter alone where no paper name is known."""
    legal = legal_name_on(client, clock.today(program.zone()))
    if legal is None:
        return client.chosen_name
    return _("%(legal)s (goes by %(chosen)s)") % {
        "legal": f"{legal.given} {legal.family}".strip(), "chosen": client.chosen_name,
    }  # fmt: skip


def _program_name() -> str:
    return str(program.current().program.names)
