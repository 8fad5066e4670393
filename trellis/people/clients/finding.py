"""Find a client by parts of a name among very many: through the words that names are made of.

A program with 100,000 records has perhaps 20,000 different words in its names. They are looked through instead of the
records; what they lead to is then compared with the whole question.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from trellis.foundation.record.prepared import Prepared
from trellis.people.clients import rules
from trellis.people.clients.models import Client, ClientWord, NameWord
from trellis.people.clients.states import OPEN

MOST_FOUND = 20
MOST_WORDS = 5_000
ENDING = 3

#: for each word asked for, what may stand in its place; only one, as long as nobody is guessed
Accepted = list[list[str]]


@dataclass(frozen=True)
class Found:
    """`present`: keys of those in the program now. `guessed`: nobody is spelled like this, these come near."""

    clients: tuple[Client, ...] = ()
    present: frozenset[int] = frozenset()
    guessed: bool = False
    more: bool = False


def find_clients(text: str, among: "QuerySet[Client] | None" = None, closed: Collection[int] = ()) -> Found:
    """Clients by parts of their chosen name, accents and capitals forgiven; slips only where nothing was found.

    `among` narrows the search to a few (a caseload): one statement. Everybody: three, six where a slip is guessed.
    `closed` are keys of people who are not to be found: answer and statements are those of a house without them.
    """
    parts = rules.sought(text)
    if not parts:
        return Found()
    if among is not None:
        return _find_among(parts, list(among))
    found = _spelled(parts, closed)
    return _guess(parts, closed) if not found.clients and any(map(rules.may_be_a_slip, parts)) else found


def _find_among(parts: list[str], few: list[Client]) -> Found:
    found = [client for client in few if rules.answers(client.search_name, [[part] for part in parts])]
    if found:
        return _found(parts, found, {client.pk for client in found})
    known = sorted({word for client in few for word in client.search_name.split()})
    accepted = _alternatives(parts, known)
    found = [client for client in few if rules.answers(client.search_name, accepted)]
    return _found(parts, found, {client.pk for client in found}, guessed=True)


# --- as it is spelled: each keystroke of a search asks this -----------------------------------------------------------


def _spelled(parts: list[str], closed: Collection[int]) -> Found:
    """Through the words that hold the longest part: who has none of them is not the one."""
    driving = _words_with(max(parts, key=len), closed)
    if not driving:
        return Found()
    long, short = [p for p in parts if not rules.is_short(p)], [p for p in parts if rules.is_short(p)]
    if closed:  # of few people at work: phrased each time
        return _everybody(
            parts, _open(_present(long, short), closed), lambda: _open(_driven(long, short, driving), closed)
        )
    return _everybody(parts, _ask_present(long, short), lambda: _ask_driven(long, short, driving))


def _words_with(part: str, closed: Collection[int]) -> list[int]:
    """Which words of names hold the part: a look through one narrow index."""
    if closed:
        return list(_of_others(_holding(part), closed).values_list("id", flat=True)[:MOST_WORDS])
    if rules.is_short(part):
        return list(_holding(part).values_list("id", flat=True)[:MOST_WORDS])
    return [key for (key,) in _ask_words(part)]


def _holding(part: str) -> "QuerySet[NameWord]":
    if rules.is_short(part):
        return NameWord.objects.filter(_begins(part))
    # On SQLite the quicker of two looks at every word; on PostgreSQL LIKE may have an index.
    found = Q(GreaterThan(StrIndex("word", Value(part)), 0))
    return NameWord.objects.filter(found if connection.vendor == "sqlite" else Q(word__contains=part))


def _of_others(words: "QuerySet[NameWord]", closed: Collection[int]) -> "QuerySet[NameWord]":
    """Words that only people have who are not to be found are nobody's."""
    return words.filter(Exists(ClientWord.objects.filter(word=OuterRef("pk")).exclude(client__in=closed)))


@Prepared
def _ask_words(part: str) -> "QuerySet[NameWord, tuple[int]]":
    return _holding(part).values_list("id")[:MOST_WORDS]


