"""A diagnosis is proposed or signed, and ended; nothing is ever changed."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record import crypto
from trellis.journey.admission.diagnoses import codes, rules
from trellis.journey.admission.diagnoses.rules import Use
from trellis.journey.admission.models import Diagnosis, DiagnosisEnd
from trellis.journey.admission.refusals import RefusedAt
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode
from trellis.people.staff.licenses.queries import held_by, refusal_to_sign
from trellis.people.staff.licenses.rules import Signing, signs_with
from trellis.people.staff.queries import staff_member_of

ENDED = _("Somebody ended this one meanwhile. Look at the list first; yours still stands in the form.")
SAY_USE = _("A substance use disorder is written down by its criteria. Choose the substance.")
NOT_BEFORE = _("Check the year in which it began.")
NOT_YOURS = _("A signed diagnosis is ended by whoever may sign one.")


@action("diagnosis.propose", on="client")
def propose(*, by: Actor, client: Client, **said: Any) -> Diagnosis:
    """What a counselor found. Whoever is licensed reads it and decides."""
    return _write(by, client, Diagnosis.Kind.PROPOSED, **said)


@action("diagnosis.sign", on="client")
def sign(*, by: Actor, client: Client, **said: Any) -> Diagnosis:
    """It stands, under the license of whoever signs."""
    if refusal := refusal_to_sign(by, Signing.DIAGNOSIS):
        raise Refused(refusal)
    return _write(by, client, Diagnosis.Kind.SIGNED, **said)


def _write(
    by: Actor, client: Client, kind: str, *, code: str, use: Use | None = None, onset_year: int | None = None,
    words: str = "", instead_of: Diagnosis | None = None, from_elsewhere: bool = False,
) -> Diagnosis:  # fmt: skip
    """`instead_of`: the proposal or diagnosis that this one takes the place of; a proposal takes no signed one away."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    today = localdate(clock.now())
    code = codes.normal(code)
    _check(client, kind, code, use, instead_of, today)
    if onset_year is not None and not _born(client) <= onset_year <= today.year:
        raise RefusedAt("onset_year", NOT_BEFORE)
    row = Diagnosis.objects.create(
        client=client, episode=open_episode(client), kind=kind, code=code, onset_year=onset_year,
        words_sealed=_sealed(words), from_elsewhere=from_elsewhere, at=clock.now(), by=by.name,
        **_of_use(use, today), **(_signature(by, today) if kind == Diagnosis.Kind.SIGNED else {}),
    )  # fmt: skip
    if instead_of is not None and kind in (Diagnosis.Kind.SIGNED, instead_of.kind):
        _end(by, instead_of, DiagnosisEnd.How.REPLACED, today, "")
    return row


def _check(
    client: Client, kind: str, code: str, use: Use | None, instead_of: Diagnosis | None, today: date
) -> None:  # fmt: skip
    mine = Diagnosis.objects.filter(client=client, end=None)
    if instead_of is not None and not mine.filter(pk=instead_of.pk).exists():
        raise Refused(ENDED)
    if use is None and code[:3] in list(rules.Substance) and code[4:5] in ("1", "2"):
        raise RefusedAt("code", SAY_USE)
    beside = mine.filter(kind=Diagnosis.Kind.SIGNED).exclude(pk__in=[instead_of.pk] if instead_of else [])
    others = [] if kind == Diagnosis.Kind.PROPOSED else list(beside.values_list("code", flat=True))
    wrong = rules.why_not(use, today, client.born_on) if use else None
    if not wrong and (why_not := codes.why_not(code, today)):
        wrong = rules.Wrong("code", why_not)
    wrong = wrong or (rules.why_not_code(use, code, today) if use else None)
    if not wrong and (against := rules.standing_against(code, others)):
        wrong = rules.Wrong("code", against)
    if wrong:
        raise RefusedAt(*wrong)


def _of_use(use: Use | None, today: date) -> dict[str, Any]:
    if use is None:
        return {}
    found = rules.suggest(use, today)
    return {
        "substance": use.substance.value, "criteria": [one.value for one in rules.Criterion if one in use.met],
        "as_prescribed": use.as_prescribed, "severity": found.severity.value,
        "remission": found.remission.value if found.remission else "",
        "last_met_on": use.last_met_on if use.in_remission else None,
        "controlled_environment": use.controlled_environment, "on_maintenance": use.on_maintenance,
        "suggested": found.code,
    }  # fmt: skip


def _signature(by: Actor, today: date) -> dict[str, Any]:
    license = signs_with(Signing.DIAGNOSIS, held_by(by), today)
    return {"signed_by": staff_member_of(by.account_id), "signed_as": license.name if license else ""}


@action("diagnosis.sign", on="diagnosis")
def end(*, by: Actor, diagnosis: Diagnosis, how: str, on: date | None, reason: str) -> DiagnosisEnd:
    """It is over, is not so, or was a mistake."""
    if refusal := refusal_to_sign(by, Signing.DIAGNOSIS):
        raise Refused(refusal)
    return _ended(by, diagnosis, how, on, reason)


@action("diagnosis.propose", on="diagnosis")
def take_back(*, by: Actor, diagnosis: Diagnosis, how: str, on: date | None, reason: str) -> DiagnosisEnd:
    """A proposal, by whoever may propose."""
    if diagnosis.kind != Diagnosis.Kind.PROPOSED:
        raise Refused(NOT_YOURS)
    return _ended(by, diagnosis, how, on, reason)


def _ended(by: Actor, diagnosis: Diagnosis, how: str, on: date | None, reason: str) -> DiagnosisEnd:
    Client.objects.select_for_update(of=("self",)).get(pk=diagnosis.client_id)
    if DiagnosisEnd.objects.filter(diagnosis=diagnosis).exists():
        raise Refused(ENDED)
    why_not = rules.why_not_end(how, on, reason, localdate(diagnosis.at), localdate(clock.now()))
    if why_not:
        raise Refused(why_not)
    assert on is not None  # the rule asks for the day
    return _end(by, diagnosis, how, on, reason)


def _end(by: Actor, diagnosis: Diagnosis, how: str, on: date, reason: str) -> DiagnosisEnd:
    return DiagnosisEnd.objects.create(
        diagnosis=diagnosis, how=how, on=on, reason_sealed=_sealed(reason), at=clock.now(), by=by.name
    )


def _born(client: Client) -> int:
    return client.born_on.year if client.born_on else 1900


def _sealed(words: str) -> str:
    return crypto.seal(words.strip()) if words.strip() else ""
