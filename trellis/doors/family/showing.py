"""What somebody who acts for a client is shown: by a consent through the gate, by an authority as the client would be.

A representative stands in the client's place (45 CFR 164.502(g)): what they see was told to nobody else.
"""

from datetime import datetime, timedelta, tzinfo

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.models import AbsenceNotice, Session
from trellis.journey.schedule.rules.week import Line
from trellis.journey.schedule.states import LineState
from trellis.journey.schedule.week_words import time_span, week_title
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, sections
from trellis.people.consent import contents, letters, paper
from trellis.people.consent.actions import gate
from trellis.people.consent.actions.gate import Content, Make, Wanted
from trellis.people.consent.paper import Section
from trellis.people.consent.rules import Decision
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.words import Information
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.rules import BY_CONSENT, NEEDS, PURPOSE, Basis, Part

#: what of the own copy a representative reads here; the rest they ask for, and somebody answers them in person
OF_THE_RECORD = ("stays", "attendance")
WEEK = timedelta(days=7)


def shown(request: Request, access: ProxyAccess, part: Part | None, now: datetime) -> tuple[Section, ...]:
    """The sections of a page, let go and written down at this instant. Whoever may not gets a 404 like any other.

    `part` None: the page that leads to the others, which says no more than that they are a client.
    """
    make = (MAKERS[part] if part else _presence)(request.actor, access, now)
    if Basis(access.basis) not in BY_CONSENT:
        return make(AS_THE_CLIENT).sections
    wanted = Wanted(access.rule.recipient, PURPOSE, _information(part))
    try:
        return gate.show(by=request.actor, client=access.client, wanted=wanted, make=make).content.sections
    except Refused as refused:  # ended between the two questions
        raise Http404 from refused


def _information(part: Part | None) -> tuple[str, ...]:
    """Of the record everything that can be written is asked for: the consent says what of it may go."""
    found = contents.writable() - {Information.COUNSELING_NOTES} if part is Part.RECORD else NEEDS[part or Part.ASK]
    return tuple(word for word in map(str, Information) if word in found)


#: nothing was asked of the gate
AS_THE_CLIENT = Decision(Reason.GROUND)


def coming(client: Client, now: datetime) -> list[Session]:
    """Groups of the next two weeks that are not over; one statement."""
    ahead = schedule.sessions_of_client(client).filter(ends_at__gt=now, starts_at__lt=now + 2 * WEEK)
    return list(ahead.exclude(status="cancelled").order_by("starts_at", "pk"))


def told_not(client: Client, sessions: list[Session]) -> set[int]:
    """Keys of those for which we know that they cannot come; one statement."""
    told = AbsenceNotice.objects.filter(client=client, session__in=sessions, kind="cannot_come", undo__isnull=True)
    return set(told.values_list("session", flat=True))


def when(session: Session, zone: tzinfo) -> str:
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return f"{day_heading(starts.date())}, {time_span(starts, ends)}"


def _week(by: Actor, access: ProxyAccess, now: datetime) -> Make:
    """This week and the next: days, hours and whether they came. Which groups they are only a representative reads."""
    zone, named = program.zone(), Basis(access.basis) not in BY_CONSENT
    this = schedule.this_week(now)

    def make(decision: Decision) -> Content:
        found = []
        for asked in (this, schedule.this_week(now + WEEK)):
            ledger = schedule.week(access.client, asked, now)
            lines = tuple(_line(line, zone, named=named) for line in ledger.lines)
            found.append(Section(week_title(ledger.start, ledger.end), "" if lines else _("No groups."), lines))
        return _content(_("The week, on their own page"), access, decision, found)

    return make


def _line(line: Line, zone: tzinfo, *, named: bool) -> str:
    sitting = line.sitting
    starts, ends = sitting.starts_at.astimezone(zone), sitting.ends_at.astimezone(zone)
    word = STATES[line.state] if line.cut is None else _("no group for them")
    said = {"when": f"{day_heading(starts.date())}, {time_span(starts, ends)}", "word": word}
    if named:
        return _("%(when)s, %(group)s: %(word)s") % {**said, "group": say(sitting.names)}
    return _("%(when)s: %(word)s") % said


def _tell(by: Actor, access: ProxyAccess, now: datetime) -> Make:
    zone = program.zone()

    def make(decision: Decision) -> Content:
        lines = tuple(when(session, zone) for session in coming(access.client, now))
        return _content(_("Coming groups, on their own page"), access, decision, [Section(_("Groups"), "", lines)])

    return make


def _record(by: Actor, access: ProxyAccess, now: datetime) -> Make:
    """By consent: each kind of information that it names, as a letter says it."""

    def make(decision: Decision) -> Content:
        if Basis(access.basis) in BY_CONSENT:
            told = decision.information
            found = [*contents.written(access.client, told, by), *contents.beside(access.client, told)]
        else:
            found = [
                Section(str(one.title), "" if one.entries else _("Nothing yet."), tuple(map(_entry, one.entries)))
                for one in sections(access.client)
                if one.key in OF_THE_RECORD
            ]
        return _content(_("The record, on their own page"), access, decision, found)

    return make


def _entry(lines: Entry) -> str:
    return "; ".join(f"{line.label}: {line.shown}" for line in lines if line.shown)


def _presence(by: Actor, access: ProxyAccess, now: datetime) -> Make:
    return lambda decision: _content(_("That they are a client, on their own page"), access, decision, [])


def _content(line: str, access: ProxyAccess, decision: Decision, found: list[Section]) -> Content:
    """With the statement of 2.32 and what the consent covers, where it rests on one."""
    parts = (*found, *letters.going_along(access.client, decision, program.zone()))
    return Content(line, paper.text_of(access.name, parts), sections=parts)


MAKERS = {Part.WEEK: _week, Part.TELL: _tell, Part.RECORD: _record, Part.ASK: _presence}
#: of somebody else; where and why they are away is not said
STATES: dict[str, "Promise | str"] = {
    LineState.PLANNED: pgettext_lazy("a group of somebody you act for", "planned"),
    LineState.ATTENDED: gettext_lazy("they came"),
    LineState.EXCUSED: gettext_lazy("they did not come, and that is fine"),
    LineState.ABSENT: gettext_lazy("they did not come"),
    LineState.NOT_SEATED: gettext_lazy("they came by and did not sit in"),
    LineState.CANNOT_COME: gettext_lazy("we know that they cannot come"),
    LineState.UNMARKED: gettext_lazy("not written down yet"),
}
