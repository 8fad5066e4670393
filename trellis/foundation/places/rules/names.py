"""Names as a search compares them: plain values in, plain values out."""

from collections.abc import Collection

from rapidfuzz import fuzz, process

from trellis.foundation.record.folding import fold as fold

#: two spellings of one word that are this alike count as a typo (0 to 100)
ALIKE = 72
SHORTEST_TYPO = 4
MOST_WORDS = 6
MOST_ALIKE = 8


def sought(text: str) -> list[str]:
    """The words that a search asks for, each once; six are plenty for the name of a meeting."""
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


def may_be_meant(part: str, known: Collection[str]) -> list[str]:
    """Which known words answer a part of a search: those that hold it, else those that it may be a slip of."""
    spelled = [word for word in known if part in word]
    if spelled:
        return [part]
    if len(part) < SHORTEST_TYPO:
        return []
    found = process.extract(part, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ALIKE)
    return [word for word, _likeness, _place in found]
