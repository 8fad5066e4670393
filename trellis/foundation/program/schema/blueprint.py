"""The whole blueprint, and the sections that other rooms add to it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import BaseModel, Field, PrivateAttr

from trellis.foundation.program import rules
from trellis.foundation.program.schema.base import Part
from trellis.foundation.program.schema.content import Curriculum, Page, Principle, Therapy
from trellis.foundation.program.schema.places import Room, Site
from trellis.foundation.program.schema.program import (
    HolidayRule,
    HourRule,
    OpenHours,
    Payer,
    Program,
    Role,
    ServiceKind,
)
from trellis.foundation.program.schema.week import Series, Track


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)


class Blueprint(Part):
    program: Program
    business_hours: tuple[OpenHours, ...] = Field(min_length=1, strict=False)
    holidays: tuple[HolidayRule, ...] = Field(default=(), strict=False)
    payers: tuple[Payer, ...] = Field(min_length=1, strict=False)
    hour_rules: tuple[HourRule, ...] = Field(min_length=1, strict=False)
    service_kinds: tuple[ServiceKind, ...] = Field(min_length=1, strict=False)
    staffing: dict[Role, Annotated[int, Field(ge=1, le=1000)]] = Field(min_length=1)
    sites: tuple[Site, ...] = Field(min_length=1, strict=False)
    rooms: tuple[Room, ...] = Field(min_length=1, strict=False)
    tracks: tuple[Track, ...] = Field(min_length=1, strict=False)
    series: tuple[Series, ...] = Field(min_length=1, strict=False)
    therapies: tuple[Therapy, ...] = Field(min_length=1, strict=False)
    curricula: tuple[Curriculum, ...] = Field(default=(), strict=False)
    principles: tuple[Principle, ...] = Field(min_length=1, strict=False)
    pages: tuple[Page, ...] = Field(min_length=1, strict=False)

    _sections: dict[str, BaseModel] = PrivateAttr(default_factory=dict)

    def section(self, name: str) -> BaseModel | None:
        """What another room registered under `name`; None when the file leaves it out."""
        return self._sections.get(name)

    def registered(self) -> Mapping[str, BaseModel]:
        return self._sections

    def track(self, key: str) -> Track:
        return _named(self.tracks, key)

    def room(self, key: str) -> Room:
        return _named(self.rooms, key)

    def kind(self, key: str) -> ServiceKind:
        return _named(self.service_kinds, key)

    def page(self, key: str) -> Page:
        return _named(self.pages, key)

    def therapy(self, key: str) -> Therapy:
        return _named(self.therapies, key)

    def curriculum(self, key: str) -> Curriculum:
        return _named(self.curricula, key)

    def payer(self, key: str) -> Payer:
        return _named(self.payers, key)

    def principle(self, key: str) -> Principle:
        return _named(self.principles, key)

    def series_by_key(self, key: str) -> Series:
        return _named(self.series, key)

    def series_of(self, track_key: str) -> tuple[Series, ...]:
        """The groups of one track in the order of the week."""
        own = (s for s in self.series if track_key in s.tracks)
        return tuple(sorted(own, key=lambda s: (s.weekday_number, s.start_minute, s.key)))

    def hour_rule(self, *, age: int, payer: str) -> HourRule:
        return rules.hour_rule(self.hour_rules, age=age, payer=payer)

    def holidays_in(self, year: int) -> Mapping[date, HolidayRule]:
        return rules.holidays(self.holidays, year)

    def countable(self, kind: str) -> bool:
        return rules.countable(self.service_kinds, kind)


def _named(things: tuple[K, ...], key: str) -> K:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)


#: sections of other rooms: name in the file → model
SECTIONS: dict[str, type[BaseModel]] = {}


def register_section(name: str, model: type[BaseModel]) -> None:
    """Allow a table `[name]` in a blueprint; its model belongs to the room that registers it."""
    if name in Blueprint.model_fields or SECTIONS.get(name, model) is not model:
        raise ValueError(f"the section {name} is taken")
    SECTIONS[name] = model


def build(document: dict[str, Any]) -> Blueprint:
    """The blueprint of a document whose form is right; pydantic's ValidationError where it is not."""
    core = {name: value for name, value in document.items() if name not in SECTIONS}
    blueprint = Blueprint.model_validate(core)
    for name, model in SECTIONS.items():
        if name in document:
            blueprint._sections[name] = model.model_validate(document[name])
    return blueprint
