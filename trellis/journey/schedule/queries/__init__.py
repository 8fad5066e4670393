"""What can be asked about the week. Each has a fixed number of statements."""

from trellis.journey.schedule.queries.day import DaySession, GroupRoom, calls_owed, filled, room, sessions_on
from trellis.journey.schedule.queries.lines import RosterLine, lines_of
from trellis.journey.schedule.queries.people import (
    away_now,
    client_on,
    clients_in,
    clients_on,
    enrollments_of,
    leaves_of,
    may_join,
    prescribed,
    to_add,
    track_of,
)
from trellis.journey.schedule.queries.program import (
    MakeUp,
    ProgramToday,
    ProgramWeek,
    Short,
    Silent,
    TrackPlaces,
    make_ups,
    make_ups_for,
    open_sessions,
    planned,
    program_today,
    program_week,
    short_this_week,
    silent_clients,
    this_week,
    track_places,
    wait_list,
)
from trellis.journey.schedule.queries.sessions import (
    Holds,
    changes_for,
    changes_of,
    coming_sessions,
    holds,
    leaders_of,
    my_sessions,
    next_session,
    of_day,
    sessions,
    sessions_for,
    sessions_of_client,
    today_bounds,
)
from trellis.journey.schedule.queries.week import ledgers, week

__all__ = [
    "DaySession", "GroupRoom", "Holds", "MakeUp", "ProgramToday", "ProgramWeek", "RosterLine", "Short", "Silent",
    "TrackPlaces", "away_now", "calls_owed", "changes_for", "changes_of", "client_on", "clients_in", "clients_on",
    "coming_sessions", "enrollments_of", "filled", "holds", "leaders_of", "leaves_of", "ledgers", "lines_of",
    "make_ups", "make_ups_for", "may_join", "my_sessions", "next_session", "of_day", "open_sessions", "planned",
    "prescribed", "program_today", "program_week", "room", "sessions", "sessions_for", "sessions_of_client",
    "sessions_on", "short_this_week", "silent_clients", "this_week", "to_add", "today_bounds", "track_of",
    "track_places", "wait_list", "week",
]  # fmt: skip
