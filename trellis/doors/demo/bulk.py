"""Many clients fast, for measuring: the one named exception to actions, with the write guard opened on purpose.

At most 200 are active, with nine sessions a week and one today; the others finished, each with ten attendances.
The past sessions of those who finished hold no rooms, and nobody here has an inquiry or an audit event of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection, models, transaction

from trellis.doors.demo import actions as demo
from trellis.doors.demo import cast, sign_ins
from trellis.doors.demo.build import BLUEPRINT, Progress, Wish, calendar_for, unhurried_disk
from trellis.doors.demo.build.clients import sign_ins_of
from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.staff import employ, outsiders
from trellis.doors.demo.calendar import Calendar
from trellis.doors.demo.crowd import Names
from trellis.doors.demo.emptying import refuse_real_data
from trellis.doors.demo.models import DemoMark
from trellis.doors.demo.plan_of_bulk import Meeting, meetings
from trellis.foundation import clock
from trellis.foundation.program import actions as program_actions
from trellis.foundation.program import queries as program
from trellis.foundation.program.blueprints import file_of
from trellis.foundation.program.check import read
from trellis.foundation.program.models import Room
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import Admission
from trellis.journey.schedule.models import (
    Attendance,
    Booking,
    Enrollment,
    PrescribedHours,
    Series,
    SeriesFacilitator,
    Session,
)
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.names import file_names
from trellis.people.clients.rules import fold

MOST_ACTIVE = 200
A_GROUP = 10
ATTENDANCES = 10
BATCH = 5_000
NAMED_AT_ONCE = 500
PAST_SERIES = 800
#: ten sessions in five weeks: two days apart, as days and weeks from the first Monday
TWICE = tuple((offset, week) for week in range(5) for offset in (0, 2))
WEEKS_AHEAD = 2
STATES = ("present",) * 7 + ("late", "absent", "excused")
M = TypeVar("M", bound=models.Model)
Row = tuple[str | int | bool, ...]


def build(wish: Wish, progress: Progress) -> DemoMark:
    call_command("migrate", verbosity=0, interactive=False)
    refuse_real_data()
    blueprint = read(file_of(BLUEPRINT))
    calendar = calendar_for(blueprint, wish.weeks)
    house = House(calendar, Random(wish.seed), blueprint)  # noqa: S311 a story, not a secret
    with unhurried_disk(), transaction.atomic(), program.remembered(), writing("demo bulk"):
        mark = demo.mark(by=BUILDER, seed=wish.seed, clients=wish.clients, weeks=wish.weeks, bulk=True)
        with clock.travel(calendar.at(calendar.opening - timedelta(days=3), 8)):
            program_actions.load_blueprint(by=BUILDER, source=file_of(BLUEPRINT))
            people = employ(house)
        Bulk(house, wish, progress).write()
        with clock.travel(calendar.now):
            people += sign_ins_of(house) + outsiders(cast.LOVED_ONES)
        demo.set_clock(by=BUILDER, to=calendar.now)
    sign_ins.keep(mark, people)
    return mark


class Bulk:
    def __init__(self, house: House, wish: Wish, progress: Progress) -> None:
        self.house, self.wish, self.progress = house, wish, progress
        self.calendar: Calendar = house.calendar
        self.names = Names(house.rng)
        self.clinicians = [member.staff_member for member in house.of("therapist")]
        self.leaders = self._leaders()

    def write(self) -> None:
        active = min(MOST_ACTIVE, self.wish.clients)
        self.progress("Active clients", 0.02)
        self._active(active)
        closed = self.wish.clients - active
        for done in range(0, closed, BATCH):
            self.progress(f"Clients who finished: {done:,} of {closed:,}", 0.05 + 0.95 * done / closed)
            self._closed(done, min(BATCH, closed - done))

    def _leaders(self) -> list[int]:
        """Everybody who can lead, whoever's first screen is their room first."""
        able = [m for role in ("group_facilitator", "therapist", "counselor") for m in self.house.of(role)]
        able.sort(key=lambda member: member.account.chosen_name != cast.FACILITATOR)
        return [member.staff_member.pk for member in able]

    # --- those in the program now ---

    def _active(self, count: int) -> None:
        start = self.calendar.first_monday
        clients = self._clients(count, start)
        episodes = self._episodes(clients, start, None)
        groups = [episodes[at : at + A_GROUP] for at in range(0, count, A_GROUP)]
        rooms = [room.pk for room in Room.objects.filter(kind="group", retired=False).order_by("pk")]
        plan = meetings(len(groups), len(rooms), len(self.leaders))
        series = self._series(plan, rooms)
        _all(
            Enrollment(
                episode=episode, series=series[number], since=start, recorded_at=self._began(start), by=BUILDER.name
            )
            for number, meeting in enumerate(plan)
            for episode in groups[meeting.group]
        )
        self._weeks(plan, series, groups)

    def _series(self, plan: Sequence[Meeting], rooms: Sequence[int]) -> list[Series]:
        kind = self.house.blueprint.kind("process")
        since = self.calendar.first_monday
        made = _all(
            Series(
                key=f"bulk-{number}", names=kind.names.as_dict(), kind="process", weekday=meeting.weekday,
                start=meeting.start, minutes=meeting.minutes, room_id=rooms[meeting.room], capacity=12, since=since,
                languages=["en"], facilitator_roles=["counselor"], group_min=kind.group_min, group_max=kind.group_max,
            )
            for number, meeting in enumerate(plan)
        )  # fmt: skip
        _all(
            SeriesFacilitator(series=one, staff_member_id=self.leaders[meeting.leader], since=since)
            for one, meeting in zip(made, plan, strict=True)
        )
        return made

    def _weeks(self, plan: Sequence[Meeting], series: Sequence[Series], groups: Sequence[Sequence[Episode]]) -> None:
        for week in range(self.calendar.weeks + WEEKS_AHEAD):
            monday = self.calendar.first_monday + timedelta(weeks=week)
            pairs = list(zip(plan, series, strict=True))
            sessions = _all(self._session(monday + timedelta(days=m.weekday), m, one) for m, one in pairs)
            dated = list(zip(sessions, plan, strict=True))
            _all(row for session, meeting in dated for row in self._held(session, meeting))
            _attend(
                row
                for session, meeting in dated
                if session.ends_at <= self.calendar.now
                for row in self._marks(session, [episode.client_id for episode in groups[meeting.group]])
            )

    def _session(self, day: date, meeting: Meeting, series: Series) -> Session:
        starts = datetime.combine(day, meeting.start, self.calendar.zone)
        ends = starts + timedelta(minutes=meeting.minutes)
        status = "held" if ends <= self.calendar.now else "planned"
        return Session(series=series, planned_on=day, starts_at=starts, ends_at=ends, status=status)

    def _held(self, session: Session, meeting: Meeting) -> Iterator[Booking]:
        times = {"session": session, "starts_at": session.starts_at, "ends_at": session.ends_at}
        yield Booking(room_id=session.series.room_id, **times)
        yield Booking(staff_member_id=self.leaders[meeting.leader], **times)

    def _marks(self, session: Session, clients: Iterable[int]) -> Iterator[Row]:
        at: Any = connection.ops.adapt_datetimefield_value(session.ends_at)
        for client in clients:
            state = self.house.rng.choice(STATES)
            late = 10 if state == "late" else 0
            yield (session.pk, client, f"bulk-{session.pk}-{client}", at, BUILDER.name, state, late, 0, "", False)

    # --- those who finished ---

    def _closed(self, done: int, count: int) -> None:
        """Each group of ten met ten times within five weeks, some time in the five years before."""
        rng = self.house.rng
        groups = range(0, count, A_GROUP)
        starts = [self._past_monday(rng) for _ in groups]
        clients = self._clients(count, self.calendar.first_monday - timedelta(days=400))
        episodes: list[Episode] = []
        for at, start in zip(groups, starts, strict=True):
            episodes += self._draft_episodes(clients[at : at + A_GROUP], start, start + timedelta(days=35))
        self._write_episodes(episodes)
        sessions = self._past_sessions(starts, done)
        _attend(
            row
            for number, at in enumerate(groups)
            for session in sessions[number * ATTENDANCES : (number + 1) * ATTENDANCES]
            for row in self._marks(session, [client.pk for client in clients[at : at + A_GROUP]])
        )

    def _past_monday(self, rng: Random) -> date:
        return self.calendar.first_monday - timedelta(weeks=rng.randint(8, 260))

    def _past_sessions(self, starts: Sequence[date], done: int) -> list[Session]:
        """Of series that no longer meet."""
        if done == 0:
            self._open_past_series()
        dated = ((start, offset + number % 5, week) for number, start in enumerate(starts) for offset, week in TWICE)
        return _all(self._past_session(start + timedelta(weeks=week, days=day % 5)) for start, day, week in dated)

    def _open_past_series(self) -> None:
        names = self.house.blueprint.kind("process").names.as_dict()
        last = self.calendar.first_monday - timedelta(days=1)
        made = _all(
            Series(
                key=f"past-{number}", names=names, kind="process", weekday=number % 5, start=time(9 + number // 5 % 9),
                minutes=60, capacity=12, since=last - timedelta(weeks=262), until=last, languages=["en"],
            )
            for number in range(PAST_SERIES)
        )  # fmt: skip
        self.past = [[one for one in made if one.weekday == weekday] for weekday in range(5)]
        self.used: Counter[date] = Counter()

    def _past_session(self, day: date) -> Session:
        """The next series of that weekday: each meets once a day."""
        of_day = self.past[day.weekday()]
        if self.used[day] == len(of_day):
            raise ValueError(f"more groups on {day} than {PAST_SERIES} series can hold")
        series = of_day[self.used[day]]
        self.used[day] += 1
        starts = datetime.combine(day, series.start, self.calendar.zone)
        ends = starts + timedelta(minutes=series.minutes)
        return Session(series=series, planned_on=day, starts_at=starts, ends_at=ends, status="held")

    # --- what both have ---

    def _began(self, day: date) -> datetime:
        return self.calendar.at(day, 9)

    def _clients(self, count: int, since: date) -> list[Client]:
        payers = [payer.key for payer in self.house.blueprint.payers]
        rng, created = self.house.rng, self._began(since)
        made = []
        for _ in range(count):
            name = self.names.name()
            made.append(
                Client(
                    chosen_name=name, search_name=fold(name)[:200], language=rng.choice(("en", "en", "es")),
                    born_on=self.calendar.today - timedelta(days=rng.randint(22 * 366, 66 * 365)), created_at=created,
                    telephone=f"909-555-01{rng.randrange(100):02}", payer=rng.choice(payers),
                )
            )  # fmt: skip
        clients = _all(made)
        for at in range(0, count, NAMED_AT_ONCE):
            file_names(clients[at : at + NAMED_AT_ONCE])
        return clients

    def _episodes(self, clients: Sequence[Client], opened: date, closed: date | None) -> list[Episode]:
        return self._write_episodes(self._draft_episodes(clients, opened, closed))

    def _draft_episodes(self, clients: Sequence[Client], opened: date, closed: date | None) -> list[Episode]:
        level = self.house.blueprint.program.level_of_care
        ended = {"status": "closed", "closed_on": closed, "close_reason": "completed"} if closed else {}
        return [Episode(client=client, level=level, opened_on=opened, **ended) for client in clients]

    def _write_episodes(self, drafts: list[Episode]) -> list[Episode]:
        episodes = _all(drafts)
        of = {episode.pk: self.clinicians[episode.pk % len(self.clinicians)] for episode in episodes}
        why = crypto.seal("Made for measuring")
        _all(
            Admission(
                episode=e, client=e.client, level=e.level, reason_sealed=why, admitting_clinician=of[e.pk],
                admitted_on=e.opened_on, recorded_at=self._began(e.opened_on),
            )
            for e in episodes
        )  # fmt: skip
        _all(CareAssignment(episode=e, staff_member=of[e.pk], since=e.opened_on, until=e.closed_on) for e in episodes)
        _all(
            PrescribedHours(
                client=e.client, minutes_a_week=540, since=e.opened_on, ordered_by=of[e.pk],
                recorded_at=self._began(e.opened_on), by=BUILDER.name,
            )
            for e in episodes
        )  # fmt: skip
        return episodes


def _all(rows: Iterable[M]) -> list[M]:
    """Written in pieces, so that a hundred thousand never stand in memory twice."""
    written: list[M] = []
    waiting = iter(rows)
    while piece := list(islice(waiting, BATCH)):
        written += type(piece[0])._default_manager.bulk_create(piece)
    return written


ATTENDANCE = (
    "session_id", "client_id", "key", "recorded_at", "by", "state", "arrived_late_minutes", "left_early_minutes",
    "reason", "late_entry",
)  # fmt: skip


def _attend(rows: Iterable[Row]) -> None:
    """A million of them: as plain values, for building a model of each takes ten times as long."""
    quote = connection.ops.quote_name
    columns, places = ", ".join(map(quote, ATTENDANCE)), ", ".join(["%s"] * len(ATTENDANCE))
    sql = f"INSERT INTO {quote(Attendance._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while piece := list(islice(waiting, BATCH)):
            cursor.executemany(sql, piece)
