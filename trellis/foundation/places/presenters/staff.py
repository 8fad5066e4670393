"""What the pages of the lists print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.foundation import outbound
from trellis.foundation.places.models import Meeting, MeetingList, Reading, WrongReport
from trellis.foundation.places.presenters.finder import read_words
from trellis.foundation.places.rules.freshness import State, state
from trellis.foundation.places.taking import NO_LIST, NO_LIST_WORDS
from trellis.ui.words import spoken_time

WORDS = {
    State.HELD: (gettext_lazy("Waits for you"), "gold"),
    State.OFF: (gettext_lazy("Switched off"), "plain"),
    State.FAULTY: (gettext_lazy("Could not be read"), "gold"),
    State.NEVER: (gettext_lazy("Not read yet"), "dusk"),
    State.EMPTY: (gettext_lazy("No meeting in it"), "gold"),
    State.OLD: (gettext_lazy("Not read for long"), "gold"),
    State.FRESH: (gettext_lazy("Up to date"), "leaf"),
}


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    detail: str
    word: str
    tone: str


def state_of(one: Any, now: datetime) -> State:
    """In: a list of `queries.lists`."""
    return state(
        switched_on=one.switched_on, held=one.is_held, failures=one.failures, read_at=one.read_at, listed=one.listed,
        now=now,
    )  # fmt: skip


def rows(lists: Iterable[Any], now: datetime) -> list[Row]:
    return [_row(one, now) for one in lists]


def _row(one: Any, now: datetime) -> Row:
    word, tone = WORDS[state_of(one, now)]
    parts = [one.kind, number_of_meetings(one.listed), read_words(one, now)]
    url = reverse("meeting_lists:one", args=[one.public_id])
    return Row(one.title, url, " · ".join(filter(None, parts)), str(word), tone)


def number_of_meetings(number: int) -> str:
    return ngettext("%(number)s meeting", "%(number)s meetings", number) % {"number": f"{number:,}"}


def instant(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""


def fault_sentence(one: MeetingList) -> str:
    """Why the last reading failed, in the reader's language; empty when it did not."""
    if not one.fault:
        return ""
    return str(NO_LIST_WORDS) if one.fault == NO_LIST else outbound.sentence(one.fault)


def one(meeting_list: Any, reading: Reading | None, now: datetime) -> dict[str, Any]:
    """What the page of one list prints beside its problems. In: a list of `queries.lists`."""
    return {
        "row": _row(meeting_list, now),
        "meetings": number_of_meetings(meeting_list.listed),
        "fault": fault_sentence(meeting_list),
        "next_read": next_read(meeting_list, now),
        "read_at": instant(reading.read_at) if reading else "",
        "changed_at": instant(meeting_list.changed_at),
        "figures": figures(reading) if reading else [],
        "held_sentence": held_sentence(meeting_list, reading) if reading else "",
    }


def next_read(meeting_list: MeetingList, now: datetime) -> str:
    """When the worker reads it again; empty when it does not by itself."""
    if not (meeting_list.refresh and meeting_list.switched_on):
        return ""
    at = meeting_list.next_read_at
    return instant(at) if at is not None and at > now else _("in a few minutes")


def held_sentence(meeting_list: Any, reading: Reading) -> str:
    numbers = {"before": f"{meeting_list.listed:,}", "now": f"{reading.added + reading.changed + reading.unchanged:,}"}
    return _("People can find %(before)s meetings now. The new list has %(now)s.") % numbers


def description(meeting_list: MeetingList) -> dict[str, Any]:
    return {key: getattr(meeting_list, key) for key in ("title", "kind", "secular", "for_families")}


@dataclass(frozen=True)
class Figure:
    label: str
    number: str


def figures(reading: Reading) -> list[Figure]:
    """The counts of one reading: rows of the source first, then meetings."""
    pairs = [
        (_("Rows in the list"), reading.read),
        (_("Rows kept"), reading.kept),
        (_("Rows not kept"), reading.skipped),
        (_("Meetings added"), reading.added),
        (_("Meetings changed"), reading.changed),
        (_("Meetings as before"), reading.unchanged),
        (_("Meetings ended"), reading.ended),
    ]
    return [Figure(label, f"{number:,}") for label, number in pairs]


@dataclass(frozen=True)
class Problem:
    row: str
    id: str
    what: str
    why: str


def problems(found: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """One line a problem; rows are counted from 1, as people count."""
    return [_problem(one) for one in found]


def _problem(one: Mapping[str, Any]) -> Problem:
    value = one.get("value")
    said = "" if value in (None, "", [], {}) else f": {str(value)[:80]}"
    why = str(one.get("problem") or "")
    return Problem(
        str(int(one["row"]) + 1), str(one.get("id") or ""), f"{one.get('field') or ''}{said}", why and _(why)
    )


@dataclass(frozen=True)
class Report:
    public_id: str
    title: str
    url: str
    where: str
    what: str
    words: str
    when: str


def reports(found: Iterable[WrongReport]) -> list[Report]:
    return [_report(one) for one in found]


def _report(one: WrongReport) -> Report:
    meeting = one.meeting
    parts = [when_of(meeting), meeting.city or _("Online"), meeting.list.title]
    said = _("reported %(when)s") if one.handled_at is None else _("done %(when)s")
    return Report(
        public_id=one.public_id,
        title=meeting.name,
        url=reverse("meetings:one", args=[meeting.public_id]),
        where=" · ".join(filter(None, parts)),
        what=one.get_what_display(),
        words=one.words,
        when=said % {"when": instant(one.handled_at or one.at)},
    )


def when_of(meeting: Meeting) -> str:
    if meeting.day is None or meeting.time is None:
        return _("By appointment")
    return f"{WEEKDAYS[(meeting.day - 1) % 7]} {spoken_time(meeting.time)}"
