from trellis.journey.schedule.models.attendance import Attendance, AttendanceUndo, GuestCount, RosterAddition
from trellis.journey.schedule.models.desk import (
    AbsenceNotice,
    Arrival,
    CallOutcome,
    NoticeUndo,
    NotSeated,
    SilenceDecision,
)
from trellis.journey.schedule.models.people import Enrollment, Leave, PrescribedHours, WaitListEntry
from trellis.journey.schedule.models.plan import Series, SeriesFacilitator, Track
from trellis.journey.schedule.models.sessions import Booking, JoinedSession, JoinedSessionUndo, Session, SessionChange

__all__ = [
    "AbsenceNotice",
    "Arrival",
    "Attendance",
    "AttendanceUndo",
    "Booking",
    "CallOutcome",
    "Enrollment",
    "GuestCount",
    "JoinedSession",
    "JoinedSessionUndo",
    "Leave",
    "NotSeated",
    "NoticeUndo",
    "PrescribedHours",
    "RosterAddition",
    "Series",
    "SeriesFacilitator",
    "Session",
    "SessionChange",
    "SilenceDecision",
    "Track",
    "WaitListEntry",
]
