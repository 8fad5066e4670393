"""Names and words as a search compares them."""

import re
import unicodedata

#: letters that decomposition leaves as they are
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_MARKS = re.compile("[^a-z0-9]+")


def fold(name: str) -> str:
    """No accents, no capitals, words parted by one space.

    An apostrophe joins ("O'Brien" is one word), every other mark parts ("Ruiz-Peña" is two).
    """
    if name.isascii():
        return _MARKS.sub(" ", name.lower().replace("'", "").replace("`", "")).strip()
    # Taken apart twice: some signs (ℌ) hide a capital.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_LETTERS)
    letters = (c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`´")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())
