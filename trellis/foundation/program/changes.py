"""What loading a blueprint would change, in sentences. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from trellis.foundation.program.schema import Blueprint

NOUNS = {
    "business_hours": "business hours",
    "holidays": "holiday",
    "payers": "payer",
    "hour_rules": "hour rule",
    "service_kinds": "service kind",
    "sites": "site",
    "rooms": "room",
    "tracks": "track",
    "series": "series",
    "therapies": "therapy",
    "curricula": "curriculum",
    "principles": "principle",
    "pages": "page",
}
#: what the disappearance of a thing means for what is remembered
GONE = {
    "rooms": "It is retired: past sessions keep it, new ones cannot use it.",
    "sites": "It is retired: past sessions keep it.",
    "tracks": "Nobody can join it any more; past weeks stay as they were.",
    "series": "No more sessions are made; past ones stay as they were.",
}
SHORT = 60


@dataclass(frozen=True)
class Change:
    path: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def diff(old: Blueprint | None, new: Blueprint) -> list[Change]:
    """Every difference from `old` (None: nothing was loaded before) to `new`; [] where they say the same."""
    after = _plain(new)
    if old is None:
        return [_first(name, things) for name, things in after.items() if isinstance(things, list)]
    before = _plain(old)
    return [change for name in {**before, **after} for change in _section(name, before.get(name), after.get(name))]


def _plain(blueprint: Blueprint) -> dict[str, Any]:
    parts = blueprint.model_dump() | {name: part.model_dump() for name, part in blueprint.registered().items()}
    return {name: _lists(part) for name, part in parts.items()}


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value


def _first(name: str, things: list[Any]) -> Change:
    return Change(name, f"{name}: {len(things)} new.")


def _section(name: str, before: Any, after: Any) -> Iterator[Change]:
    noun = NOUNS.get(name, name)
    if _keyed(before) and _keyed(after):
        yield from _things(name, noun, {b["key"]: b for b in before}, {a["key"]: a for a in after})
    else:
        yield from _values(name, f"{noun}", before, after)


def _keyed(things: Any) -> bool:
    return isinstance(things, list) and all(isinstance(one, dict) and "key" in one for one in things)


def _things(name: str, noun: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key in before.keys() - after.keys():
        yield Change(f"{name}.{key}", f'The {noun} "{key}" is removed. {GONE.get(name, "")}'.strip())
    for key, thing in after.items():
        if key not in before:
            yield Change(f"{name}.{key}", f'The {noun} "{key}" is new.')
        else:
            yield from _values(f"{name}.{key}", f'{noun} "{key}"', before[key], thing)


def _values(path: str, label: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from _values(f"{path}.{key}", f"{label}, {_word(key)}", before.get(key), after.get(key))
    elif _records(before) and _records(after) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _values(f"{path}[{index}]", f"{label} {index + 1}", one, other)
    else:
        was, becomes = _said_apart(before, after)
        yield Change(path, f"{label[0].upper()}{label[1:]}: {was} becomes {becomes}.")


def _records(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _said_apart(before: Any, after: Any) -> tuple[str, str]:
    """Of two long texts, the stretch where they part."""
    if not (isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) > SHORT):
        return _said(before), _said(after)
    pairs = enumerate(zip(before, after, strict=False))
    same = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(0, same - 10)) + 1
    lead = "…" if start else ""
    return _said(lead + before[start:]), _said(lead + after[start:])


def _word(key: str) -> str:
    return {"en": "English", "es": "Spanish"}.get(key, key.replace("_", " "))


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _records(value) and value:
        return f"{len(value)} of them"
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "nothing"
    if isinstance(value, dict):
        return "a new entry"
    text = str(value)
    if isinstance(value, str):
        return f"“{text[:SHORT]}…”" if len(text) > SHORT else f"“{text}”"
    return text
