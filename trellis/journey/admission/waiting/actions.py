"""What is done for somebody who waits for a place, or whom we handed on. Each act is a row; none is changed."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.models import AdmissionWait, HandOn, HandOnStep, WaitStep
from trellis.journey.admission.waiting import queries, rules
from trellis.journey.inquiry import actions as inquiries
from trellis.journey.inquiry.models import Inquiry

ENDED = _("This inquiry has ended. Open it again before you put somebody on the list.")
NOT_THEMSELVES = _("Only the person who would come here waits for a place. This inquiry is of somebody else.")
DIED = _("They have died, as far as we know. Nobody waits for a place for them.")
WAITS_ALREADY = _("They wait already.")
WAITS_NOT = _("They do not wait any more. Look at the page again.")
AHEAD = _("This lies ahead. Write when it was.")
BEFORE_ASKING = _("They had not asked us yet. Write a time after they asked for help.")
NO_SERVICE = _("This service is not owed to them.")
NO_REASON = _("Choose why they leave the list.")
NO_PLACE = _("Write to which place.")
NOBODY_SPOKEN = _("Write who was spoken to there.")
KNOWN = _("Somebody wrote down already whether they got there.")
BEFORE_HAND_ON = _("This day lies before the hand-on. Check both.")


class Off(TextChoices):
    """Why somebody leaves the list. Whoever is admitted leaves it by that."""

    ELSEWHERE = "elsewhere", _("They found another place")
    CHANGED_MIND = "changed_mind", _("They do not want to come any more")
    NOT_REACHED = "not_reached", _("We could not reach them, again and again")
    NOT_FOR_US = "not_for_us", _("We are not the right place for them")
    MISTAKE = "mistake", _("They were put on the list by mistake")
    DIED = "died", _("They died")


@action("waiting.work", on="inquiry")
def put_on(
    *, by: Actor, inquiry: Inquiry, since: datetime | None = None, pregnant: bool = False, injects: bool = False
) -> AdmissionWait:
    """They asked for a place, and there is none yet."""
    row, now = _held(inquiry), clock.now()
    since = since or now
    if not row.is_open:
        raise Refused(ENDED)
    if not row.is_about_themself:
        raise Refused(NOT_THEMSELVES)
    if queries.is_of_the_dead(row):
        raise Refused(DIED)
    if queries.wait_of(row):
        raise Refused(WAITS_ALREADY)
    if since > now:
        raise Refused(AHEAD)
    if since < row.asked_at.replace(second=0, microsecond=0):  # who types a time types minutes
        raise Refused(BEFORE_ASKING)
    return AdmissionWait.objects.create(
        inquiry=row, since=since, pregnant=pregnant, injects=injects, at=now, by=by.name
    )


@action("waiting.work", on="inquiry")
def contacted(*, by: Actor, inquiry: Inquiry, how: str, note: str = "") -> WaitStep:
    """A word between us, a try, or a place that was offered: the next contact is counted from here."""
    kinds = (WaitStep.Kind.CONTACT, WaitStep.Kind.NO_ANSWER, WaitStep.Kind.OFFER)
    return _step(by, _waits(inquiry), kinds[kinds.index(WaitStep.Kind(how))], note=note)


@action("waiting.work", on="inquiry")
def interim(*, by: Actor, inquiry: Inquiry, service: str, given: bool, note: str = "") -> WaitStep:
    """An interim service was given, or they said no to it; a no is theirs to say, and may be a yes later."""
    found = _waits(inquiry)
    if service not in rules.interim_services(found.person.pregnant):
        raise Refused(NO_SERVICE)
    return _step(by, found, WaitStep.Kind.GIVEN if given else WaitStep.Kind.DECLINED, what=service, note=note)


@action("waiting.work", on="inquiry")
def say_facts(
    *, by: Actor, inquiry: Inquiry, pregnant: bool, injects: bool, seen: Collection[str] | None = None
) -> WaitStep:  # fmt: skip
    """What decides the order, as it is known now. `seen`: which of both stood on the page; what nobody changed there
    stays as it is by now, for somebody else may have written meanwhile."""
    found = _waits(inquiry)
    if seen is not None:
        pregnant = found.person.pregnant if pregnant == ("pregnant" in seen) else pregnant
        injects = found.person.injects if injects == ("injects" in seen) else injects
    return _step(by, found, WaitStep.Kind.FACTS, pregnant=pregnant, injects=injects)


@action("waiting.work", on="inquiry")
def take_off(*, by: Actor, inquiry: Inquiry, reason: str, note: str = "") -> WaitStep:
    """Once a death stands in the record nobody lists them any more; whoever says it here too says it once. It ends
    the inquiry as well: of somebody without a record it is the only place that knows, and nobody calls."""
    if reason not in Off.values:
        raise Refused(NO_REASON)
    if reason == Off.DIED:
        inquiries.hold_joined(inquiry)
    found = _waits(inquiry, even_of_the_dead=reason == Off.DIED)
    step = _step(by, found, WaitStep.Kind.OFF, what=reason, note=note)
    if reason == Off.DIED:
        inquiries.end_for_death(by=by, inquiry=inquiry)
    return step


@action("waiting.work", on="inquiry")
def hand_on(
    *, by: Actor, inquiry: Inquiry, place: str, way: str, on: date, spoke_with: str = "", note: str = ""
) -> HandOn:
    """Where and how they were handed on. Whoever only got a number spoke with nobody there."""
    row, way = _held(inquiry), HandOn.Way(way)
    if not place.strip():
        raise Refused(NO_PLACE)
    if way != HandOn.Way.NUMBER and not spoke_with.strip():
        raise Refused(NOBODY_SPOKEN)
    if on > today():
        raise Refused(AHEAD)
    return HandOn.objects.create(
        inquiry=row, place=place.strip(), spoke_with_sealed=_sealed(spoke_with), way=way, on=on,
        note_sealed=_sealed(note),
        at=clock.now(), by=by.name,
    )  # fmt: skip


@action("waiting.work", on="hand_on")
def heard(*, by: Actor, hand_on: HandOn, found: str, on: date, note: str = "") -> HandOnStep:
    """Whether they got there, as somebody told us; as long as nobody can tell we ask again."""
    _held(hand_on.inquiry)
    if any(step.found != rules.ASKED_AGAIN for step in hand_on.steps.all()):
        raise Refused(KNOWN)
    if on > today():
        raise Refused(AHEAD)
    if on < hand_on.on:
        raise Refused(BEFORE_HAND_ON)
    return HandOnStep.objects.create(
        hand_on=hand_on, found=HandOnStep.Found(found), on=on, note_sealed=_sealed(note), at=clock.now(), by=by.name
    )


def _step(
    by: Actor, found: queries.OnList, kind: str, *, what: str = "", note: str = "", pregnant: bool | None = None,
    injects: bool | None = None,
) -> WaitStep:  # fmt: skip
    return WaitStep.objects.create(
        wait=found.wait, kind=kind, what=what, pregnant=pregnant, injects=injects, note_sealed=_sealed(note),
        at=clock.now(), by=by.name,
    )  # fmt: skip


def _waits(inquiry: Inquiry, *, even_of_the_dead: bool = False) -> queries.OnList:
    found = queries.wait_of(_held(inquiry), even_of_the_dead=even_of_the_dead)
    if found is None:
        raise Refused(WAITS_NOT)
    return found


def _held(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)


def today() -> date:
    return clock.today(program.zone())


def _sealed(words: str) -> str:
    return crypto.seal(words.strip()) if words.strip() else ""
