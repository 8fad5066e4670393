"""What happens to whom in a demo, decided before anything is written. Pure: one seed, one story."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from trellis.doors.demo.calendar import Calendar
from trellis.doors.demo.figures import around, chance, draw, figures
from trellis.doors.demo.people import Crowd, Person

#: how the active clients are spread over the tracks; the evening groups are the ones that a first look finds on
SHARES = {"evening": 26, "evening-es": 18, "morning": 18, "morning-es": 12, "weekend": 16, "young-adult": 10}
FEWEST_IN_EVENING = 4
#: of those who asked and did not come in, percent with whom somebody spoke
SPOKE = 45
YOUNG_PAYERS = ("medi-cal", "county", "self-pay")


@dataclass(frozen=True)
class Call:
    at: datetime
    outcome: str


@dataclass(frozen=True)
class Question:
    """Somebody asks for help."""

    person: Person
    for_whom: str
    channel: str
    asked_at: datetime
    calls: tuple[Call, ...] = ()
    #: how it ended without an admission: decline, refer, close; empty: it did not end
    ending: str = ""
    words: int = 0


@dataclass(frozen=True)
class Stay:
    """One person's way through the program."""

    person: Person
    question: Question
    track: str
    pathway: str
    admitted_at: datetime
    starts_on: date
    ends_on: date | None
    end_reason: str
    kind: int  # which of the kinds of weeks in population.toml


