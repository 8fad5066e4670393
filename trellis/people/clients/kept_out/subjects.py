"""Under which names the trail knows a client: rooms that stand higher add theirs."""

from collections.abc import Callable, Iterable

from trellis.people.clients.models import Client

_others: list[Callable[[Client], Iterable[str]]] = []


def also(names: Callable[[Client], Iterable[str]]) -> None:
    """Teach one more name: called at start by the room that knows it."""
    _others.append(names)


def subjects_of(client: Client) -> list[str]:
    """The client first, then as whom they were known before (`inquiry:4`)."""
    return [*client.audit_subjects, *(subject for names in _others for subject in names(client))]
