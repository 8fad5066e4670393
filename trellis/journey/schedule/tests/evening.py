"""An evening as a program has it: two groups in session, people in every state. For pages, by hand and in a browser."""

from datetime import time, timedelta
from typing import Any

from trellis.foundation.program.models import Room
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.tests.factories import (
    NOW,
    TODAY,
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    LeaveFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    enrolled,
)

PEOPLE = ("Marisol Reyes", "Andre Wilson", "Tomás Guerrero", "Priya Shah", "Jordan Kim", "Wen Liu", "Denise Park")


def evening() -> dict[str, Any]:
    """Wednesday 5:40 pm; loads the shipped program first. The clock must be held at `NOW`."""
    load_pomona()
    room, other_room = Room.objects.get(key="room-2"), Room.objects.get(key="room-3")
    luis = StaffMemberFactory(account__chosen_name="Luis Ortega", account__roles=["group_facilitator"])
    dana = StaffMemberFactory(account__chosen_name="Dana Cole", account__roles=["counselor"])
    skills = SeriesFactory(
        key="skills", weekday=2, kind="skills", minutes=90, break_minutes=10, break_after=45,
        names={"en": "Skills group", "es": "Grupo de habilidades"}, room=room,
    )  # fmt: skip
    process = SeriesFactory(
        key="process", weekday=0, kind="process", minutes=195, names={"en": "Process group", "es": "Grupo de proceso"},
        room=room,
    )  # fmt: skip
    family = SeriesFactory(
        key="family", weekday=2, kind="family-education", minutes=90, break_minutes=0,
        names={"en": "Family education", "es": "Educación familiar"}, room=other_room, languages=["en", "es"],
    )  # fmt: skip
    saturday = SeriesFactory(
        key="saturday", weekday=5, kind="relapse-prevention", start=time(9), minutes=180, break_minutes=0,
        names={"en": "Saturday morning", "es": "Sábado por la mañana"}, room=room,
    )  # fmt: skip
    tonight = SessionFactory(series=skills, in_room=room, led_by=luis)
    monday = SessionFactory(series=process, planned_on=TODAY - timedelta(days=2), in_room=room, led_by=dana)
    beside = SessionFactory(series=family, in_room=other_room, led_by=dana)
    SessionFactory(series=saturday, planned_on=TODAY + timedelta(days=3), in_room=room)
    people = [enrolled(skills, 1, chosen_name=name, may_leave_message=True)[0] for name in PEOPLE]
    marisol, andre, tomas, priya, jordan, wen, denise = people
    for person in people:
        EnrollmentFactory(episode=person.episodes.get(), series=process)
        if person is not jordan:
            AttendanceFactory(session=monday, client=person, recorded_at=NOW - timedelta(days=2))
    AttendanceFactory(session=monday, client=jordan, state="absent", recorded_at=NOW - timedelta(days=2))
    AttendanceFactory(session=tonight, client=marisol)
    AttendanceFactory(session=tonight, client=andre, state="late", arrived_late_minutes=7)
    AttendanceFactory(session=tonight, client=wen, state="video")
    AttendanceFactory(session=tonight, client=denise, state="excused", reason="Shift changed")
    ArrivalFactory(session=tonight, client=tomas)
    AbsenceNoticeFactory(session=tonight, client=denise, reason="My shift changed, I am so sorry.")
    AbsenceNoticeFactory(session=tonight, client=priya, kind="late", minutes=20, reason="Bus 482 is late again.")
    others = enrolled(family, 4)
    AttendanceFactory(session=beside, client=others[0], state="absent")
    LeaveFactory(client=others[1], kind="leave")
    EnrollmentFactory(series=family, episode=EpisodeFactory(client=ClientFactory(chosen_name="Ana Lucía Peña")))
    return {
        "tonight": Session.objects.get(pk=tonight.pk), "beside": beside, "people": people, "others": others,
        "luis": luis, "dana": dana,
    }  # fmt: skip
