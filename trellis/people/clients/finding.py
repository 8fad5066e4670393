"""Find a client by parts of a name among very many: through the words that names are made of.

A program with 100,000 records has perhaps 20,000 different words in its names. They are looked through instead of the
records; what they lead to is then compared with the whole question.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import Q, QuerySet

from trellis.people.clients import rules
from trellis.people.clients.models import Client, NameWord
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


def find_clients(text: str, among: "QuerySet[Client] | None" = None) -> Found:
    """Clients by parts of their chosen name, accents and capitals forgiven; slips only where nothing was found.

    `among` narrows the search to a few (a caseload): one statement. Everybody: three, six where a slip is guessed.
    """
    parts = rules.sought(text)
    if not parts:
        return Found()
    if among is not None:
        return _find_among(parts, list(among))
    found = _everybody([[part] for part in parts], _words_with(max(parts, key=len)))
    return _guess(parts) if not found.clients and any(map(rules.may_be_a_slip, parts)) else found


def _find_among(parts: list[str], few: list[Client]) -> Found:
    found = [client for client in few if rules.answers(client.search_name, [[part] for part in parts])]
    if found:
        return _found(parts, found, {client.pk for client in found})
    known = sorted({word for client in few for word in client.search_name.split()})
    accepted = _alternatives(parts, known)
    found = [client for client in few if rules.answers(client.search_name, accepted)]
    return _found(parts, found, {client.pk for client in found}, guessed=True)


def _words_with(part: str) -> list[int]:
    """Which words of names hold the part: a look through one narrow index."""
    rows = NameWord.objects.filter(_begins(part) if rules.is_short(part) else Q(word__contains=part))
    return list(rows.values_list("id", flat=True)[:MOST_WORDS])


def _begins(part: str) -> Q:
    # A range, so that SQLite walks its index; on PostgreSQL LIKE walks the index of patterns.
    if connection.vendor == "sqlite":
        return Q(word__gte=part, word__lt=part + "\U0010ffff")
    return Q(word__startswith=part)


def _everybody(accepted: Accepted, driving: list[int], guessed: bool = False) -> Found:
    """`driving` are the words of the longest part: who has none of them is not the one."""
    if not driving:
        return Found()
    fits = reduce(and_, (_holds(words) for words in accepted))
    present = list(Client.objects.filter(fits, episodes__status=OPEN)[: MOST_FOUND + 1])
    found = {client.pk: client for client in present}
    if len(present) <= MOST_FOUND:
        rows = Client.objects.filter(fits, name_words__word__in=driving)[: MOST_FOUND + 1]
        found |= {client.pk: client for client in rows if client.pk not in found}
    parts = [words[0] for words in accepted]
    return _found(parts, list(found.values()), {client.pk for client in present}, guessed=guessed)


def _holds(words: list[str]) -> Q:
    return reduce(or_, (_holds_word(word) for word in words))


def _holds_word(word: str) -> Q:
    if rules.is_short(word):
        return Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")
    return Q(search_name__contains=word)


def _guess(parts: list[str]) -> Found:
    """Nobody is spelled like this: words that begin or end as asked are compared letter by letter."""
    near = reduce(or_, (_begins(part[0]) | Q(word__endswith=part[-ENDING:]) | Q(word__contains=part) for part in parts))
    known = dict(NameWord.objects.filter(near).values_list("word", "id"))
    accepted = _alternatives(parts, list(known))
    longest = max(range(len(parts)), key=lambda i: len(parts[i]))
    driving = [key for word, key in known.items() if any(word_ok in word for word_ok in accepted[longest])]
    return _everybody(accepted, driving, guessed=True) if all(accepted) else Found()


def _alternatives(parts: list[str], known: list[str]) -> Accepted:
    """For each part: itself, where some name holds it, else the words that it may be a slip of."""
    return [
        [part] if any(rules.holds(word, part) for word in known) else [known[i] for i in rules.alike(part, known)]
        for part in parts
    ]


def _found(parts: list[str], clients: list[Client], present: set[int], guessed: bool = False) -> Found:
    order = rules.best_first([(client.search_name, client.pk in present) for client in clients], parts)
    ordered = tuple(clients[position] for position in order)
    return Found(ordered[:MOST_FOUND], frozenset(present), guessed and bool(ordered), len(ordered) > MOST_FOUND)
