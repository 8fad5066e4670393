"""What a letter of ours says: days and hours of a period, and who signs. It goes through the gate alone."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.journey.continuity.leaving import queries, rules, signed_words
from trellis.journey.continuity.leaving.signing import Signer
from trellis.journey.continuity.leaving.words import SECTIONS
from trellis.journey.continuity.models import DischargeSummary, LetterRequest
from trellis.people.clients.models import Client
from trellis.people.consent.actions.gate import Wanted
from trellis.people.consent.paper import Section
from trellis.people.consent.rules import Decision
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information
from trellis.ui.words import spoken_minutes

NO_SUMMARY = gettext_lazy("Nobody has signed a summary yet. It can go once somebody has.")
NOT_THE_DAYS = gettext_lazy("The consent does not cover days and hours, and the letter says nothing else.")
INFORMATION = (Information.PRESENCE, Information.ATTENDANCE)


def wanted(row: LetterRequest) -> Wanted:
    """Letterhead, sender and signature say that somebody is a client here: presence is always asked for."""
    return Wanted(
        recipient=Recipient(row.recipient_kind, row.recipient), purpose=rules.PURPOSE_OF[row.audience],
        information=INFORMATION, address=row.address,
    )  # fmt: skip


def parts_of(row: LetterRequest, who: Signer) -> Callable[[Decision], Iterable[Section]]:
    """The parts of the letter for `consent.letters.writer`; raises Refused where the days may not go."""

    def parts(decision: Decision) -> Iterable[Section]:
        if not set(INFORMATION) <= set(decision.information):
            raise Refused(NOT_THE_DAYS)
        return [*_about(row), _signature(who)]

    return parts


def _about(row: LetterRequest) -> list[Section]:
    total = rules.tally(queries.came(row.client), row.since, row.until)
    return [
        Section(_period(row.since, row.until), f"{_sum(total)} {_certifies(row.kind)}".strip()),
        *([Section(_("Day by day"), "", tuple(_day(*one) for one in total.days))] if total.days else []),
    ]


def preview(row: LetterRequest) -> list[Section]:
    """What the letter would say, for whoever is about to sign it; one statement."""
    return _about(row)


def _period(since: date, until: date) -> str:
    days = {"first": date_format(since, "DATE_FORMAT"), "last": date_format(until, "DATE_FORMAT")}
    return _("From %(first)s to %(last)s") % days


def _sum(total: rules.Tally) -> str:
    if not total.sessions:
        return _("No session in this time.")
    said = {"number": total.sessions, "time": spoken_minutes(total.minutes)}
    return ngettext("Came to %(number)d session, %(time)s.", "Came to %(number)d sessions, %(time)s in all.",
                    total.sessions) % said  # fmt: skip


def _day(day: date, minutes: int) -> str:
    return f"{date_format(day, 'DATE_FORMAT')}: {spoken_minutes(minutes)}"


def _certifies(kind: str) -> str:
    """A certificate of being unable to work is a form of its own."""
    if kind in rules.MEDICAL:
        return _("This letter says days and hours. It does not say whether somebody can work.")
    return ""


def _signature(who: Signer) -> Section:
    day = date_format(clock.now().astimezone(program.zone()), "DATE_FORMAT")
    return Section(_("Signed"), ", ".join(filter(None, (who.name, who.credential, day))))


def discharge_summary(client: Client, by: Actor) -> tuple[str, ...]:
    """For `consent.contents`: the newest summary that was signed, as it was signed."""
    row = queries.newest_summary(client)
    if row is None:
        raise Refused(NO_SUMMARY)
    return (*summary_lines(row), _signed_line(row))


def summary_lines(row: DischargeSummary) -> tuple[str, ...]:
    said = signed_words.read(queries.words(row.words_sealed))
    return tuple(f"{SECTIONS[key]}: {' '.join(text.split())}" for key, text in said.items())


def _signed_line(row: DischargeSummary) -> str:
    day = date_format(row.at.astimezone(program.zone()), "DATE_FORMAT")
    who = ", ".join(filter(None, (row.signer, row.credential)))
    return _("Signed by %(who)s on %(day)s") % {"who": who, "day": day}
