"""Somebody looked at which care is next and decided. What the record spoke for is kept beside it."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.continuity.advice import queries
from trellis.journey.continuity.advice.blueprint import advising
from trellis.journey.continuity.advice.keeping import kept
from trellis.journey.continuity.advice.rules import Advice, advise
from trellis.journey.continuity.models import Review
from trellis.people.clients.models import Client

NO_STAY = _("There is no stay now. A new one begins with an admission.")
CHOOSE = _("Choose what you decide.")
WHY = _("The record speaks for another way: write why, in a sentence or two.")
NO_TERMS = _("This program does not say yet from which figures on the record speaks for a way.")
OVERTAKEN = _("Somebody else looked at it meanwhile. Read that first; yours still stands in the form.")


@action("advice.review", on="client")
def review(*, by: Actor, client: Client, decided: str, words: str = "", seen: str = "") -> Review:
    """`seen` is the public id of the newest review that the writer saw; empty: none. It changes no stay by itself."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    stay = queries.open_stay(client)
    if stay is None:
        raise Refused(NO_STAY)
    now = clock.now()
    found = queries.looked(client, stay, now)
    if (found.before[0].public_id if found.before else "") != seen:
        raise Refused(OVERTAKEN)
    terms = advising()
    if terms is None:
        raise Refused(NO_TERMS)
    advice = advise(found.record, terms)
    _judge(advice, decided, words)
    return Review.objects.create(
        client=client, episode=stay, on=now.astimezone(program.zone()).date(), advice=kept(advice), decided=decided,
        words_sealed=crypto.seal(words.strip()) if words.strip() else "", at=now, by=by.name,
    )  # fmt: skip


def _judge(advice: Advice, decided: str, words: str) -> None:
    if decided not in Review.Decided.values:
        raise Refused(CHOOSE)
    spoken_for = advice.even or (advice.options[0].way,)
    if decided not in spoken_for and not words.strip():
        raise Refused(WHY)
