"""What somebody writes down while a person arrives. Every act is a row; what was wrong is followed by what is right."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.arriving import queries, rules
from trellis.journey.admission.arriving.blueprint import Arriving, arriving
from trellis.journey.admission.arriving.orientation import orientation
from trellis.journey.admission.models import Coverage, NeedFact, OrientationSigned, StepDone
from trellis.journey.admission.refusals import RefusedAt
from trellis.journey.admission.rules import TOO_FAR_BACK, is_too_far_back
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import open_episode

NO_STAY = _("They have no open stay. Open one first.")
NO_STEP = _("The program has no such step, or the record itself shows it.")
DAY_AHEAD = _("This day lies ahead. Write the day on which it was done.")
NOT_DONE = _("Nobody has written this step down.")
NO_NAME = _("Write your name, as a signature.")
CHANGED = _("The words have changed since this page was opened. Please read them again.")
NO_ORIENTATION = _("This program has no orientation to sign yet.")
OVERTAKEN = _("Somebody else wrote something down meanwhile. Look at it first.")
MEANWHILE = _("Somebody else answered this otherwise meanwhile: %(needs)s. Open the page anew and look at it first.")
NOT_ALL = _("Answer for each of them: yes or no.")

FAULTS = {
    rules.Fault.NO_PAYER: _("Choose who pays."),
    rules.Fault.NO_DAY: _("Write the day of the check, or of the signature."),
    rules.Fault.DAY_AHEAD: _("This day lies ahead. Write the day of the check, or of the signature."),
    rules.Fault.NO_AMOUNT: _("Write what they agreed to pay. 0 is an answer."),
    rules.Fault.ENDS_BEFORE: _("The last day lies before the first. Check both."),
    rules.Fault.NO_UNIT: _("Say of what: days or units."),
    rules.Fault.NO_NUMBER: _("Write how many, or leave both empty."),
}


@action("arriving.write", on="client")
def write_step(*, by: Actor, client: Client, step: str, on: date, note: str = "") -> StepDone:
    """A step that nothing else in the record shows was done on a day."""
    stay = _held_stay(client)
    if step not in {one.key for one in _section().steps if one.by == rules.By.FACT}:
        raise Refused(NO_STEP)
    if on > queries.today():
        raise RefusedAt("on", DAY_AHEAD)
    if is_too_far_back(on, client.born_on):
        raise RefusedAt("on", TOO_FAR_BACK)
    return _step(by, client, stay, step, on, note, done=True)


@action("arriving.write", on="client")
def undo_step(*, by: Actor, client: Client, step: str) -> StepDone:
    """It was written down by mistake: a row says so, and the first one stays."""
    stay = _held_stay(client)
    last = StepDone.objects.filter(episode=stay, step=step).order_by("-id").first()
    if last is None or not last.done:
        raise Refused(NOT_DONE)
    return _step(by, client, stay, step, queries.today(), "", done=False)


def _step(by: Actor, client: Client, stay: Episode, step: str, on: date, note: str, *, done: bool) -> StepDone:
    return StepDone.objects.create(
        client=client, episode=stay, step=step, done=done, on=on, note_sealed=_sealed(note), at=clock.now(), by=by.name
    )


@action("arriving.sign", on="client")
def sign_orientation(*, by: Actor, client: Client, name: str, language: str, shown_sha256: str) -> OrientationSigned:
    """The client, under the words on their own page. What is signed is what was shown: its hash comes back."""
    return _sign(by, client, name, language, OrientationSigned.Way.OWN_PAGE, shown_sha256)


@action("arriving.write", on="client")
def orientation_on_paper(*, by: Actor, client: Client, name: str, language: str) -> OrientationSigned:
    """They signed a print of the words of today."""
    return _sign(by, client, name, language, OrientationSigned.Way.PAPER)


def _sign(by: Actor, client: Client, name: str, language: str, way: str, seen: str | None = None) -> OrientationSigned:
    stay, words, signer = _held_stay(client), orientation(_section(), language), " ".join(name.split())
    if not words.passages:
        raise Refused(NO_ORIENTATION)
    if seen is not None and seen != words.sha256:
        raise Refused(CHANGED)
    if not signer:
        raise Refused(NO_NAME)
    known = OrientationSigned.objects.filter(episode=stay, shown_sha256=words.sha256).first()
    return known or OrientationSigned.objects.create(
        client=client, episode=stay, way=way, language=language, shown=words.text, shown_sha256=words.sha256,
        signer_name=signer[:120], at=clock.now(), by=by.name,
    )  # fmt: skip


@action("coverage.write", on="client")
def cover(*, by: Actor, client: Client, terms: rules.Terms, member_number: str = "") -> Coverage:
    """Who pays, as somebody checked it; or what the client signed that they pay."""
    _held(client)
    payers = {payer.key for payer in program.current().payers}
    wrong = rules.faults(terms, payers, queries.today())
    if wrong:
        raise Refused(FAULTS[wrong[0]])
    assert terms.on is not None  # else a fault
    paid = terms.kind == Coverage.Kind.PAYER
    return Coverage.objects.create(
        client=client, kind=terms.kind, payer=terms.payer if paid else "", on=terms.on,
        member_number_sealed=_sealed(member_number) if paid else "",
        authorized=terms.authorized if paid else None, unit=terms.unit if paid else "",
        starts_on=terms.starts_on, ends_on=terms.ends_on, cents=None if paid else terms.cents,
        at=clock.now(), by=by.name,
    )  # fmt: skip


@action("coverage.write", on="client")
def still_covered(*, by: Actor, client: Client, seen: str) -> Coverage:
    """What was known of an earlier stay was checked today and still holds. `seen`: the row that the page showed."""
    _held(client)
    last = queries.coverage(client)
    if last is None or last.public_id != seen:
        raise Refused(OVERTAKEN)
    return Coverage.objects.create(
        client=client, kind=last.kind, payer=last.payer, member_number_sealed=last.member_number_sealed,
        on=queries.today(), authorized=last.authorized, unit=last.unit, starts_on=last.starts_on,
        ends_on=last.ends_on, cents=last.cents, at=clock.now(), by=by.name,
    )  # fmt: skip


@action("arriving.write", on="client")
def write_needs(
    *, by: Actor, client: Client, answers: Mapping[str, tuple[bool, str]], seen: int | None = None
) -> list[NeedFact]:  # fmt: skip
    """What they need to be able to come: for each need yes or no, and in which way. `seen`: the newest row that the
    page showed. What was left there as it stood stays as somebody else wrote it meanwhile."""
    _held(client)
    if set(answers) != set(NeedFact.Need.values):
        raise Refused(NOT_ALL)
    if seen is not None:
        answers, both = rules.beside(answers, _said(client, until=seen), _said(client))
        if both:
            raise Refused(MEANWHILE % {"needs": ", ".join(str(NeedFact.Need(key).label) for key in both)})
    return [_need(by, client, key, needed, words) for key, (needed, words) in answers.items()]


@action("arriving.write", on="client")
def still_needed(*, by: Actor, client: Client, seen: int) -> list[NeedFact]:
    """What they said for an earlier stay is still so. `seen`: the newest row that the page showed."""
    _held(client)
    known = queries.needs_of([client.pk]).get(client.pk, {})
    if not known or max(row.pk for row in known.values()) != seen:
        raise Refused(OVERTAKEN)
    return [_need(by, client, key, row.needed, row.words) for key, row in known.items()]


def _said(client: Client, *, until: int | None = None) -> dict[str, tuple[bool, str]]:
    rows = queries.needs_of([client.pk], until=until).get(client.pk, {})
    return {key: (row.needed, row.words) for key, row in rows.items()}


def _need(by: Actor, client: Client, need: str, needed: bool, words: str) -> NeedFact:
    return NeedFact.objects.create(
        client=client, need=need, needed=needed, words_sealed=_sealed(words) if needed else "", at=clock.now(),
        by=by.name,
    )  # fmt: skip


def _held(client: Client) -> None:
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


def _held_stay(client: Client) -> Episode:
    _held(client)
    stay = open_episode(client)
    if stay is None:
        raise Refused(NO_STAY)
    return stay


def _section() -> Arriving:
    return arriving() or Arriving()


def _sealed(words: str) -> str:
    return crypto.seal(words.strip()) if words.strip() else ""
