"""A level of care is proposed or decided, beside what the program's rules made of the facts."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.queries import current_version
from trellis.foundation.record import crypto
from trellis.journey.admission.levels import rules, words
from trellis.journey.admission.levels.queries import newest, recommended
from trellis.journey.admission.levels.rules import LEVELS, Fact, Recommendation
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.admission.rules import TOO_FAR_BACK, is_too_far_back
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode
from trellis.people.staff.licenses.queries import refusal_to_sign
from trellis.people.staff.licenses.rules import Signing

NO_RULES = _("This program has no rules for levels of care yet. Ask whoever looks after the program.")
NO_LEVEL = _("Choose a level of care.")
NO_REASON = _("Another level than the rules say: write why, in a sentence or two.")
NO_REASONS = _("Say in a sentence why for each dimension of 2 or more: %(dimensions)s.")
UNRATED = _("Rate these before you decide; they could call for more care: %(dimensions)s.")
TALK_FIRST = _("Somebody else proposed this. Write the day on which you talked about it.")
AHEAD = _("The day of the talk lies ahead. Check the date.")
OVERTAKEN = _("Somebody else wrote a level down meanwhile. Look at it first; yours still stands in the form.")


@action("level.propose", on="client")
def propose(*, by: Actor, client: Client, **said: Any) -> LevelAssessment:
    """What a counselor gathered. Whoever may decide reads it and decides."""
    return _write(by, client, LevelAssessment.Kind.PROPOSED, **said)


@action("level.decide", on="client")
def decide(*, by: Actor, client: Client, **said: Any) -> LevelAssessment:
    """The level as a clinician agrees to it, or with the reason for another. It opens and closes no stay by itself."""
    if refusal := refusal_to_sign(by, Signing.LEVEL):
        raise Refused(refusal)
    return _write(by, client, LevelAssessment.Kind.DECIDED, **said)


def _write(
    by: Actor, client: Client, kind: str, *, facts: Mapping[Fact, str | None], level: str, hours: int | None = None,
    reason: str = "", considerations: str = "", seen: str = "", consulted_on: date | None = None,
    reasons: Mapping[Fact, str] | None = None,
) -> LevelAssessment:  # fmt: skip
    """`seen` is the public id of the newest assessment that the writer saw; empty: none."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    found, version, last = recommended(facts), current_version(), newest(client)
    if found is None or version is None:
        raise Refused(NO_RULES)
    if (last.public_id if last else "") != seen:
        raise Refused(OVERTAKEN)
    if level not in LEVELS:
        raise Refused(NO_LEVEL)
    if level != found.level and not reason.strip():
        raise Refused(NO_REASON)
    if kind == LevelAssessment.Kind.DECIDED:
        _check_ratings(facts, reasons or {}, found, level)
        _check_talk(by, last, consulted_on, client.born_on)
    return LevelAssessment.objects.create(
        client=client, episode=open_episode(client), kind=kind, facts={fact.value: facts.get(fact) for fact in Fact},
        hours=hours, rules_version=version.number, recommended=found.level, level=level,
        reason_sealed=_sealed(reason), considerations_sealed=_sealed(considerations), at=clock.now(), by=by.name,
        reasons_sealed=_as_json(reasons or {}), consulted_on=consulted_on,
    )  # fmt: skip


def _check_ratings(
    facts: Mapping[Fact, str | None], reasons: Mapping[Fact, str], found: Recommendation, level: str
) -> None:  # fmt: skip
    if bare := rules.unrated(facts, found, level):
        raise Refused(UNRATED % {"dimensions": words.named(bare)})
    if bare := rules.without_reason(facts, reasons):
        raise Refused(NO_REASONS % {"dimensions": words.named(bare)})


def _check_talk(
    by: Actor, last: LevelAssessment | None, consulted_on: date | None, born_on: date | None
) -> None:  # fmt: skip
    proposed = last is not None and last.kind == LevelAssessment.Kind.PROPOSED and last.by != by.name
    if proposed and consulted_on is None:
        raise Refused(TALK_FIRST)
    if consulted_on and consulted_on > localdate(clock.now()):
        raise Refused(AHEAD)
    if consulted_on and is_too_far_back(consulted_on, born_on):
        raise Refused(TOO_FAR_BACK)


def _as_json(reasons: Mapping[Fact, str]) -> str:
    kept = {fact.value: why.strip() for fact, why in reasons.items() if why.strip()}
    return crypto.seal(json.dumps(kept)) if kept else ""


def _sealed(words: str) -> str:
    return crypto.seal(words.strip()) if words.strip() else ""
