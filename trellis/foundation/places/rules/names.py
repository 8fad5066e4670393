"""Names as a search compares them: plain values in, plain values out."""

import re
import unicodedata
from collections.abc import Collection

from rapidfuzz import fuzz, process

#: letters that decomposition leaves as they are
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_MARKS = re.compile("[^a-z0-9]+")
#: two spellings of one word that are this alike count as a typo (0 to 100)
ALIKE = 72
SHORTEST_TYPO = 4
MOST_WORDS = 6
MOST_ALIKE = 8


def fold(name: str) -> str:
    """No accents, no capitals, words parted by one space. An apostrophe joins ("women's"), other marks part."""
    if name.isascii():  # most names of places and meetings
        return _MARKS.sub(" ", name.lower().replace("'", "").replace("`", "")).strip()
    # Taken apart twice: some signs hide a capital.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_LETTERS)
    letters = (c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`´")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


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
