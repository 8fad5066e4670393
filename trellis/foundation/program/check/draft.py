"""A blueprint that may still have faults of form: what is intact of it can be asked."""

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from trellis.foundation.program.check.form import sound, type_at
from trellis.foundation.program.schema import (
    SECTIONS,
    Blueprint,
    Curriculum,
    HolidayRule,
    HourRule,
    OpenHours,
    Page,
    Payer,
    Principle,
    Program,
    Room,
    Series,
    ServiceKind,
    Site,
    Therapy,
    Track,
)

T = TypeVar("T")


class Items(Generic[T]):
    """The items of one `[[section]]`. A broken item keeps its place and key: nothing is blamed on others."""

    def __init__(self, raw: Any, kind: Any) -> None:
        self.readable = isinstance(raw, list)
        self._all: list[tuple[Any, T | None]] = []
        if self.readable:
            self._all = [(_key_of(one), sound(kind, one)) for one in raw]

    def __iter__(self) -> Iterator[tuple[int, T]]:
        """The intact ones, each with its place in the file."""
        return ((index, value) for index, (_, value) in enumerate(self._all) if value is not None)

    @property
    def values(self) -> list[T]:
        return [value for _, value in self]

    @property
    def whole(self) -> bool:
        return self.readable and all(value is not None for _, value in self._all)

    @property
    def keys(self) -> list[Any]:
        return [key for key, _ in self._all]

    def knows(self, key: str) -> bool:
        """False only when the file surely has no such key."""
        return not self.readable or key in self.keys

    def get(self, key: str) -> T | None:
        return next((value for one, value in self._all if one == key), None)


class Draft:
    program: Program | None
    staffing: dict[str, int] | None

    def __init__(self, document: dict[str, Any]) -> None:
        def items(name: str) -> Items[Any]:
            missing: list[Any] | None = None if Blueprint.model_fields[name].is_required() else []
            return Items(document.get(name, missing), type_at(Blueprint, (name, 0)))

        self.program = sound(Program, document.get("program"))
        self.staffing = sound(type_at(Blueprint, ("staffing",)), document.get("staffing"))
        self.business_hours: Items[OpenHours] = items("business_hours")
        self.holidays: Items[HolidayRule] = items("holidays")
        self.payers: Items[Payer] = items("payers")
        self.hour_rules: Items[HourRule] = items("hour_rules")
        self.kinds: Items[ServiceKind] = items("service_kinds")
        self.sites: Items[Site] = items("sites")
        self.rooms: Items[Room] = items("rooms")
        self.tracks: Items[Track] = items("tracks")
        self.series: Items[Series] = items("series")
        self.therapies: Items[Therapy] = items("therapies")
        self.curricula: Items[Curriculum] = items("curricula")
        self.principles: Items[Principle] = items("principles")
        self.pages: Items[Page] = items("pages")
        self.sections: dict[str, BaseModel | None] = {
            name: sound(model, document[name]) for name, model in SECTIONS.items() if name in document
        }


def _key_of(raw: Any) -> Any:
    key = raw.get("key") if isinstance(raw, dict) else None
    return key if isinstance(key, str) else None
