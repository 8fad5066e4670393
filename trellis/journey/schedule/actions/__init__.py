"""What can be done with the week; the only writers of this room."""

from trellis.journey.schedule.actions.desk import (
    arrive,
    can_come_after_all,
    not_seated,
    notify_cannot_come,
    notify_late,
    record_call,
)
from trellis.journey.schedule.actions.enroll import (
    NOT_IN_TRACK,
    agree_individual_hour,
    change_track,
    enroll,
    enroll_in_track,
    leave,
    leave_track,
    stop_waiting,
    wait_list,
)
from trellis.journey.schedule.actions.finish import finish_stay
from trellis.journey.schedule.actions.generate import (
    Generated,
    assign_facilitator,
    generate_sessions,
    unassign_facilitator,
)
from trellis.journey.schedule.actions.joining import join_sessions, take_joining_back
from trellis.journey.schedule.actions.marks import Entry, add_to_roster, mark, mark_all, undo
from trellis.journey.schedule.actions.orders import (
    BACK_ALREADY,
    decide_after_silence,
    end_leave,
    prescribe_hours,
    record_leave,
)
from trellis.journey.schedule.actions.sessions import (
    GUEST_NUMBER,
    cancel_session,
    change_facilitator,
    change_room,
    count_guests,
    hold_past_sessions,
    move_session,
    restore_session,
)
from trellis.journey.schedule.actions.start import Started, start_in_track

__all__ = [
    "BACK_ALREADY",
    "GUEST_NUMBER",
    "NOT_IN_TRACK",
    "Entry",
    "Generated",
    "Started",
    "add_to_roster",
    "agree_individual_hour",
    "arrive",
    "assign_facilitator",
    "can_come_after_all",
    "cancel_session",
    "change_facilitator",
    "change_room",
    "change_track",
    "count_guests",
    "decide_after_silence",
    "end_leave",
    "enroll",
    "enroll_in_track",
    "finish_stay",
    "generate_sessions",
    "hold_past_sessions",
    "join_sessions",
    "leave",
    "leave_track",
    "mark",
    "mark_all",
    "move_session",
    "not_seated",
    "notify_cannot_come",
    "notify_late",
    "prescribe_hours",
    "record_call",
    "record_leave",
    "restore_session",
    "start_in_track",
    "stop_waiting",
    "take_joining_back",
    "unassign_facilitator",
    "undo",
    "wait_list",
]
