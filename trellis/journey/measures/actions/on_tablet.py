"""A client answers on a device of ours that staff handed over: the trail says so, and who handed it to them."""

from collections.abc import Mapping

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.measures.actions import asking
from trellis.journey.measures.models import Administration, Answer, Outcome
from trellis.people.clients.models import Client

TABLET = Administration.Way.TABLET


@action("measures.hand_over", on="client")
def hand_over(*, by: Actor, client: Client) -> Client:
    """Nothing is written but that it happened."""
    return client


@action("measures.on_tablet", on="client")
def begin(*, by: Actor, client: Client, instrument: str, occasion: str, language: str) -> Administration:
    return asking.begun(
        by=by, client=client, instrument=instrument, occasion=occasion, way=TABLET, language=language
    )  # fmt: skip


@action("measures.on_tablet", on="administration")
def keep_answers(*, by: Actor, administration: Administration, answers: Mapping[str, int | None]) -> list[Answer]:
    _require_tablet(administration)
    return asking.written(by, administration, answers)


@action("measures.on_tablet", on="administration")
def finish(*, by: Actor, administration: Administration) -> Outcome:
    _require_tablet(administration)
    return asking.finished(by, administration)


def _require_tablet(administration: Administration) -> None:
    if administration.way != TABLET:
        raise Refused(asking.NOT_THEIRS)
