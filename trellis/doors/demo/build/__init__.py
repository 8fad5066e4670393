"""Builds the living demo: weeks of a program, each act at its own past instant, through the real actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.db import connection, transaction

from trellis.doors.demo import actions as demo
from trellis.doors.demo import cast, leaders, sign_ins
from trellis.doors.demo.actions import wall
from trellis.doors.demo.build import (
    advised,
    afterwards,
    answers,
    arriving,
    clients,
    consents,
    diagnoses,
    history,
    leaving,
    meetings,
    moment,
    referred,
    rights,
    staff,
    trust,
)
from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.intake import Intake
from trellis.doors.demo.build.timeline import Timeline
from trellis.doors.demo.build.weeks import Weeks
from trellis.doors.demo.calendar import Calendar, first_look
from trellis.doors.demo.emptying import NotHere, refuse_real_data
from trellis.doors.demo.models import DemoMark
from trellis.doors.demo.stories import Author, Stay, seats
from trellis.foundation import clock
from trellis.foundation.program import actions as program_actions
from trellis.foundation.program import queries as program
from trellis.foundation.program.blueprints import file_of
from trellis.foundation.program.check import read
from trellis.foundation.program.schema import Blueprint
from trellis.journey.schedule import actions as schedule

BLUEPRINT = "pomona"
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Wish:
    clients: int
    weeks: int
    seed: int


def build(wish: Wish, progress: Progress) -> DemoMark:
    """All of it or nothing: a build that is cut short leaves an empty database."""
    call_command("migrate", verbosity=0, interactive=False)
    refuse_real_data()
    blueprint = read(file_of(BLUEPRINT))
    most = sum(track.capacity for track in blueprint.tracks)
    if not 1 <= wish.clients <= most:
        raise NotHere(f"The {BLUEPRINT} program has places for 1 to {most} clients. For more, add --bulk.")
    with unhurried_disk(), transaction.atomic(), program.remembered():
        people, mark = _build(wish, blueprint, progress)
    sign_ins.keep(mark, people)
    return mark


def _build(wish: Wish, blueprint: Blueprint, progress: Progress) -> tuple[list[sign_ins.SignIn], DemoMark]:
    calendar = calendar_for(blueprint, wish.weeks)
    mark = demo.mark(by=BUILDER, seed=wish.seed, clients=wish.clients, weeks=wish.weeks, bulk=False)
    house = House(calendar, Random(wish.seed), blueprint)  # noqa: S311 a story, not a secret
    with clock.travel(calendar.at(calendar.opening - timedelta(days=3), 8)):
        people = open_house(house, progress)
        diary = staff.assign_leaders(house)
    _live(house, wish, diary, progress)
    with clock.travel(calendar.now):
        progress("Setting the clock", 1.0)
        afterwards.finished(house)
        with_record = clients.sign_ins_of(house)
        accounts = [one.account_id for one in with_record if one.role == "client"]
        meetings.choose(accounts)
        consents.signed(house, accounts)
        for story in (rights, answers, history, diagnoses, arriving, leaving, advised, referred):
            story.told(house, accounts)
        afterwards.told(house)
        trust.watched(house, accounts)
        people += with_record + staff.outsiders(cast.LOVED_ONES)
    demo.set_clock(by=BUILDER, to=calendar.now)
    return people, mark


def calendar_for(blueprint: Blueprint, weeks: int) -> Calendar:
    now = wall()
    closed = {day for year in (now.year - 1, now.year, now.year + 1) for day in blueprint.holidays_in(year)}
    return Calendar(blueprint.program.zone, first_look(now, blueprint.program.zone, closed), weeks)


def open_house(house: House, progress: Progress) -> list[sign_ins.SignIn]:
    """The program, the people who work in it, and sessions from the first week to some weeks ahead."""
    progress("Loading the program", 0.0)
    program_actions.load_blueprint(by=BUILDER, source=file_of(BLUEPRINT))
    people = staff.employ(house)
    ahead = house.calendar.today + timedelta(weeks=house.blueprint.program.horizon_weeks)
    schedule.generate_sessions(by=BUILDER, since=house.calendar.first_monday, until=ahead)
    return people


def _live(house: House, wish: Wish, diary: leaders.Diary, progress: Progress) -> None:
    calendar, timeline = house.calendar, Timeline()
    weeks = Weeks(house, timeline)
    hours = list(leaders.free_hours(staff.able_to_lead(house), diary))
    intake = Intake(house, timeline, hours, weeks.joined)
    _write_stories(house, wish, intake, timeline)
    meetings.write(house, timeline)
    begin = calendar.at(calendar.opening, 0)
    day = calendar.opening
    while day <= calendar.today:
        timeline.run(calendar.at(day, 7, 45))
        if day >= calendar.first_monday:
            weeks.plan_day(day)
        if day == calendar.today:
            moment.prepare(house, timeline)
        timeline.run(min(calendar.at(day + timedelta(days=1), 0), calendar.now))
        progress(f"Living through {day:%B} {day.day}", _share(begin, calendar.at(day, 12), calendar.now))
        day += timedelta(days=1)


def _share(begin: datetime, at: datetime, end: datetime) -> float:
    return min(1.0, (at - begin) / (end - begin))


def _write_stories(house: House, wish: Wish, intake: Intake, timeline: Timeline) -> None:
    author = Author(house.rng, house.calendar)
    capacities = {track.key: track.capacity for track in house.blueprint.tracks}
    stays: list[Stay] = author.stays(seats(wish.clients, capacities))
    for stay in stays:
        intake.bring_in(stay)
    for question in author.lost_questions(len(stays)):
        intake.ask(question)
    *others, first, second = author.todays_board()
    for question in others:
        intake.ask(question)
    for question in (first, second):
        intake.ask(question, lambda inquiry: moment.wait_for_a_place(house, inquiry, "evening"))
    moment.cancel_one(house, timeline)


class unhurried_disk:
    """SQLite does not wait for the disk while a demo is built: what a power cut takes, is built again."""

    def __enter__(self) -> None:
        self._set("OFF")

    def __exit__(self, *_: object) -> None:
        self._set("FULL")

    def _set(self, mode: str) -> None:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={mode}")
