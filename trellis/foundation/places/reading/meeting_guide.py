"""Meeting Guide: its types, and what a row says with them."""

from trellis.foundation.places.reading import codes, sentences
from trellis.foundation.places.reading.row import Row
from trellis.foundation.places.reading.shapes import Formats
from trellis.foundation.places.reading.text import line


def types_of(row: Row, formats: Formats) -> None:
    """Sets the row's types, languages, and whether its place is closed. This format defines no formats of its own."""
    given, strange = codes.codes_in(row.value("types"))
    row.left_out("types", strange)
    row.types = tuple(dict.fromkeys(code.upper() for code in given))
    for code in row.types:
        if code not in codes.OFFICIAL:
            row.report("types", code, sentences.CODE_UNKNOWN)
    row.languages = _languages(row) or tuple(
        dict.fromkeys(codes.LANGUAGES[code] for code in row.types if code in codes.LANGUAGES)
    )
    row.closed = not codes.CLOSED_WORDS.isdisjoint(row.types)
    row.says = line(row.value("says")).lower()


def _languages(row: Row) -> tuple[str, ...]:
    given, strange = codes.codes_in(row.value("languages"))
    tags: dict[str, None] = {}
    for one in [*given, *strange]:
        tag = codes.language_tag(one)
        if tag:
            tags[tag] = None
        else:
            row.report("languages", one, sentences.LANGUAGE_LEFT_OUT)
    return tuple(tags)
