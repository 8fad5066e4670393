"""A stay ends, a summary is signed, somebody goes on to another place, a letter is written. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.continuity.leaving import letters, queries, rules, signed_words, signing
from trellis.journey.continuity.leaving.blueprint import summary_days
from trellis.journey.continuity.leaving.words import SECTIONS
from trellis.journey.continuity.models import (
    Discharge,
    DischargeSummary,
    LetterAnswer,
    LetterRequest,
    TransitionPlan,
    TransitionStep,
)
from trellis.journey.schedule.actions.finish import finish_stay
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import episodes_of
from trellis.people.consent import letters as consent_letters
from trellis.people.consent.actions import gate
from trellis.people.consent.models import Disclosure

DOES_NOT_FIT = _("The reason and how it ended do not fit together. Check both.")
OVERTAKEN = _("Somebody else signed meanwhile. Look at it first; your words still stand in the form.")
NO_WHY = _("Write why the summary changes, in a sentence.")
NO_PLACE = _("Write the name of the place.")
OVER = _("This plan is over. Make a new one.")
AHEAD = _("This day lies ahead. Choose today or an earlier day.")
NO_TIME = _("Write the day and the time of the appointment.")
NOT_THEIRS = _("Choose what was sent from the list.")
ENDS_EARLY = _("The last day of the letter lies before the first.")
NOT_LIVED = _("The letter says what has been. Choose today or an earlier day as its last.")
ANSWERED = _("This letter is answered already.")
SAY_WHY = _("Write why, in a sentence.")


@action("discharge.record", on="episode", about=lambda result, arguments: arguments["episode"].audit_subjects)
def discharge(
    *, by: Actor, episode: Episode, closed_on: date, reason: str, kind: str = "", given: Iterable[str] = (),
    **words: str,
) -> Discharge:  # fmt: skip
    """The one way in which a stay ends: whatever ran in it ends too. `words`: condition, medicines, referrals, helped,
    watch. About somebody who died nothing else is asked, and nothing of it is kept."""
    found = rules.kind_of(reason, kind)
    if found is None:
        raise Refused(DOES_NOT_FIT)
    closed = finish_stay(by=by, episode=episode, closed_on=closed_on, reason=reason)
    kept = {} if found is rules.Kind.DIED else words
    return Discharge.objects.create(
        episode=closed, client=closed.client, kind=found,
        **{f"{name}_sealed": _sealed(kept.get(name, "")) for name in WORDS},
        given=[] if found is rules.Kind.DIED else [one for one in rules.GIVEN if one in set(given)],
        summary_due=rules.summary_due(found, closed_on, summary_days()), at=clock.now(), by=by.name,
    )  # fmt: skip


WORDS = ("condition", "medicines", "referrals", "helped", "watch")


@action("discharge.sign", on="row")
def sign_summary(
    *, by: Actor, row: Discharge, words: Mapping[str, str], language: str, why: str = "", seen: str = ""
) -> DischargeSummary:
    """`words` by the keys of `rules.SECTIONS`. `seen` is the public id of the newest one that the signer saw.

    The second one amends the first: it stands beside it and says why.
    """
    who = signing.sign_summary(by)
    Client.objects.select_for_update(of=("self",)).get(pk=row.client_id)
    last = row.summaries.order_by("-id").first()
    if (last.public_id if last else "") != seen:
        raise Refused(OVERTAKEN)
    for key in rules.lacking(words):
        raise Refused(format_lazy("{}: {}", SECTIONS[key], _("write a sentence or two.")))
    if last is not None and not why.strip():
        raise Refused(NO_WHY)
    text = signed_words.written(words)
    return DischargeSummary.objects.create(
        discharge=row, client_id=row.client_id, words_sealed=crypto.seal(text), words_sha256=signed_words.sha256(text),
        language=language, account_id=who.account, signer=who.name, credential=who.credential,
        why_sealed=_sealed(why) if last is not None else "", at=clock.now(), by=by.name,
    )  # fmt: skip


# --- the next place ---------------------------------------------------------------------------------------------------


@action("transition.plan", on="client")
def plan(
    *, by: Actor, client: Client, direction: str, place: str, place_kind: str, level: str = "", telephone: str = "",
    appointment_at: datetime | None = None, note: str = "",
) -> TransitionPlan:  # fmt: skip
    """Of the stay that goes on, or of the last one."""
    if not place.strip():
        raise Refused(NO_PLACE)
    stays = episodes_of(client)
    return TransitionPlan.objects.create(
        client=client, episode=stays[0] if stays else None, direction=TransitionPlan.Direction(direction),
        place=" ".join(place.split()), place_kind=TransitionPlan.PlaceKind(place_kind), level=level,
        telephone=telephone, appointment_at=appointment_at, note_sealed=_sealed(note), at=clock.now(), by=by.name,
    )  # fmt: skip


@action("transition.plan", on="row")
def step(
    *, by: Actor, row: TransitionPlan, kind: str, on: date, appointment_at: datetime | None = None,
    disclosure: Disclosure | None = None, words: str = "",
) -> TransitionStep:  # fmt: skip
    """What was done about a plan, or whether they got there. The row is held: two at once follow each other."""
    TransitionPlan.objects.select_for_update(of=("self",)).get(pk=row.pk)
    (known,) = queries.filled(queries.plans().filter(pk=row.pk))
    if not rules.may_follow(known.state, kind):
        raise Refused(OVER)
    if on > clock.today(program.zone()):
        raise Refused(AHEAD)
    if kind == TransitionStep.Kind.APPOINTMENT and appointment_at is None:
        raise Refused(NO_TIME)
    if kind == TransitionStep.Kind.SENT and (
        disclosure is None or disclosure.subject not in row.audit_subjects
    ):  # fmt: skip
        raise Refused(NOT_THEIRS)
    return TransitionStep.objects.create(
        plan=row, kind=TransitionStep.Kind(kind), on=on, words_sealed=_sealed(words), at=clock.now(), by=by.name,
        appointment_at=appointment_at if kind == TransitionStep.Kind.APPOINTMENT else None,
        disclosure=disclosure if kind == TransitionStep.Kind.SENT else None,
    )  # fmt: skip


# --- letters ----------------------------------------------------------------------------------------------------------


@action("letters.ask", on="client")
def ask_letter(
    *, by: Actor, client: Client, audience: str, kind: str, recipient: str, recipient_kind: str, since: date,
    until: date, asked_by: str, due_on: date, address: str = "",
) -> LetterRequest:  # fmt: skip
    if until < since:
        raise Refused(ENDS_EARLY)
    if until > clock.today(program.zone()):
        raise Refused(NOT_LIVED)
    return LetterRequest.objects.create(
        client=client, audience=LetterRequest.Audience(audience), kind=LetterRequest.Kind(kind),
        recipient=" ".join(recipient.split()), recipient_kind=recipient_kind, address=" ".join(address.split()),
        since=since, until=until, due_on=due_on, at=clock.now(), by=by.name,
        asked_by_sealed=crypto.seal(" ".join(asked_by.split())),
    )  # fmt: skip


def send_letter(*, by: Actor, row: LetterRequest) -> LetterAnswer:
    """Through the gate, or raise gate.Withheld; the refusal is in the trail then, and nothing else changed."""
    try:
        return _send(by=by, row=row)
    except gate.Withheld:
        gate.note_refusal(by=by, client=row.client)
        raise


@action("letters.answer", on="row")
def _send(*, by: Actor, row: LetterRequest) -> LetterAnswer:
    who, wanted = signing.sign_letter(by, row.kind), letters.wanted(row)
    _hold(row)
    make = consent_letters.writer(row.client, wanted, program.zone(), by, own=letters.parts_of(row, who))
    released = gate.disclose(by=by, client=row.client, wanted=wanted, how=gate.How.LETTER, make=make)
    return LetterAnswer.objects.create(
        request=row, how=LetterAnswer.How.SENT, disclosure=released.disclosure, signer=who.name,
        credential=who.credential, at=clock.now(), by=by.name,
    )  # fmt: skip


@action("letters.close", on="row")
def close_letter(*, by: Actor, row: LetterRequest, how: str, why: str) -> LetterAnswer:
    """No letter: we say no, or nobody needs it any more."""
    if not why.strip():
        raise Refused(SAY_WHY)
    _hold(row)
    return LetterAnswer.objects.create(
        request=row, how=LetterAnswer.How(how), why_sealed=_sealed(why), at=clock.now(), by=by.name
    )


def _hold(row: LetterRequest) -> None:
    LetterRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if LetterAnswer.objects.filter(request=row).exists():
        raise Refused(ANSWERED)


def _sealed(words: Any) -> str:
    return crypto.seal(words.strip()) if words and words.strip() else ""
