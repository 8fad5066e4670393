"""What is done about an incident. Nothing is overwritten: each fact, step, mark and letter stands beside the others."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.record import crypto
from trellis.people.accounts.models import Account
from trellis.people.breaches import letters, people, queries, rules, states
from trellis.people.breaches.models import (
    Affected,
    AffectedMark,
    Assessment,
    Circumstances,
    Given,
    Incident,
    Letter,
    LetterReturn,
    PoliceDelay,
    Step,
    Wording,
)
from trellis.people.breaches.people import Person
from trellis.people.breaches.rules import Duty, Outcome
from trellis.people.clients.rules import fold

MAIL_KIND = "breaches.letter"
ROWS = 500  # in one statement

SAY_IT = _("Write down what happened. Name nobody.")
DAYS_IN_ORDER = _("It cannot end before it begins, or be found out before it begins.")
NOT_YET = _("The day lies in the future. Write a day that has come.")
SIGN = _("Sign with your own name, as it stands on your sign-in: %(name)s.")
FACTORS = _("Low probability needs all four answers. Without them it counts as a breach.")
REASONS = _("Write the reasons. They are kept for six years.")
NOT_NOW = _("Somebody else took a step in the meantime. What they wrote stands there.")
STILL_OWED = _("Something is still owed. It stands under “What is due”.")
NO_WORDS = _("Write the letter first, in English and in Spanish.")
BOTH_LANGUAGES = _("Write each part in English and in Spanish.")
HELD = _("Police asked us to wait. Letters go from %(day)s on.")
NOT_ON_LIST = _("This person is not on the list. Put them back first.")
DIED = _("This person died. The letter goes to their next of kin or representative, if we know an address.")
NAME_THEM = _("Write the name of whoever gets the letter.")
NO_OWN_PAGE = _("They have no page of their own to read it on. Send a letter by mail.")
AGREED = _("Only somebody who agreed to e-mail gets one.")
CAME_BACK_ALREADY = _("It is written down already that this letter did not arrive.")
BY_LETTERS = _("This is done with letters, one for each person.")
WHY_OUT = _("Write why. Whoever looks at this list later reads it.")


@dataclass(frozen=True)
class Facts:
    """What is known now, as a form brings it."""

    discovered_on: date
    information: tuple[str, ...]
    happened_from: date | None = None
    happened_until: date | None = None
    licensed: str = "unknown"
    unencrypted: str = "unknown"
    residents: int | None = None


@dataclass(frozen=True)
class Factors:
    """The four of 164.402(2), in words."""

    nature: str = ""
    who: str = ""
    viewed: str = ""
    mitigated: str = ""


def _nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    """An incident is about nobody; who was affected stands in acts of its own."""
    return ()


@action("breach.record", about=_nobody)
def record(*, by: Actor, what: str, facts: Facts, told_by: str = "", at_once: str = "") -> Incident:
    if not what.strip():
        raise Refused(SAY_IT)
    incident = Incident.objects.create(
        what_sealed=_sealed(what), told_by_sealed=_sealed(told_by), at_once_sealed=_sealed(at_once), at=clock.now(),
        by=by.name,
    )  # fmt: skip
    _keep(by, incident, facts, "")
    return incident


@action("breach.record", on="incident", about=_nobody)
def learn(*, by: Actor, incident: Incident, facts: Facts, words: str = "") -> Circumstances:
    """More is known: the days are counted from these facts from now on."""
    _hold(incident)
    return _keep(by, incident, facts, words)


@action("breach.record", on="incident", about=_nobody)
def wait_for_police(
    *, by: Actor, incident: Incident, who: str, stated_on: date, until: date | None = None
) -> PoliceDelay:
    """`until` None: it was said aloud."""
    _not_future(stated_on)
    if until is not None and until < stated_on:
        raise Refused(DAYS_IN_ORDER)
    return PoliceDelay.objects.create(
        incident=incident, stated_on=stated_on, until=until, who_sealed=_sealed(who), at=clock.now(), by=by.name
    )


@action("breach.record", on="incident", about=_nobody)
def write_letter(*, by: Actor, incident: Incident, texts: Mapping[str, Mapping[str, str]]) -> Wording:
    for language, _name in settings.LANGUAGES:
        if not all(texts.get(language, {}).get(part, "").strip() for part in letters.PARTS):
            raise Refused(BOTH_LANGUAGES)
    return Wording.objects.create(
        incident=incident, texts_sealed=crypto.seal(json.dumps(dict(texts))), at=clock.now(), by=by.name
    )


@action("breach.record", on="incident", about=_nobody)
def give(*, by: Actor, incident: Incident, duty: Duty, on: date, words: str = "") -> Given:
    """An office, the press or the public was told."""
    if duty in rules.BY_LETTER:
        raise Refused(BY_LETTERS)
    _not_future(on)
    return Given.objects.create(
        incident=incident, duty=duty, on=on, words_sealed=_sealed(words), at=clock.now(), by=by.name
    )


@action("breach.assess", on="incident", about=_nobody)
def assess(
    *, by: Actor, incident: Incident, outcome: Outcome, factors: Factors, reasons: str, signed: str
) -> Assessment:
    """Without this everything counts as a breach (164.402(2))."""
    assert by.account_id is not None  # the table lets in only people who signed in
    name = Account.objects.get(pk=by.account_id).chosen_name
    if fold(signed) != fold(name):
        raise Refused(SIGN % {"name": name})
    if rules.lacks(outcome, asdict(factors).values(), reasons, signed):
        raise Refused(FACTORS if reasons.strip() else REASONS)
    step = _step(by, incident, rules.step_of(outcome), reasons)
    return Assessment.objects.create(
        step=step, outcome=outcome, signed_name=" ".join(signed.split()),
        **{f"{key}_sealed": _sealed(text) for key, text in asdict(factors).items()},
    )  # fmt: skip


@action("breach.record", on="incident", about=_nobody)
def finish(*, by: Actor, incident: Incident) -> Step:
    """Only once nothing is owed: each letter, each report."""
    _hold(incident)
    if queries.known(incident).unmet:
        raise Refused(STILL_OWED)
    return _step(by, incident, states.FINISH, "")


@action("breach.record", on="incident", about=_nobody)
def reopen(*, by: Actor, incident: Incident, words: str) -> Step:
    if not words.strip():
        raise Refused(REASONS)
    return _step(by, incident, states.REOPEN, words)


@dataclass(frozen=True)
class Listed:
    """What came of a search: how many are new on the list, stood there, or were taken out by somebody and stay out."""

    new: tuple[str, ...] = ()
    known: int = 0
    out: int = 0


@action("breach.people", on="incident", about=lambda listed, arguments: listed.new)
def put_on_list(*, by: Actor, incident: Incident, subjects: Collection[str], why: str, words: str = "") -> Listed:
    """Whoever was taken out by hand is not put back by a search."""
    _hold(incident)
    there = dict(queries.listed(incident).values_list("subject", "is_in"))
    new = sorted(set(subjects) - there.keys())
    kept = [here for subject, here in there.items() if subject in set(subjects)]
    for start in range(0, len(new), ROWS):
        some = new[start : start + ROWS]
        rows = Affected.objects.bulk_create([Affected(incident=incident, subject=subject) for subject in some])
        AffectedMark.objects.bulk_create([_mark(by, row, AffectedMark.Why(why), words) for row in rows])
    return Listed(tuple(new), sum(kept), len(kept) - sum(kept))


@action("breach.people", on="affected")
def take_out(*, by: Actor, affected: Affected, words: str) -> AffectedMark:
    return _change_mark(by, affected, AffectedMark.Why.TAKEN_OUT, words)


@action("breach.people", on="affected")
def put_back(*, by: Actor, affected: Affected, words: str) -> AffectedMark:
    return _change_mark(by, affected, AffectedMark.Why.PICKED, words)


@dataclass(frozen=True)
class Sending:
    """How a letter goes, to whom and where; `agreed`: they said that e-mail is fine."""

    how: str
    on: date
    to_whom: str = Letter.ToWhom.THEMSELVES
    name: str = ""
    address: str = ""
    agreed: bool = False


@action("breach.tell", on="affected")
def tell(*, by: Actor, affected: Affected, sending: Sending) -> Letter:
    """A letter went, or there is no way to send one. Its very words are kept."""
    _hold(affected.incident)
    person = people.load([affected.subject])[affected.subject]
    known = queries.known(affected.incident)
    _may_go(known, affected, person, sending)
    is_letter = sending.how != Letter.How.NO_WAY
    wording = queries.wording(affected.incident)
    if is_letter and not wording:
        raise Refused(NO_WORDS)
    words = letters.written(known.facts, wording, person.language, person.name) if is_letter else ""
    letter = Letter.objects.create(
        affected=affected, how=sending.how, to_whom=sending.to_whom, name_sealed=_sealed(sending.name),
        address_sealed=_sealed(sending.address), language=person.language, words_sealed=_sealed(words),
        words_sha256=letters.fingerprint(words) if words else "", on=sending.on, at=clock.now(), by=by.name,
    )  # fmt: skip
    if sending.how == Letter.How.MAIL:
        _mail(by, letter, person)
    return letter


@action("breach.tell", on="letter")
def come_back(*, by: Actor, letter: Letter, words: str = "") -> LetterReturn:
    Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.how == Letter.How.NO_WAY or LetterReturn.objects.filter(letter=letter).exists():
        raise Refused(CAME_BACK_ALREADY)
    return LetterReturn.objects.create(letter=letter, words_sealed=_sealed(words), at=clock.now(), by=by.name)


def _may_go(known: queries.Known, affected: Affected, person: Person, sending: Sending) -> None:
    if not queries.is_on_the_list(affected):
        raise Refused(NOT_ON_LIST)
    _not_future(sending.on)
    if rules.is_held(known.case.delays, sending.on):
        raise Refused(HELD % {"day": rules.not_before(known.case.delays)})
    to_themselves = sending.to_whom == Letter.ToWhom.THEMSELVES
    if person.has_died and to_themselves and sending.how != Letter.How.NO_WAY:
        raise Refused(DIED)
    if not to_themselves and not sending.name.strip():
        raise Refused(NAME_THEM)
    if sending.how == Letter.How.MAIL:
        if not (person.has_own_page and person.email and to_themselves):
            raise Refused(NO_OWN_PAGE)
        if not sending.agreed:
            raise Refused(AGREED)


def _mail(by: Actor, letter: Letter, person: Person) -> None:
    """A message that says only: something waits for you."""
    with override(person.language):
        url = settings.SITE_URL.rstrip("/") + reverse("my:happened", args=[letter.public_id])
    messaging.queue(
        by=by, key=f"breach:{letter.pk}", channel="mail", to=person.email, kind=MAIL_KIND, language=person.language,
        values={"url": url}, about=person.subject,
    )  # fmt: skip


def _keep(by: Actor, incident: Incident, facts: Facts, words: str) -> Circumstances:
    first, last = facts.happened_from, facts.happened_until
    last = last or first
    first = first or last
    if first and last and (last < first or facts.discovered_on < first):
        raise Refused(DAYS_IN_ORDER)
    _not_future(facts.discovered_on)
    return Circumstances.objects.create(
        incident=incident, happened_from=first, happened_until=last, discovered_on=facts.discovered_on,
        information=list(facts.information), licensed=facts.licensed, unencrypted=facts.unencrypted,
        residents=facts.residents, words_sealed=_sealed(words), at=clock.now(), by=by.name,
    )  # fmt: skip


def _step(by: Actor, incident: Incident, step: str, words: str) -> Step:
    _hold(incident)
    state = rules.state_after(Step.objects.filter(incident=incident).order_by("id").values_list("step", flat=True))
    if not states.MACHINE.may(state, step):
        raise Refused(NOT_NOW)
    return Step.objects.create(incident=incident, step=step, words_sealed=_sealed(words), at=clock.now(), by=by.name)


def _change_mark(by: Actor, affected: Affected, why: AffectedMark.Why, words: str) -> AffectedMark:
    if not words.strip():
        raise Refused(WHY_OUT)
    _hold(affected.incident)
    mark = _mark(by, affected, why, words)
    if queries.is_on_the_list(affected) == mark.is_in:
        raise Refused(NOT_NOW)
    mark.save()
    return mark


def _mark(by: Actor, affected: Affected, why: AffectedMark.Why, words: str) -> AffectedMark:
    return AffectedMark(
        affected=affected, is_in=why != AffectedMark.Why.TAKEN_OUT, why=why, words_sealed=_sealed(words),
        at=clock.now(), by=by.name,
    )  # fmt: skip


def _hold(incident: Incident) -> None:
    """Until the act ends: two who work on the same incident do not both decide."""
    Incident.objects.select_for_update().get(pk=incident.pk)


def _not_future(day: date) -> None:
    if day > queries.today():
        raise Refused(NOT_YET)


def _sealed(text: str) -> str:
    return crypto.seal(text.strip()) if text.strip() else ""
