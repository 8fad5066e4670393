"""Let somebody act for a client, and end it. Nothing is overwritten: what ends it stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.consent import queries as consent
from trellis.people.consent.rules.case import same
from trellis.people.proxies import queries, rules
from trellis.people.proxies.models import ProxyAccess, ProxyEnd, ProxyTakenUp
from trellis.people.proxies.rules import ENDED_BY_CLIENT, REPRESENTATIVES, Basis, No, Part

NO_PART = _("Choose at least one thing that they may do.")
NO_NAME = _("Write the full name, as it stands on the paper.")
NO_PAPER = _("Write which paper you saw, who issued it and when.")
PAST = _("This day is over. Choose one that lies ahead.")
PAPER_AHEAD = _("The day of the paper lies ahead. Check it.")
TOO_LONG = _("Choose a day within a year: by then somebody looks at the paper again.")
THERE = _("%(name)s has this already. End it first, and then begin anew.")
NOT_YOURS = _("A court or the law gave them this. Tell us, and we look at it together.")
#: our own rule: no law sets it
PAPER_HOLDS = timedelta(days=366)


@dataclass(frozen=True)
class LetIn:
    """`link` is shown once and cannot be read again."""

    access: ProxyAccess
    link: str
    expires_at: datetime


@dataclass(frozen=True)
class Paper:
    kind: str
    issued_by: str
    issued_on: date


@action("proxy.let_in", on="client")
def let_in(*, by: Actor, client: Client, name: str, parts: Iterable[Part], until: date | None = None) -> LetIn:
    """The client's own act. It rests on a consent that names this person; without one nothing is given."""
    access = ProxyAccess(client=client, name=name, basis=Basis.CONSENT, parts=_in_order(parts), until=_end_of(until))
    return _let_in(by, access)


@action("proxy.enter", on="client")
def enter(
    *, by: Actor, client: Client, name: str, basis: Basis, parts: Iterable[Part], until: date, paper: Paper
) -> LetIn:
    """A representative, by whoever saw the paper."""
    if basis not in REPRESENTATIVES:
        raise ValueError(basis)
    if not (paper.kind.strip() and paper.issued_by.strip()):
        raise Refused(NO_PAPER)
    today = clock.today(program.zone())
    if paper.issued_on > today:
        raise Refused(PAPER_AHEAD)
    if until > today + PAPER_HOLDS:
        raise Refused(TOO_LONG)
    return _let_in(by, ProxyAccess(
        client=client, name=name, basis=basis, parts=_in_order(parts), until=_end_of(until), paper=_line(paper.kind),
        paper_issued_by=_line(paper.issued_by), paper_issued_on=paper.issued_on,
    ))  # fmt: skip


@action("proxy.end", on="access")
def end(*, by: Actor, access: ProxyAccess) -> ProxyEnd:
    """From this moment they open nothing. Ended twice, it is ended once."""
    if by.account_id == access.client.account_id and access.basis not in ENDED_BY_CLIENT:
        raise Refused(NOT_YOURS)
    # Held until the act ends: of two who end it one writes the row.
    ProxyAccess.objects.select_for_update().get(pk=access.pk)
    ended, _made = ProxyEnd.objects.get_or_create(access=access, defaults={"at": clock.now(), "by": by.name})
    return ended


@action("proxy.take_up", on="access")
def take_up(*, by: Actor, access: ProxyAccess, account: Account) -> ProxyTakenUp:
    """A link is older than what happened since: one that was ended opens nothing."""
    ProxyAccess.objects.select_for_update().get(pk=access.pk)
    if not rules.is_in_force(access.rule, clock.now()):
        raise Refused(No.ENDED.value)
    return ProxyTakenUp.objects.create(access=access, account=account, at=clock.now())


def _let_in(by: Actor, access: ProxyAccess) -> LetIn:
    known = consent.known(access.client, lock=True)
    access.name, access.at, access.by = _line(access.name), known.at, by.name
    if not access.name:
        raise Refused(NO_NAME)
    if not access.parts:
        raise Refused(NO_PART)
    if access.until is not None and access.until <= known.at:
        raise Refused(PAST)
    rows = list(queries.accesses().filter(client=access.client))
    if any(_is_same(row, access) and rules.is_in_force(row.rule, known.at) for row in rows):
        raise Refused(THERE % {"name": access.name})
    facts = queries.facts(known, rows)
    for part in access.rule.parts:
        if why := rules.why_not(access.rule, part, facts):
            raise Refused(why.value)
    access.save(force_insert=True)
    invitation, link = accounts.invite_to_act(
        by=by, about=access.audit_subjects[0], chosen_name=access.name[:80], language=access.client.language,
        details={"access": access.pk},
    )  # fmt: skip
    return LetIn(access, link, invitation.expires_at)


def _is_same(one: ProxyAccess, other: ProxyAccess) -> bool:
    return (one.basis, same(one.name)) == (other.basis, same(other.name))


def _in_order(parts: Iterable[Part]) -> list[str]:
    given = set(parts)
    return [str(part) for part in Part if part in given]


def _end_of(day: date | None) -> datetime | None:
    """The day itself is part of it."""
    return datetime.combine(day + timedelta(days=1), time(), program.zone()) if day else None


def _line(text: str) -> str:
    return " ".join(text.split())
