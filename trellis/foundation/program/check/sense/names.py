"""Names: each key once, each name known, nothing left out."""

import difflib
from collections.abc import Iterable, Iterator

from trellis.foundation.program.check.draft import Draft, Items
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.check.lines import Loc
from trellis.foundation.program.schema import PAGES, PRINCIPLES

#: what a name in the file is called in a sentence
NOUNS = {
    "sites": "site",
    "rooms": "room",
    "service_kinds": "service kind",
    "tracks": "track",
    "series": "series",
    "therapies": "therapy",
    "curricula": "curriculum",
    "payers": "payer",
}


def unique_keys(draft: Draft) -> Iterator[Finding]:
    for name, items in _keyed(draft).items():
        seen: set[str] = set()
        for index, key in enumerate(items.keys):
            if key is not None and key in seen:
                yield (name, index, "key"), f'The key "{key}" stands here a second time. Give this one another key.'
            seen.add(key)


def known_names(draft: Draft) -> Iterator[Finding]:
    for loc, section, name in _names(draft):
        items = _keyed(draft)[section]
        if not items.knows(name):
            yield loc, _unknown(section, name, items)


def _unknown(section: str, name: str, items: Items) -> str:
    noun = NOUNS[section]
    near = difflib.get_close_matches(name, [key for key in items.keys if key], n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"Add it under [[{section}]] or name one that is there."
    return f'There is no {noun} "{name}". {hint}'


def _keyed(draft: Draft) -> dict[str, Items]:
    return {
        "holidays": draft.holidays,
        "payers": draft.payers,
        "service_kinds": draft.kinds,
        "sites": draft.sites,
        "rooms": draft.rooms,
        "tracks": draft.tracks,
        "series": draft.series,
        "therapies": draft.therapies,
        "curricula": draft.curricula,
        "principles": draft.principles,
        "pages": draft.pages,
    }


def _names(draft: Draft) -> Iterator[tuple[Loc, str, str]]:
    """Every place that names a thing of another section: where, which section, which name."""
    for i, room in draft.rooms:
        yield ("rooms", i, "site"), "sites", room.site
    for i, rule in draft.hour_rules:
        if rule.payer != "any":
            yield ("hour_rules", i, "payer"), "payers", rule.payer
    for i, kind in draft.kinds:
        for field in ("below_counts_as", "above_counts_as"):
            if name := getattr(kind, field):
                yield ("service_kinds", i, field), "service_kinds", name
    for i, track in draft.tracks:
        yield from _each(("tracks", i, "payers"), "payers", track.payers)
        if track.individual:
            yield ("tracks", i, "individual", "kind"), "service_kinds", track.individual.kind
    for i, series in draft.series:
        yield ("series", i, "kind"), "service_kinds", series.kind
        yield ("series", i, "room"), "rooms", series.room
        yield from _each(("series", i, "tracks"), "tracks", series.tracks)
        yield from _each(("series", i, "therapies"), "therapies", series.therapies)
        if series.curriculum:
            yield ("series", i, "curriculum"), "curricula", series.curriculum


def _each(loc: Loc, section: str, names: Iterable[str]) -> Iterator[tuple[Loc, str, str]]:
    return (((*loc, n), section, name) for n, name in enumerate(names))


def complete(draft: Draft) -> Iterator[Finding]:
    """The five principles and the pages of the public site are all there."""
    for section, items, wanted in (
        ("principles", draft.principles, PRINCIPLES),
        ("pages", draft.pages, PAGES),
    ):
        if items.readable:
            for key in wanted:
                if key not in items.keys:
                    yield (section,), f'"{key}" is missing. Add [[{section}]] with key = "{key}", in both languages.'


def offered_is_given(draft: Draft) -> Iterator[Finding]:
    """A therapy that the site names is given somewhere."""
    if not draft.series.whole:
        return
    given = {name for series in draft.series.values for name in series.therapies}
    for i, therapy in draft.therapies:
        if therapy.key not in given and not therapy.individual:
            yield (
                ("therapies", i),
                f'No hour gives the therapy "{therapy.key}". Name it in the therapies of a series, '
                "set individual = true, or remove it.",
            )


def languages(draft: Draft) -> Iterator[Finding]:
    if draft.program is None:
        return
    spoken = set(draft.program.languages)
    for section, items in (("tracks", draft.tracks), ("series", draft.series)):
        for i, one in items:
            for language in sorted(set(one.languages) - spoken):
                yield (
                    (section, i, "languages"),
                    f'The program does not offer "{language}". Add it to program.languages or remove it here.',
                )
    for i, series in draft.series:
        for track in filter(None, map(draft.tracks.get, series.tracks)):
            if not set(track.languages) & set(series.languages):
                yield (
                    ("series", i, "languages"),
                    f'The track "{track.key}" speaks another language. Give both one language that they share.',
                )


CHECKS = (unique_keys, known_names, complete, offered_is_given, languages)
