"""Somebody says something about a person: rows of their own, so that two who write at once lose nothing."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.history import queries
from trellis.journey.admission.history.bank import on_phone, questions
from trellis.journey.admission.history.rules import ANSWERED, NOT_TODAY, Offer, Said, Substance, Use, standing, whole
from trellis.journey.admission.models import HistoryAnswer, SubstanceEntry
from trellis.people.clients.models import Client

Who = HistoryAnswer.Who
NO_SUCH_QUESTION = _("This question is not asked here. Load the page again.")
NOT_KNOWN = _("This is not known there any more. Load the page again.")
NO_SUBSTANCE = _("Choose a substance of the list.")


@action("history.answer", on="client")
def answer(*, by: Actor, client: Client, said: Mapping[str, Said], who: str, seen: str = "") -> list[str]:
    """What somebody told a member of staff, or what they saw. `seen`: public id of the newest answer that stood in the
    form. Answers the questions that somebody else answered meanwhile: both stand."""
    return _answer(by, client, said, who, seen, questions())


@action("history.tell", on="client")
def tell(*, by: Actor, client: Client, said: Mapping[str, Said], seen: str = "") -> list[str]:
    """The person themself, on their phone."""
    return _answer(by, client, said, Who.PERSON, seen, _alone())


@action("history.answer", on="client")
def confirm(*, by: Actor, client: Client, key: str, source: str) -> HistoryAnswer:
    """What is known elsewhere is so: it becomes an answer, with where it comes from."""
    return _confirm(by, client, key, source, queries.for_staff(by, client).offers)


@action("history.tell", on="client")
def confirm_own(*, by: Actor, client: Client, key: str, source: str) -> HistoryAnswer:
    if key not in _alone():
        raise Refused(NO_SUCH_QUESTION)
    return _confirm(by, client, key, source, queries.for_person(client), Who.PERSON)


@action("history.answer", on="client")
def record_use(*, by: Actor, client: Client, substance: str, who: str, use: Use | None) -> SubstanceEntry:
    """The history of one substance; None: not today."""
    return _use(by, client, substance, who, use)


@action("history.tell", on="client")
def tell_use(*, by: Actor, client: Client, substance: str, use: Use | None) -> SubstanceEntry:
    return _use(by, client, substance, Who.PERSON, use)


def _alone() -> set[str]:
    return {one.key for part in on_phone() for one in part.questions}


def _answer(
    by: Actor, client: Client, said: Mapping[str, Said], who: str, seen: str, asked: Collection[str]
) -> list[str]:
    if not set(said) <= set(asked):
        raise Refused(NO_SUCH_QUESTION)
    _hold(client)
    rows, until = queries.answers(client), queries.number_of(client, seen)
    now = standing(rows)
    for key, one in said.items():
        stands = now.get(key)
        if stands is None or stands.now.said != one or stands.now.who != who:
            _write(by, client, key, one, who)
    return [key for key in said if key in now and now[key].now.number > until]


def _confirm(
    by: Actor, client: Client, key: str, source: str, offers: tuple[Offer, ...], who: str = ""
) -> HistoryAnswer:
    offer = next((one for one in offers if (one.key, one.source) == (key, source)), None)
    if offer is None:
        raise Refused(NOT_KNOWN)
    _hold(client)
    last = HistoryAnswer.objects.filter(client=client, key=key).order_by("-id").first()
    if last is not None and last.source == source and last.state == ANSWERED:
        return last  # tapped twice
    return _write(by, client, key, Said(ANSWERED, offer.value), who or offer.who, source)


def _write(by: Actor, client: Client, key: str, said: Said, who: str, source: str = "") -> HistoryAnswer:
    return HistoryAnswer.objects.create(
        client=client, key=key, state=said.state, value_sealed=crypto.seal(said.value) if said.value else "", who=who,
        source=source, on=clock.today(program.zone()), at=clock.now(), by=by.name,
    )  # fmt: skip


def _use(by: Actor, client: Client, substance: str, who: str, use: Use | None) -> SubstanceEntry:
    if substance not in list(Substance):
        raise Refused(NO_SUBSTANCE)
    _hold(client)
    return SubstanceEntry.objects.create(
        client=client, substance=substance, state=NOT_TODAY if use is None else ANSWERED,
        told_sealed="" if use is None else queries.sealed_use(whole(use)), who=who, on=clock.today(program.zone()),
        at=clock.now(), by=by.name,
    )  # fmt: skip


def _hold(client: Client) -> None:
    """Two who write at once write one after the other."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
