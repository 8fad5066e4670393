"""What is true of names and ages: plain values in, plain values out."""

from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import fuzz, process

from trellis.foundation.record.folding import fold as fold

#: two spellings of one word that are this alike count as a typo (0 to 100)
ALIKE = 72
SHORTEST_TYPO = 4
#: one search looks for this many words; more only slow it down
MOST_WORDS = 6
LONGEST_WORD = 80
SHORT = 2


def words(name: str) -> list[str]:
    """The words of a name, folded, each once, in order."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in fold(name).split()))


def sought(text: str) -> list[str]:
    """The words that a search asks for; six are plenty for anybody's name."""
    return words(text)[:MOST_WORDS]


def is_short(part: str) -> bool:
    """One or two letters begin a word; a longer part may stand anywhere in it."""
    return len(part) <= SHORT


def holds(word: str, part: str) -> bool:
    """Whether a word answers a part of a search."""
    return word.startswith(part) if is_short(part) else part in word


def answers(search_name: str, accepted: Sequence[Sequence[str]]) -> bool:
    """Whether a folded name has, for each part of a search, a word that holds one of its accepted spellings."""
    parts_of_name = search_name.split()
    return all(any(holds(word, part) for part in spellings for word in parts_of_name) for spellings in accepted)


def may_be_a_slip(word: str) -> bool:
    """Words of three letters or fewer have no typos: everything would be like them."""
    return len(word) >= SHORTEST_TYPO


def alike(word: str, known: Sequence[str], most: int = 12) -> list[int]:
    """Positions in `known` of the words that `word` may be a slip of, the nearest first."""
    if not may_be_a_slip(word):
        return []
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=most)
    return [position for _, _, position in found]


def best_first(found: Iterable[tuple[str, bool]], parts: Sequence[str]) -> list[int]:
    """The order in which names `(search_name, in the program)` answer a search: positions, the likeliest first.

    Whoever is in the program comes before others, a word that begins as asked before one that only holds it.
    """
    listed = list(found)

    def likely(position: int) -> tuple[bool, int, str]:
        name, present = listed[position]
        starts = sum(any(word.startswith(part) for word in name.split()) for part in parts)
        return (not present, -starts, name)

    return sorted(range(len(listed)), key=likely)


def age_on(born: date, day: date) -> int:
    """Whole years on a day; somebody born on 29 February turns on 1 March in a short year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
