"""What the tests of the day sheet share."""

import re

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

URL = "/desk/day/"


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


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def line_of(page, session, client):
    """One line of the sheet as HTML."""
    start = page.index(f'<li id="{session.public_id}-{client.public_id}"')
    return page[start : page.index("</li>", start)]


def value(session, client):
    return f"{session.public_id}-{client.public_id}"
