"""The group room when the connection drops for a minute: ten marks are ten rows, none twice."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.program import Program, at, sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule.models import Attendance, Enrollment
from trellis.journey.schedule.tests.factories import EnrollmentFactory
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory

MARKS = ("present", "late", "present", "absent", "present", "present", "late", "present", "absent", "present")


def ten_people(program: Program) -> list[Client]:
    people = [ClientFactory(in_program=True) for _ in MARKS]
    for client in people:
        EnrollmentFactory(episode=client.episodes.get(), series=program.group.series)
    assert Enrollment.objects.count() == len(MARKS)
    return people


def in_the_room(page: Page, program: Program, codes) -> None:
    sign_in(page, program.facilitator.account, codes.next())
    page.goto(f"/desk/groups/{program.group.public_id}/room/")


def person(page: Page, client: Client):
    return page.locator(f'[data-person="{client.public_id}"]')


def all_kept(page: Page) -> None:
    expect(page.locator("[data-pending]")).to_have_count(0, timeout=30_000)


def states_of(page: Page, people: list[Client]) -> list[str | None]:
    return [person(page, one).get_attribute("data-state") for one in people]


def test_ten_marks_without_a_connection_are_ten_rows_after_it(program, browser_page, codes, clock_at):
    # given a facilitator in a room of ten, and a connection that is cut
    clock_at(at(17, 40))
    people = ten_people(program)
    page = browser_page(390)
    in_the_room(page, program, codes)
    page.context.set_offline(True)
    # when ten people are marked
    for client, mark in zip(people, MARKS, strict=True):
        person(page, client).locator(f'[data-mark="{mark}"]').click()
    # then each shows its mark at once, waits, and nothing has reached the server
    assert states_of(page, people) == list(MARKS)
    assert page.locator("[data-pending]").count() == len(MARKS)
    assert Attendance.objects.count() == 0
    # when the connection is back
    page.context.set_offline(False)
    all_kept(page)
    # then there are ten rows, one a person, each with its event in the trail
    kept = dict(Attendance.objects.values_list("client__public_id", "state"))
    assert kept == {client.public_id: mark for client, mark in zip(people, MARKS, strict=True)}
    assert Attendance.objects.count() == len(MARKS)
    assert AuditEvent.objects.filter(verb="schedule.mark").count() == len(MARKS)
    # and a fresh page shows the same
    page.reload()
    assert states_of(page, people) == list(MARKS)
    assert {person(page, one).get_attribute("data-marks") for one in people} == {"1"}


def test_answers_that_never_arrive_leave_one_row_a_mark(program, browser_page, codes, clock_at):
    """The server kept the mark and the answer was lost on the way: what is sent again is the same mark."""
    clock_at(at(17, 40))
    people = ten_people(program)
    page = browser_page(390)
    in_the_room(page, program, codes)
    lost = []

    def lose_every_other(route):
        answer = route.fetch()
        lost.append(answer.status)
        if len(lost) % 2:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(re.compile("/room/mark/$"), lose_every_other)
    for client in people[:3]:
        person(page, client).locator('[data-mark="present"]').click()
    all_kept(page)
    assert len(lost) == 6
    assert sorted(Attendance.objects.values_list("client__public_id", flat=True)) == sorted(
        client.public_id for client in people[:3]
    )
