"""Who may act for whom, in what, at this instant; each no has its sentence. Pure.

Somebody whom the client lets in gets no more than a consent names that holds now (42 CFR 2.31). A representative acts
by an authority that a paper shows (2.15), or for a minor together with the minor's own consent (2.14).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from django.utils.translation import gettext_lazy as _

from trellis.people.consent import rules as consent
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.serving import is_grown_up, matches
from trellis.people.consent.rules.words import Information, Purpose, Who


class Part(StrEnum):
    """What somebody may do here for a client."""

    WEEK = "week"
    TELL = "tell"
    RECORD = "record"
    ASK = "ask"


class Basis(StrEnum):
    """By what right."""

    CONSENT = "consent"  # the client lets them in: 42 CFR 2.31
    PARENT = "parent"  # of a minor: 2.14, with the consent that both signed
    GUARDIAN = "guardian"  # of a grown-up, appointed by a court: 2.15(a)
    EXECUTOR = "executor"  # of somebody who died: 2.15(b)(2)
    NEXT_OF_KIN = "next_of_kin"  # where there is no executor: 2.15(b)(2)


REPRESENTATIVES = (Basis.PARENT, Basis.GUARDIAN, Basis.EXECUTOR, Basis.NEXT_OF_KIN)
#: they get what a consent names, and nothing without one
BY_CONSENT = (Basis.CONSENT, Basis.PARENT)
#: what rests on the client's own word ends with it; a court or a death gave the others
ENDED_BY_CLIENT = BY_CONSENT
#: what a consent must name for each part
NEEDS: dict[Part, tuple[Information, ...]] = {
    Part.WEEK: (Information.PRESENCE, Information.ATTENDANCE),
    Part.TELL: (Information.PRESENCE, Information.ATTENDANCE),
    Part.RECORD: (Information.PRESENCE,),
    Part.ASK: (Information.PRESENCE,),
}
PURPOSE = Purpose.FAMILY_SUPPORT


class No(Enum):
    ENDED = _("It was ended.")
    OVER = _("The time that was agreed is over.")
    NOT_GIVEN = _("This part was not given to them.")
    RESTRICTED = _("The client asked that this person is not told.")
    DIED = _("The client has died: an executor or the next of kin can act now.")
    LIVES = _("The client is alive, as far as is written down here. If not, note it under “Sharing” first.")
    EXECUTOR_ACTS = _("An executor acts for this client. Nobody of the family does beside them.")
    GROWN_UP = _("The client is grown up: a parent does not act for them.")
    MINOR = _("The client is a minor, or their date of birth is not written down: choose “parent” instead.")
    CONSENTED_ALONE = _("The client is a minor who consented to this care alone: it is never opened to a parent.")
    NO_GUARDIAN = _("No guardian is appointed, as far as is written down here. Note it under “Sharing” first.")
    NO_CONSENT = _("No consent that holds now names this person for support from family and friends.")
    NARROW = _("The consent for this person does not go so far.")


@dataclass(frozen=True)
class Access:
    """Somebody was let in. `until` None: as long as the consent holds."""

    name: str
    basis: Basis
    parts: frozenset[Part]
    until: datetime | None = None
    ended_at: datetime | None = None

    @property
    def recipient(self) -> Recipient:
        return Recipient(Who.PERSON, self.name)


@dataclass(frozen=True)
class Facts:
    """What is known of the client at that instant. `executor_acts`: somebody else acts as executor."""

    at: datetime
    client: consent.Client
    consents: tuple[consent.Consent, ...] = ()
    executor_acts: bool = False


def why_not(access: Access, part: Part, facts: Facts) -> No | None:
    """Why they may not do this now; None where they may."""
    return why_nothing(access, facts) or _why_not_part(access, part, facts)


def open_parts(access: Access, facts: Facts) -> tuple[Part, ...]:
    """What they may do now, in the order of the parts; empty: nothing."""
    if why_nothing(access, facts):
        return ()
    return tuple(part for part in Part if _why_not_part(access, part, facts) is None)


def why_nothing(access: Access, facts: Facts) -> No | None:
    """Why they may do nothing at all, whichever part."""
    if access.ended_at is not None and access.ended_at <= facts.at:
        return No.ENDED
    if access.until is not None and access.until <= facts.at:
        return No.OVER
    if any(matches(one, access.recipient, classes=True) for one in facts.client.restricted):
        return No.RESTRICTED
    return _why_no_authority(access.basis, facts)


def is_in_force(access: Access, at: datetime) -> bool:
    """Neither ended nor over, whatever else stands in the way."""
    ends = [end for end in (access.ended_at, access.until) if end is not None]
    return all(at < end for end in ends)


def _why_no_authority(basis: Basis, facts: Facts) -> No | None:
    if basis in (Basis.EXECUTOR, Basis.NEXT_OF_KIN):
        if not facts.client.deceased:
            return No.LIVES
        return No.EXECUTOR_ACTS if basis is Basis.NEXT_OF_KIN and facts.executor_acts else None
    if facts.client.deceased:
        return No.DIED
    if basis is Basis.PARENT:
        if is_grown_up(facts.client, facts.at):
            return No.GROWN_UP
        return No.CONSENTED_ALONE if facts.client.minor_consented_alone else None
    if basis is Basis.GUARDIAN:
        if not is_grown_up(facts.client, facts.at):
            return No.MINOR
        return None if facts.client.guardian_appointed else No.NO_GUARDIAN
    return None


def _why_not_part(access: Access, part: Part, facts: Facts) -> No | None:
    if part not in access.parts:
        return No.NOT_GIVEN
    return _why_no_consent(access, NEEDS[part], facts) if access.basis in BY_CONSENT else None


def _why_no_consent(access: Access, needed: tuple[Information, ...], facts: Facts) -> No | None:
    """Asked of the rule behind the gate, at this instant: a consent that ended a second ago serves nobody."""
    ask = consent.Ask(access.recipient, PURPOSE, needed)
    decision = consent.decide(consent.Case(facts.at, facts.client, facts.consents, ask))
    if decision.allow:
        return No.NARROW if decision.withheld else None
    return No.NARROW if decision.reason is Reason.INFORMATION else No.NO_CONSENT
