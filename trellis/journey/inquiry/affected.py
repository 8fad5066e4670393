"""Whoever only asked for help is protected like a client: here they are, for a breach that affects them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import CloseReason, Inquiry
from trellis.people.breaches.people import Kind, Person, register

MOST_FOUND = 20
#: keys in one statement; SQLite takes a limited number
CHUNK = 500


def load(keys: Iterable[int]) -> list[Person]:
    return [_person(one) for rows in _chunks(keys) for one in Inquiry.objects.filter(pk__in=rows)]


def everybody() -> Iterable[str]:
    """Who asked, in whichever way; not what was found to be no person."""
    people = Inquiry.objects.exclude(close_reason=CloseReason.NOT_A_PERSON)
    return (f"inquiry:{key}" for key in people.values_list("pk", flat=True))


def search(actor: Actor, text: str) -> list[Person]:
    rows = Inquiry.objects.filter(name_folded__contains=rules.fold(text), client_subject="", same_as__isnull=True)
    return [_person(one) for one in shown_to(actor, rows.order_by("name_folded", "pk")[:MOST_FOUND])]


def counts_as(keys: Iterable[int]) -> Mapping[int, str | None]:
    """An inquiry that became a client is the client; one that was joined to another is the other."""
    found: dict[int, str | None] = {}
    for some in _chunks(keys):
        for one in Inquiry.objects.filter(pk__in=some).select_related("same_as"):
            counted = one.same_as or one
            found[one.pk] = counted.client_subject or f"inquiry:{counted.pk}"
    return found


def teach() -> None:
    register(Inquiry.subject_kind, Kind(load, everybody, search, counts_as))


def _person(inquiry: Inquiry) -> Person:
    return Person(
        f"inquiry:{inquiry.pk}", inquiry.name or str(_("Somebody who asked for help and gave no name")),
        inquiry.language, inquiry.telephone, inquiry.email,
    )  # fmt: skip


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    wanted = list(keys)
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
