"""Moments, promises and states as people read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import (
    Attempt,
    CloseReason,
    ForWhom,
    Inquiry,
    Outcome,
    StatusChange,
    Topic,
)
from trellis.journey.inquiry.queries import Hours
from trellis.journey.inquiry.rules import PromiseParts
from trellis.journey.inquiry.states import MACHINE, REACHED
from trellis.ui.words import in_each_language, spoken_minutes

# --- moments ----------------------------------------------------------------------------------------------------------


def clock_words(moment: time) -> str:
    """ "6 pm", "10:15 am"; in Spanish "6 p. m."."""
    half = pgettext("time of day", "am") if moment.hour < 12 else pgettext("time of day", "pm")
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {half}".replace(" ", "\u00a0")  # never parted by the end of a line


@in_each_language
def day_words(day: date) -> str:
    """ "Monday, November 23"; in Spanish names of days and months are lower case."""
    return date_format(day, pgettext("day of the week and month", "l, F j"))


@in_each_language
def day_heading(day: date) -> str:
    """The same where a line begins: "Lunes 23 de noviembre"."""
    return capfirst(day_words(day))


def weekday_name(number: int) -> str:
    """Monday is 0."""
    return date_format(date(2024, 1, 1 + number), "l")  # the first of 2024 was a Monday


# Each sentence is whole. One o'clock is singular in Spanish ("antes de la 1"): the hour is the number that counts.
_CALL: dict[str, Callable[[int], str]] = {
    "today": lambda hour: ngettext("We call you today before %(time)s.", "We call you today before %(time)s.", hour),
    "tomorrow": lambda hour: ngettext(
        "We call you tomorrow before %(time)s.", "We call you tomorrow before %(time)s.", hour
    ),
    "weekday": lambda hour: ngettext(
        "We call you on %(weekday)s before %(time)s.", "We call you on %(weekday)s before %(time)s.", hour
    ),
    "date": lambda hour: ngettext(
        "We call you on %(date)s, before %(time)s.", "We call you on %(date)s, before %(time)s.", hour
    ),
}
_WRITE: dict[str, Callable[[int], str]] = {
    "today": lambda hour: ngettext(
        "We write to you today before %(time)s.", "We write to you today before %(time)s.", hour
    ),
    "tomorrow": lambda hour: ngettext(
        "We write to you tomorrow before %(time)s.", "We write to you tomorrow before %(time)s.", hour
    ),
    "weekday": lambda hour: ngettext(
        "We write to you on %(weekday)s before %(time)s.", "We write to you on %(weekday)s before %(time)s.", hour
    ),
    "date": lambda hour: ngettext(
        "We write to you on %(date)s, before %(time)s.", "We write to you on %(date)s, before %(time)s.", hour
    ),
}
_DUE: dict[str, Callable[[int], str]] = {
    "today": lambda hour: npgettext("a call is due", "Call by %(time)s", "Call by %(time)s", hour),
    "tomorrow": lambda hour: npgettext("a call is due", "Call tomorrow by %(time)s", "Call tomorrow by %(time)s", hour),
    "weekday": lambda hour: npgettext(
        "a call is due", "Call %(weekday)s by %(time)s", "Call %(weekday)s by %(time)s", hour
    ),
    "date": lambda hour: npgettext("a call is due", "Call %(date)s by %(time)s", "Call %(date)s by %(time)s", hour),
}


def _spoken(forms: dict[str, Callable[[int], str]], parts: PromiseParts, word: str) -> str:
    return forms[word](parts.hour12) % {
        "time": clock_words(parts.time),
        "weekday": weekday_name(parts.day.weekday()),
        "date": day_words(parts.day),
    }


def promise_sentence(parts: PromiseParts, *, by_call: bool = True, dated: bool = False) -> str:
    """ "We call you today before 6 pm." `dated`: with the day of the month, for what may be read on another day."""
    return _spoken(_CALL if by_call else _WRITE, parts, "date" if dated else parts.day_word)


def due_words(parts: PromiseParts) -> str:
    """ "Call by 10:45 am", for staff."""
    return _spoken(_DUE, parts, parts.day_word)


def moment_words(moment: datetime, now: datetime, hours: Hours) -> str:
    """ "20 min ago", "today, 9:12 am", "yesterday, 6:12 pm", "Monday, November 23, 6:12 pm"."""
    minutes = int((now - moment).total_seconds() // 60)
    if 0 <= minutes < 60:
        return _("%(time)s ago") % {"time": spoken_minutes(minutes)} if minutes else _("just now")
    there = moment.astimezone(hours.zone)
    days = (now.astimezone(hours.zone).date() - there.date()).days
    if days in (0, 1):
        return (_("yesterday, %(time)s") if days else _("today, %(time)s")) % {"time": clock_words(there.time())}
    return stamp_words(moment, hours)


def stamp_words(moment: datetime, hours: Hours) -> str:
    """ "Monday, November 23, 6:12 pm", however long ago."""
    there = moment.astimezone(hours.zone)
    return _("%(date)s, %(time)s") % {"time": clock_words(there.time()), "date": day_words(there.date())}


def span_words(span: timedelta) -> str:
    """ "35 min", "3 h", "2 days": one unit, for how late or how long."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return spoken_minutes(minutes)
    if minutes < 60 * 48:
        return spoken_minutes(minutes // 60 * 60)
    days = minutes // (60 * 24)
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


# --- the hours --------------------------------------------------------------------------------------------------------


def hours_sentences(hours: Hours) -> list[str]:
    """ "Monday to Friday, 8:30 am to 6 pm", one for each line of the blueprint."""
    return [
        _("%(days)s, %(opens)s to %(closes)s")
        % {
            "days": _days(list(stretch.days)),
            "opens": clock_words(stretch.opens),
            "closes": clock_words(stretch.closes),
        }
        for stretch in hours.blueprint.business_hours
    ]


def _days(days: list[str]) -> str:
    from trellis.foundation.program.schema import DAYS

    numbers = sorted(DAYS.index(day) for day in days)
    names = [weekday_name(number) for number in numbers]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return capfirst(_("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]})
    return capfirst(", ".join(names))


# --- one inquiry ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """One inquiry as the board and its own page show it."""

    inquiry: Inquiry
    hours: Hours
    now: datetime

    @property
    def who(self) -> str:
        name = self.inquiry.name or _("No name given")
        if self.inquiry.for_whom == ForWhom.LOVED_ONE:
            return _("%(name)s, for someone they love") % {"name": name}
        if self.inquiry.organisation:
            return _("%(name)s, %(organisation)s") % {"name": name, "organisation": self.inquiry.organisation}
        return name

    @property
    def asked(self) -> str:
        return _("Asked %(when)s") % {"when": moment_words(self.inquiry.asked_at, self.now, self.hours)}

    @property
    def is_overdue(self) -> bool:
        return self.inquiry.is_open and rules.is_overdue(self.inquiry.call_by, self.now)

    @property
    def state(self) -> str:
        call_by = self.inquiry.call_by
        if self.inquiry.is_open and call_by is not None:
            if self.is_overdue:
                return _("Overdue %(time)s") % {"time": span_words(self.now - call_by)}
            return due_words(self.hours.parts(call_by, self.now))
        return str(MACHINE.status(self.inquiry.status).label)

    @property
    def tone(self) -> str:
        """Rose is for overdue alone; gold wants a call today."""
        if self.is_overdue:
            return "rose"
        if self.inquiry.is_open and self.inquiry.call_by is not None:
            return "gold" if self.hours.parts(self.inquiry.call_by, self.now).day_word == "today" else "dusk"
        return "leaf" if self.inquiry.status in (REACHED, "converted") else "plain"

    @property
    def safely(self) -> str:
        """ "Spanish · text is fine · leave no message", the shortest way to do no harm."""
        parts = [_("Spanish") if self.inquiry.language == "es" else _("English")]
        if self.inquiry.telephone:
            parts.append(_("message is fine") if self.inquiry.may_leave_message else _("leave no message"))
            parts.append(_("text is fine") if self.inquiry.may_text else _("send no text"))
        elif self.inquiry.email:
            parts.append(_("by email only"))
        return " · ".join(parts)

    @property
    def times(self) -> str:
        return self.inquiry.time_words or _("Any time")

    @property
    def topics(self) -> list[str]:
        return [str(Topic(topic).label) for topic in self.inquiry.topics]

    @property
    def promised(self) -> str:
        return _("promised by %(when)s") % {"when": stamp_words(self.inquiry.respond_by, self.hours)}

    @property
    def status_sentence(self) -> str:
        return str(MACHINE.status(self.inquiry.status).sentence)

    @property
    def owner(self) -> str:
        return self.inquiry.owner.first_name if self.inquiry.owner else ""


@dataclass(frozen=True)
class Line:
    """One line of the call log, or of what happened."""

    what: str
    when: str
    who: str
    place: str = ""
    note: str = ""


def call_lines(attempts: Sequence[Attempt], now: datetime, hours: Hours) -> list[Line]:
    return [
        Line(
            what=str(Outcome(attempt.outcome).label),
            when=moment_words(attempt.at, now, hours),
            who=attempt.staff_member.first_name if attempt.staff_member else "",
            place=attempt.place,
            note=attempt.note,
        )
        for attempt in attempts
    ]


def change_lines(changes: Sequence[StatusChange], now: datetime, hours: Hours) -> list[Line]:
    return [
        Line(
            what=": ".join([str(MACHINE.status(change.after).label), *_reason(change)]),
            when=moment_words(change.at, now, hours),
            who=change.staff_member.first_name if change.staff_member else "",
        )
        for change in changes
    ]


def _reason(change: StatusChange) -> list[str]:
    return [str(CloseReason(change.reason).label)] if change.reason else []


def board_heading(counts: dict[str, int]) -> str:
    """What matters now."""
    if overdue := counts["overdue"]:
        return ngettext("One call is overdue", "%(number)d calls are overdue", overdue) % {"number": overdue}
    if waiting := counts["to_call"]:
        return ngettext("One person waits for our call", "%(number)d people wait for our call", waiting) % {
            "number": waiting
        }
    return _("Everyone has heard from us")
