"""BMLT: its formats, and what a row says with them."""

from collections.abc import Iterable
from typing import Any

from trellis.foundation.places.reading import codes, sentences
from trellis.foundation.places.reading.row import Row
from trellis.foundation.places.reading.shapes import Format, Formats
from trellis.foundation.places.reading.text import as_text, line

VENUES = {"1": "in_person", "2": "online", "3": "hybrid"}
_SAYS = {"VM": "online", "HY": "hybrid", "HYBR": "hybrid"}


def formats_of(rows: Any) -> Formats | None:
    """Formats by id and key, from the list that BMLT answers with (v1 or classic); None when it is no such list."""
    found: dict[str, Format] = {}
    names: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else ():
        for number, language, format_ in _defined(row):
            if number not in found or (language == "en" and names[number] != "en"):
                found[number], names[number] = format_, language
    if not found and rows != []:
        return None
    return Formats(found, {format_.key: format_ for format_ in found.values()})


def _defined(row: Any) -> Iterable[tuple[str, str, Format]]:
    if not isinstance(row, dict) or not as_text(row.get("id")):
        return
    number = as_text(row["id"])
    if isinstance(row.get("translations"), list):
        for one in row["translations"]:
            if isinstance(one, dict) and line(one.get("key")):
                said = one["key"], one.get("name"), row.get("worldId"), row.get("type")
                yield number, line(one.get("language")), _format(*said)
    elif line(row.get("key_string")):
        said = row["key_string"], row.get("name_string"), row.get("world_id"), row.get("format_type_enum")
        yield number, line(row.get("lang")), _format(*said)


def _format(key: Any, name: Any, world: Any, kind: Any) -> Format:
    key, world = line(key), line(world)
    is_language = "LANG" in (world, line(kind)[:4])
    return Format(
        key,
        codes.languages_named(line(name)) if is_language else (),
        codes.CLOSED in (key, world),
        _SAYS.get(world) or _SAYS.get(key, ""),
    )


def types_of(row: Row, formats: Formats) -> None:
    """Sets the row's types, languages, and what its formats say about place and way."""
    found = _numbered(row, formats) if row.has("types") and row.shape.fields["types"] == ("formatIds",) else None
    if found is None:
        found = _keyed(row, formats)
    row.types = tuple(dict.fromkeys(format_.key for format_ in found))
    row.languages = tuple(dict.fromkeys(language for format_ in found for language in format_.languages))
    row.closed = any(format_.closed for format_ in found) or row.flag("temporarilyVirtual", "temporarily_virtual")
    venue = VENUES.get(as_text(row.value("says")).strip())
    row.says = venue or next((format_.says for format_ in found if format_.says), "")


def _numbered(row: Row, formats: Formats, name: str = "types") -> list[Format]:
    numbers, strange = codes.codes_in(row.value(name))
    row.left_out(name, strange)
    for number in numbers:
        if number not in formats.by_id:
            row.report(row.key(name), number, sentences.FORMAT_UNRESOLVED)
    return [formats.by_id.get(number) or Format(number) for number in numbers]


def _keyed(row: Row, formats: Formats) -> list[Format]:
    """Classic rows name formats by key; by id where they name no key."""
    if not row.has("types") and row.has("type_ids"):
        return _numbered(row, formats, "type_ids")
    keys, strange = codes.codes_in(row.value("types"))
    row.left_out("types", strange)
    for key in keys:
        if formats.by_key and key not in formats.by_key:
            row.report(row.key("types"), key, sentences.CODE_UNKNOWN)
    return [formats.by_key.get(key) or _shipped(key) for key in keys]


def _shipped(key: str) -> Format:
    return Format(key, codes.SHIPPED.get(key, ()), key == codes.CLOSED, _SAYS.get(key, ""))
