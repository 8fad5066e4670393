"""Faults of form, in sentences that say what to do."""

import difflib
import re
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from trellis.foundation.program.check.lines import Loc
from trellis.foundation.program.schema import SECTIONS, Blueprint, Text

Finding = tuple[Loc, str]
BOTH = 'Give the text in both languages: { en = "…", es = "…" }.'


def form(document: dict[str, Any]) -> Iterator[Finding]:
    """Every fault of form of a document that is TOML."""
    core = {name: value for name, value in document.items() if name not in SECTIONS}
    yield from _faults(Blueprint, core, ())
    for name, model in SECTIONS.items():
        if name in document:
            yield from _faults(model, document[name], (name,))


def _faults(model: type[BaseModel], value: Any, above: Loc) -> Iterator[Finding]:
    try:
        model.model_validate(value)
    except ValidationError as error:
        details = [(_loc(detail), detail) for detail in error.errors(include_url=False)]
        for loc, detail in details:
            # a list whose only item is broken is not short
            broken_below = detail["type"] == "too_short" and any(
                len(o) > len(loc) and o[: len(loc)] == loc for o, _ in details
            )
            if not broken_below:
                yield above + loc, _sentence(model, loc, detail)


def _loc(detail: ErrorDetails) -> Loc:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _sentence(model: type[BaseModel], loc: Loc, detail: ErrorDetails) -> str:
    says = SENTENCES.get(detail["type"])
    if says is None:
        return f"This value does not fit. {detail['msg'].rstrip('.')}."
    return says(_Fault(model, loc, detail))


class _Fault:
    def __init__(self, model: type[BaseModel], loc: Loc, detail: ErrorDetails) -> None:
        self.model, self.loc, self.detail = model, loc, detail
        self.name = str(loc[-1]) if loc else ""
        self.ctx: dict[str, Any] = detail.get("ctx") or {}

    @property
    def wanted(self) -> Any:
        """The type that the schema has at the fault's place, None when it has none."""
        return type_at(self.model, self.loc)

    @property
    def neighbours(self) -> list[str]:
        above = type_at(self.model, self.loc[:-1])
        return list(above.model_fields) if isinstance(above, type) and issubclass(above, BaseModel) else []


def type_at(model: Any, loc: Loc) -> Any:
    here = model
    for part in loc:
        here = _unwrap(here)
        if isinstance(part, int):
            here = next(iter(typing.get_args(here)), None)
        elif isinstance(here, type) and issubclass(here, BaseModel) and part in here.model_fields:
            here = here.model_fields[part].annotation
        else:
            return None
    return _unwrap(here)


def _unwrap(kind: Any) -> Any:
    """`X | None` and `Annotated[X, …]` are X."""
    while True:
        if typing.get_origin(kind) is typing.Annotated:
            kind = typing.get_args(kind)[0]
        elif typing.get_origin(kind) in (types.UnionType, typing.Union):
            kind = next(one for one in typing.get_args(kind) if one is not type(None))
        else:
            return kind


def _missing(fault: _Fault) -> str:
    if type_at(fault.model, fault.loc[:-1]) is Text:
        return BOTH
    if fault.wanted is Text:
        return f"Add {fault.name}. {BOTH}"
    if typing.get_origin(fault.wanted) is tuple and len(fault.loc) == 1:
        return f"Add at least one [[{fault.name}]]."
    return f"Add {fault.name}."


def _extra(fault: _Fault) -> str:
    near = difflib.get_close_matches(fault.name, fault.neighbours, n=1)
    if near:
        return f"{fault.name} is not a key here. Did you mean {near[0]}? Correct it or remove it."
    return f"{fault.name} is not a key here. Remove it or correct its spelling."


def _table(fault: _Fault) -> str:
    if fault.wanted is Text:
        return BOTH
    if fault.loc and isinstance(fault.loc[-1], int):
        return "Write this item as a table with its own keys."
    return f"Write {fault.name} as a table, with its own keys."


def _list(fault: _Fault) -> str:
    if len(fault.loc) == 1:
        return f"Write each of these under its own header [[{fault.name}]]."
    return f'Write {fault.name} as a list in square brackets, like ["…"].'


def _one_of(fault: _Fault) -> str:
    choices = re.findall(r"'([^']*)'|(-?\d+)", str(fault.ctx.get("expected", "")))
    shown = [f'"{word}"' if word else number for word, number in choices]
    return f"Use one of {', '.join(shown)}." if len(shown) > 1 else f"Use {''.join(shown)}."


def _plain(sentence: str) -> Callable[[_Fault], str]:
    return lambda fault: sentence.format(name=fault.name, **fault.ctx)


_DATE = "Write the date without quotes, as year-month-day, like 2026-11-27."
_WHOLE = "Write a whole number without quotes, like 12."

#: pydantic's type of a fault → the sentence for it
SENTENCES: dict[str, Callable[[_Fault], str]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "model_type": _table,
    "model_attributes_type": _table,
    "dict_type": _table,
    "tuple_type": _list,
    "list_type": _list,
    "literal_error": _one_of,
    "string_type": _plain("Write {name} as text in quotes."),
    "int_type": _plain(_WHOLE),
    "int_from_float": _plain(_WHOLE),
    "bool_type": _plain("Write true or false, without quotes."),
    "date_type": _plain(_DATE),
    "date_parsing": _plain(_DATE),
    "date_from_datetime_inexact": _plain(_DATE),
    "greater_than_equal": _plain("Use {ge} or more."),
    "less_than_equal": _plain("Use {le} or less."),
    "too_short": _plain("Give at least {min_length} in this list."),
    "string_too_long": _plain("Shorten this to {max_length} characters or fewer."),
    "string_unicode": _plain("Write this text again: it holds characters that cannot be read."),
    "clock": _plain('Write the time in quotes with two digits each, from "00:00" to "23:59", like "17:30".'),
    "key": _plain("Write the key in small letters and digits, parted by - or _, like evening-track."),
    "empty": _plain("Write something here: the text is empty."),
    "control": _plain("Remove the invisible control characters from this text."),
    "zone": _plain('Use a time zone by its IANA name, like "America/Los_Angeles".'),
    "email": _plain('Write an email address, like "hello@example.org".'),
    "website": _plain('Write the whole web address, like "https://example.org".'),
    "phone": _plain('Write a telephone number of ten digits, like "909-555-0100".'),
    "holiday": _plain("Say when it falls in one way: month and day, or month, weekday and nth, or date."),
    "month_day": _plain("This month has no such day. Correct month or day."),
}


def sound(kind: Any, value: Any) -> Any:
    """The value as the schema reads it, unknown keys left aside; None where its form is broken."""
    adapter = TypeAdapter(kind)
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        if any(detail["type"] != "extra_forbidden" for detail in details):
            return None
        return adapter.validate_python(_without(value, [detail["loc"] for detail in details]))


def _without(value: Any, locs: list[Loc]) -> Any:
    gone = {loc[0] for loc in locs if len(loc) == 1}
    below = {loc[0]: [other[1:] for other in locs if other[0] == loc[0]] for loc in locs if len(loc) > 1}

    def inside(key: Any, one: Any) -> Any:
        return _without(one, below[key]) if key in below else one

    if isinstance(value, list):
        return [inside(index, one) for index, one in enumerate(value)]
    return {key: inside(key, one) for key, one in value.items() if key not in gone}
