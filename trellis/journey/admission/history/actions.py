"""Somebody says something about a person: rows of their own, so that two who write at once lose nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.history import queries
from trellis.journey.admission.history.bank import on_phone, questions, safety
from trellis.journey.admission.history.rules import (
    ANSWERED,
    NOT_TODAY,
    Offer,
    Said,
    Standing,
    Substance,
    Use,
    standing,
    whole,
)
from trellis.journey.admission.history.rules.safety import alarm, lately
from trellis.journey.admission.history.sources import SCREENS
from trellis.journey.admission.models import HistoryAnswer, SubstanceEntry
from trellis.journey.measures.actions.raising import raise_without_form
from trellis.journey.measures.models import SafetyAlert
from trellis.people.clients.models import Client

Who = HistoryAnswer.Who
NO_SUCH_QUESTION = _("This question is not asked here. Load the page again.")
NOT_KNOWN = _("This is not known there any more. Load the page again.")
NO_SUBSTANCE = _("Choose a substance of the list.")
MEANWHILE = _("Something else was written down about this meanwhile. Look at it first; yours still stands in the form.")


class Meanwhile(Refused):
    """Whoever writes has not seen the newest that was told. Sent again with it as `seen`, it goes through."""

    def __init__(self, newest: SubstanceEntry) -> None:
        super().__init__(MEANWHILE)
        self.newest = newest


@dataclass(frozen=True)
class Kept:
    """`meanwhile`: questions that somebody else answered since; both stand. `alert`: what was said does not wait."""

    meanwhile: tuple[str, ...] = ()
    alert: SafetyAlert | None = None


@action("history.answer", on="client")
def answer(*, by: Actor, client: Client, said: Mapping[str, Said], who: str, seen: str = "") -> Kept:
    """What somebody told a member of staff, or what they saw. `seen`: public id of the newest answer that stood in the
    form."""
    return _answer(by, client, said, who, seen, questions())


@action("history.tell", on="client")
def tell(*, by: Actor, client: Client, said: Mapping[str, Said], seen: str = "") -> Kept:
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
def record_use(
    *, by: Actor, client: Client, substance: str, who: str, use: Use | None, seen: str | None = None
) -> SubstanceEntry:
    """The history of one substance; None: not today. `seen`: public id of the newest that stood in the form."""
    return _use(by, client, substance, who, use, seen)


@action("history.tell", on="client")
def tell_use(
    *, by: Actor, client: Client, substance: str, use: Use | None, seen: str | None = None
) -> SubstanceEntry:  # fmt: skip
    return _use(by, client, substance, Who.PERSON, use, seen, by_person=True)


def _alone() -> set[str]:
    return {one.key for part in on_phone() for one in part.questions}


def _answer(by: Actor, client: Client, said: Mapping[str, Said], who: str, seen: str, asked: Collection[str]) -> Kept:
    if not set(said) <= set(asked):
        raise Refused(NO_SUCH_QUESTION)
    _hold(client)
    rows, until = queries.answers(client), queries.number_of(client, seen)
    now = lately(standing(rows), safety(), _today())
    flags = []
    for key, one in said.items():
        stands = now.get(key)
        if stands is None or stands.now.said != one or stands.now.who != who:
            flags.append(_alarm(key, one, who, stands))
            _write(by, client, key, one, who)
    meanwhile = tuple(key for key in said if key in now and now[key].now.number > until)
    return Kept(meanwhile, _raise(by, client, flags))


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
    said = Said(ANSWERED, offer.value)
    if source.partition(":")[0] not in SCREENS:  # a form told of it when it was answered
        stands = lately(queries.as_it_stands(client), safety(), _today()).get(key)
        _raise(by, client, [_alarm(key, said, who or offer.who, stands)])
    return _write(by, client, key, said, who or offer.who, source)


def _alarm(key: str, said: Said, who: str, stands: Standing | None) -> str:
    asked, rows = safety().get(key), (stands.now, *stands.before) if stands else ()
    recent = (row for row in rows if row.who == who and asked and asked.is_recent(row.on, _today()))
    return alarm(asked, said, recent)


def _raise(by: Actor, client: Client, flags: list[str]) -> SafetyAlert | None:
    """Part of the act that writes the answers: one alert for all that was said in it."""
    found = [flag for flag in flags if flag]
    return raise_without_form(by=by, client=client, source=SafetyAlert.Source.HISTORY, flags=found) if found else None


def _write(by: Actor, client: Client, key: str, said: Said, who: str, source: str = "") -> HistoryAnswer:
    return HistoryAnswer.objects.create(
        client=client, key=key, state=said.state, value_sealed=crypto.seal(said.value) if said.value else "", who=who,
        source=source, on=_today(), at=clock.now(), by=by.name,
    )  # fmt: skip


def _use(
    by: Actor, client: Client, substance: str, who: str, use: Use | None, seen: str | None, *, by_person: bool = False
) -> SubstanceEntry:  # fmt: skip
    """`by_person`: they see only what they said themselves, and nothing else holds them up."""
    if substance not in list(Substance):
        raise Refused(NO_SUBSTANCE)
    _hold(client)
    rows = SubstanceEntry.objects.filter(client=client, substance=substance).order_by("-id")
    newest = (rows.filter(who=Who.PERSON) if by_person else rows).first()
    if use is not None and newest is not None and seen is not None and seen != newest.public_id:
        if not _is_same(newest, by, who, use):
            raise Meanwhile(newest)
        return newest  # tapped twice
    return SubstanceEntry.objects.create(
        client=client, substance=substance, state=NOT_TODAY if use is None else ANSWERED,
        told_sealed="" if use is None else queries.sealed_use(whole(use)), who=who, on=_today(),
        at=clock.now(), by=by.name,
    )  # fmt: skip


def _is_same(row: SubstanceEntry, by: Actor, who: str, use: Use | None) -> bool:
    told = None if row.state == NOT_TODAY else queries.opened_use(row)
    return (row.by, row.who, row.on, told) == (by.name, who, _today(), use and whole(use))


def _hold(client: Client) -> None:
    """Two who write at once write one after the other."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


def _today() -> date:
    return clock.today(program.zone())