def seats(clients: int, capacities: Mapping[str, int]) -> dict[str, int]:
    """How many active clients each track has; evening groups first where there are few."""
    shares = {key: share for key, share in SHARES.items() if key in capacities} or dict.fromkeys(capacities, 1)
    total = sum(shares.values())
    given = {key: min(capacities[key], clients * share // total) for key, share in shares.items()}
    first = next(iter(shares))
    given[first] = min(capacities[first], max(given[first], min(FEWEST_IN_EVENING, clients)))
    while sum(given.values()) > clients:
        given[max((k for k in given if k != first), key=lambda k: given[k])] -= 1
    while sum(given.values()) < clients:
        open_tracks = [key for key in shares if given[key] < capacities[key]]
        if not open_tracks:
            break
        given[min(open_tracks, key=lambda key: given[key] / shares[key])] += 1
    return given


class Author:
    """Writes the stories of one demo."""

    def __init__(self, rng: Random, calendar: Calendar) -> None:
        self.rng, self.calendar = rng, calendar
        self.crowd = Crowd(rng, calendar.today)

    def stays(self, wanted: Mapping[str, int]) -> list[Stay]:
        return [stay for track, count in wanted.items() for seat in range(count) for stay in self._seat(track, seat)]

    def _seat(self, track: str, seat: int) -> Iterator[Stay]:
        """Who holds the seat now, and who held it before, back to the first week."""
        calendar = self.calendar
        starts = self._recent_start(seat)
        yield self._stay(track, starts, None, "")
        while True:
            ends = starts - timedelta(days=self.rng.randint(4, 9))
            days, reason = self._ending()
            starts = self._group_day(ends - timedelta(days=days))
            if ends < calendar.first_monday + timedelta(days=7):
                return
            yield self._stay(track, max(starts, calendar.first_monday), ends, reason)

    def _recent_start(self, seat: int) -> date:
        """Of those here now some came this week and some two months ago; the first two seats are never new."""
        longest = (self.calendar.today - self.calendar.first_monday).days
        shortest = 1 if seat > 1 else min(16, longest)
        return self._group_day(self.calendar.today - timedelta(days=self.rng.randint(shortest, max(shortest, longest))))

    def _group_day(self, day: date) -> date:
        return max(self.calendar.office_day(day), self.calendar.first_monday)

    def _ending(self) -> tuple[int, str]:
        ways = {key: way for key, way in figures()["ending"].items() if isinstance(way, dict)}
        way = ways[draw(self.rng, {key: way["share"] for key, way in ways.items()})]
        return max(5, around(self.rng, way["days"], 0.4)), way["reason"]

    def _stay(self, track: str, starts: date, ends: date | None, reason: str) -> Stay:
        spanish = track.endswith("-es")
        young = track == "young-adult"
        person = self.crowd.person(
            language="es" if spanish else "en",
            ages=(18, 20) if young else None,
            payer=self.rng.choice(YOUNG_PAYERS) if young else "",
        )
        # No later than the seat is free, no earlier than the program's records begin.
        admitted = self.calendar.at(
            self.calendar.office_day_before(starts), self.rng.randint(10, 15), self.rng.randint(0, 59)
        )
        question = self._question_of(person, admitted)
        kinds: Sequence[Mapping[str, Any]] = figures()["attendance"]["kinds"]
        kind = self.rng.choices(range(len(kinds)), weights=[k["share"] for k in kinds])[0]
        pathway = self.rng.choice(("twelve_step", "twelve_step", "secular"))
        return Stay(person, question, track, pathway, admitted, starts, ends, reason, kind)

    def _question_of(self, person: Person, admitted: datetime) -> Question:
        funnel = figures()["funnel"]
        days = around(self.rng, funnel["days_to_assessment"]) + around(self.rng, funnel["days_to_enrolment"])
        day = max(self.calendar.opening, admitted.date() - timedelta(days=min(days, 28)))
        asked = self._office_time(day)
        calls = self._calls(person, asked, self.rng.randint(0, 1), "reached", until=admitted)
        return self._question(person, asked, (*calls, self._assessed(calls[-1].at, until=admitted)))

    def _assessed(self, reached: datetime, *, until: datetime | None = None) -> Call:
        """They meet some days after they spoke, and before whatever comes next."""
        days = around(self.rng, figures()["funnel"]["days_to_assessment"])
        at = self._office_time(reached.date() + timedelta(days=max(1, days)))
        return Call(min(at, until - timedelta(minutes=10)) if until else at, "assessed")

    def lost_questions(self, stays: int) -> list[Question]:
        """Those who asked and did not come in, as many as the funnel loses, spread over the weeks before this one."""
        funnel = figures()["funnel"]
        stay_on = (1 - funnel["lost_before_assessment"] / 100) * (1 - funnel["lost_before_enrolment"] / 100)
        span = (self.calendar.first_monday - self.calendar.opening).days + 7 * (self.calendar.weeks - 1)
        count = round(stays * (1 / stay_on - 1))
        days = sorted(self.rng.randrange(max(1, span)) for _ in range(count))
        return [self._lost(self.calendar.opening + timedelta(days=day)) for day in days]

    def _lost(self, day: date) -> Question:
        person = self.crowd.person()
        asked = self._office_time(day)
        if not chance(self.rng, SPOKE):  # never reached
            calls = self._calls(person, asked, 3, "", until=None)
            return self._question(person, asked, calls, "close")
        calls = self._calls(person, asked, self.rng.randint(0, 2), "reached", until=None)
        if self._met():
            calls = (*calls, self._assessed(calls[-1].at))
        return self._question(person, asked, calls, self.rng.choice(("decline", "decline", "refer")))

    def _met(self) -> bool:
        """Of those who spoke with us and did not come in, some were lost only after the assessment."""
        funnel = figures()["funnel"]
        before = funnel["lost_before_assessment"]
        after = (100 - before) * funnel["lost_before_enrolment"] / 100
        return chance(self.rng, min(100, 100 * after / ((before + after) * SPOKE / 100)))

    def _calls(
        self, person: Person, asked: datetime, before: int, last: str, *, until: datetime | None
    ) -> tuple[Call, ...]:
        """Mostly within the promise; then one a day."""
        outcomes = [self._unanswered(person) for _ in range(before)] + ([last] if last else [])
        at = asked + timedelta(minutes=self.rng.choice((12, 25, 38, 50, 55, 95)))
        calls = []
        for outcome in outcomes:
            if until is not None and at >= until:
                at = until - timedelta(minutes=20)
            calls.append(Call(at, outcome))
            at = self._office_time(at.date() + timedelta(days=1))
        return tuple(calls)

    def _unanswered(self, person: Person) -> str:
        return "left_safe_message" if person.may_leave_message and chance(self.rng, 50) else "no_answer"

    def _question(self, person: Person, asked: datetime, calls: tuple[Call, ...] = (), ending: str = "") -> Question:
        for_whom = self._for_whom()
        channel = draw(self.rng, figures()["asking"]["channel"])
        return Question(person, for_whom, channel, asked, calls, ending, self.rng.randrange(1000))

    def _for_whom(self) -> str:
        source = draw(self.rng, figures()["referral"])
        if source != "self":
            return "referring"
        return "loved_one" if chance(self.rng, figures()["asking"]["loved_one_of_self"]) else "self"

    def _office_time(self, day: date) -> datetime:
        return self.calendar.at(self.calendar.office_day(day), self.rng.randint(9, 16), self.rng.randint(0, 59))

    def todays_board(self) -> list[Question]:
        """What the intake board shows at first sight: something of each kind, one promise past its time."""
        at = self.calendar.at
        today, before = self.calendar.today, self.calendar.office_day(self.calendar.today - timedelta(days=1))
        fresh = [
            self._fresh(at(today, 15, 10), "self", "web"),  # nobody called: overdue
            self._fresh(at(today, 16, 58), "self", "web", language="es"),
            self._fresh(at(today, 17, 5), "loved_one", "call"),
            self._fresh(at(today, 17, 22), "referring", "fax"),
            self._fresh(at(today, 17, 31), "loved_one", "web", language="es"),
        ]
        tried = [
            self._fresh(at(before, 14, 20), "self", "web", calls=(Call(at(before, 15, 2), "no_answer"),)),
            self._fresh(at(today, 11, 40), "self", "voicemail", calls=(Call(at(today, 12, 5), "no_answer"),)),
            self._fresh(at(before, 10, 15), "self", "web", calls=(Call(at(before, 10, 48), "left_safe_message"),)),
        ]
        reached = [
            self._fresh(at(before, 9, 30), "self", "call", calls=(Call(at(before, 9, 41), "reached"),)),
            self._fresh(at(today, 13, 5), "self", "web", language="es", calls=(Call(at(today, 13, 33), "reached"),)),
            self._fresh(at(today, 10, 12), "referring", "call", calls=(Call(at(today, 10, 20), "reached"),)),
        ]
        return fresh + tried + reached

    def _fresh(
        self, asked: datetime, for_whom: str, channel: str, *, language: str = "en", calls: tuple[Call, ...] = ()
    ) -> Question:
        person = self.crowd.person(language=language)
        if any(call.outcome == "left_safe_message" for call in calls):
            person = replace(person, may_leave_message=True)
        return Question(person, for_whom, channel, asked, calls, "", self.rng.randrange(1000))