@Prepared
def _ask_present(long: list[str], short: list[str]) -> "QuerySet[Client]":
    return _present(long, short)[: MOST_FOUND + 1]


@Prepared
def _ask_driven(long: list[str], short: list[str], driving: list[int]) -> "QuerySet[Client]":
    return _driven(long, short, driving)[: MOST_FOUND + 1]


def _present(long: list[str], short: list[str]) -> "QuerySet[Client]":
    return _named(long, short).filter(episodes__status=OPEN)


def _driven(long: list[str], short: list[str], driving: list[int]) -> "QuerySet[Client]":
    return _named(long, short).filter(name_words__word__in=driving)


def _open(rows: "QuerySet[Client]", closed: Collection[int]) -> list[Client]:
    return list(rows.exclude(pk__in=closed)[: MOST_FOUND + 1])


def _named(long: list[str], short: list[str]) -> "QuerySet[Client]":
    return Client.objects.filter(reduce(and_, [*map(_somewhere, long), *map(_at_the_beginning, short)]))


# --- as it may be meant -----------------------------------------------------------------------------------------------


def _guess(parts: list[str], closed: Collection[int]) -> Found:
    """Nobody is spelled like this: words that begin or end as asked are compared letter by letter."""
    near = reduce(or_, (_begins(part[0]) | Q(word__endswith=part[-ENDING:]) | Q(word__contains=part) for part in parts))
    words = NameWord.objects.filter(near)
    known = dict((_of_others(words, closed) if closed else words).values_list("word", "id"))
    accepted = _alternatives(parts, list(known))
    longest = max(range(len(parts)), key=lambda i: len(parts[i]))
    driving = [key for word, key in known.items() if any(word_ok in word for word_ok in accepted[longest])]
    if not all(accepted) or not driving:
        return Found()
    rows = Client.objects.filter(reduce(and_, map(_holds, accepted)))
    present = _open(rows.filter(episodes__status=OPEN), closed)
    likeliest = [spellings[0] for spellings in accepted]
    return _everybody(
        likeliest, present, lambda: _open(rows.filter(name_words__word__in=driving), closed), guessed=True
    )


def _alternatives(parts: list[str], known: list[str]) -> Accepted:
    """For each part: itself, where some name holds it, else the words that it may be a slip of."""
    return [
        [part] if any(rules.holds(word, part) for word in known) else [known[i] for i in rules.alike(part, known)]
        for part in parts
    ]


def _holds(words: list[str]) -> Q:
    return reduce(or_, (_at_the_beginning(word) if rules.is_short(word) else _somewhere(word) for word in words))


# --- both -------------------------------------------------------------------------------------------------------------


def _begins(part: str) -> Q:
    # A range, so that SQLite walks its index; on PostgreSQL LIKE walks the index of patterns.
    if connection.vendor == "sqlite":
        return Q(word__gte=part, word__lt=part + "\U0010ffff")
    return Q(word__startswith=part)


def _somewhere(part: str) -> Q:
    return Q(search_name__contains=part)


def _at_the_beginning(part: str) -> Q:
    """Of a word of the name."""
    return Q(search_name__startswith=part) | Q(search_name__contains=f" {part}")


def _everybody(
    parts: list[str], present: list[Client], others: Callable[[], Iterable[Client]], guessed: bool = False
) -> Found:
    """Whoever is in the program comes first; the others are asked for where a page has room for them."""
    found = {client.pk: client for client in present}
    if len(present) <= MOST_FOUND:
        found |= {client.pk: client for client in others() if client.pk not in found}
    return _found(parts, list(found.values()), {client.pk for client in present}, guessed=guessed)


def _found(parts: list[str], clients: list[Client], present: set[int], guessed: bool = False) -> Found:
    order = rules.best_first([(client.search_name, client.pk in present) for client in clients], parts)
    ordered = tuple(clients[position] for position in order)
    return Found(ordered[:MOST_FOUND], frozenset(present), guessed and bool(ordered), len(ordered) > MOST_FOUND)
