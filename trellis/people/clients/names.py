"""The index of names: which words a chosen name is made of. Actions write it, so that no trigger has to."""

from collections.abc import Iterable

from trellis.people.clients import rules
from trellis.people.clients.models import Client, ClientWord, NameWord

BATCH = 500


def file_names(clients: Iterable[Client]) -> None:
    """Write the words of these clients' names, in place of what stood there; a few statements for any number."""
    words_of = {client.pk: rules.words(client.chosen_name) for client in clients}
    every = sorted({word for words in words_of.values() for word in words})
    NameWord.objects.bulk_create([NameWord(word=w) for w in every], ignore_conflicts=True, batch_size=BATCH)
    keys = _keys(every)
    ClientWord.objects.filter(client__in=list(words_of)).delete()
    ClientWord.objects.bulk_create(
        [ClientWord(word_id=keys[word], client_id=pk) for pk, words in words_of.items() for word in words],
        batch_size=BATCH,
    )


def _keys(every: list[str]) -> dict[str, int]:
    keys: dict[str, int] = {}
    for start in range(0, len(every), BATCH):
        found = NameWord.objects.filter(word__in=every[start : start + BATCH])
        keys.update(found.values_list("word", "id"))
    return keys
