"""Where the program happens."""

from typing import Literal

from pydantic import Field

from trellis.foundation.program.schema.base import Key, Part, Text, Words
from trellis.foundation.program.schema.program import OpenHours


class Site(Part):
    key: Key
    names: Text
    city: Words
    hours: tuple[OpenHours, ...] = Field(min_length=1, strict=False)


class Room(Part):
    key: Key
    site: Key
    names: Text
    kind: Literal["group", "office"]
    capacity: int = Field(ge=1, le=200)
