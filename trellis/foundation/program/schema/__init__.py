"""The shape of a blueprint, as frozen values."""

from trellis.foundation.program.schema.base import DAY_NAMES, DAYS, Day, Part, Text, clock_of, minute_of
from trellis.foundation.program.schema.blueprint import SECTIONS, Blueprint, build, register_section
from trellis.foundation.program.schema.content import (
    PAGES,
    PRINCIPLES,
    Curriculum,
    Page,
    Passage,
    Principle,
    Rendering,
    Therapy,
    Topic,
)
from trellis.foundation.program.schema.places import Room, Site
from trellis.foundation.program.schema.program import (
    ROLES,
    Contact,
    HolidayRule,
    HourRule,
    OpenHours,
    Payer,
    Program,
    ServiceKind,
)
from trellis.foundation.program.schema.week import Individual, Series, Track

__all__ = [
    "DAYS",
    "DAY_NAMES",
    "PAGES",
    "PRINCIPLES",
    "ROLES",
    "SECTIONS",
    "Blueprint",
    "Contact",
    "Curriculum",
    "Day",
    "HolidayRule",
    "HourRule",
    "Individual",
    "OpenHours",
    "Page",
    "Part",
    "Passage",
    "Payer",
    "Principle",
    "Program",
    "Rendering",
    "Room",
    "Series",
    "ServiceKind",
    "Site",
    "Text",
    "Therapy",
    "Topic",
    "Track",
    "build",
    "clock_of",
    "minute_of",
    "register_section",
]
