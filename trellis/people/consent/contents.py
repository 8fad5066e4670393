"""What a letter can say: each kind of information is written by the room that knows it."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from trellis.foundation.access.actor import Actor
from trellis.people.clients.models import Client
from trellis.people.consent import people_words
from trellis.people.consent.paper import Section
from trellis.people.consent.rules.words import Information

#: the lines about one client, in the language that is active, by whoever lets them go
Writer = Callable[[Client, Actor], tuple[str, ...]]
_writers: dict[str, Writer] = {}
#: what must stand beside these kinds of information wherever they go
Beside = Callable[[Client, Iterable[str]], Iterable[Section]]
_beside: list[Beside] = []


def register(information: Information, writer: Writer) -> None:
    """Teach letters a kind of information; called in a room's `AppConfig.ready`."""
    _writers[information] = writer


def register_beside(writer: Beside) -> None:
    """Teach letters what goes along with what they tell; a higher room calls it in its `AppConfig.ready`."""
    if writer not in _beside:
        _beside.append(writer)


def beside(client: Client, information: Iterable[str]) -> list[Section]:
    return [section for writer in _beside for section in writer(client, information)]


def writable() -> frozenset[str]:
    return frozenset(_writers)


def written(client: Client, information: Iterable[str], by: Actor) -> list[Section]:
    """One section for each kind, in the order asked. A kind that nobody writes raises KeyError."""
    return [Section(str(people_words.INFORMATION[kind]), "", _writers[kind](client, by)) for kind in information]


def presence(client: Client, by: Actor) -> tuple[str, ...]:
    """No more than the kind says: neither since when nor why."""
    return (_("%(name)s is or was a client of this program.") % {"name": client.chosen_name},)
