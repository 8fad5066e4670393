"""The day sheet of the front desk."""

import pytest

from tests.cast import Cast
from trellis.journey.schedule.tests.factories import (
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    enrolled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
URL = "/desk/day/"


@pytest.fixture
def desk():
    return Cast().client("front_desk")


def a_day(people, groups):
    """So many people in so many groups of the evening, in every state of the evening."""
    for n in range(groups):
        series = SeriesFactory(names={"en": f"Skills group {n}", "es": f"Grupo de habilidades {n}"})
        session = SessionFactory(series=series, in_room=RoomFactory(), led_by=StaffMemberFactory())
        clients = enrolled(series, people // groups)
        for place, client in enumerate(clients):
            if place % 4 == 0:
                ArrivalFactory(session=session, client=client)
            if place % 4 == 1:
                AttendanceFactory(session=session, client=client)
            if place == 2:
                AttendanceFactory(session=session, client=client, state="absent")
            if place == 3:
                AbsenceNoticeFactory(session=session, client=client)


@pytest.mark.parametrize("people", [20, 200])
def test_the_sheet_costs_as_much_for_two_hundred_lines_as_for_twenty(desk, statements, people):
    a_day(people, people // 10)
    desk.get(URL)
    with statements() as seen:
        page = desk.get(URL)
    assert page.content.decode().count("<li id=") >= people
    assert len(seen) == 10
