"""A client asks; we answer, and they answer back. Nothing is overwritten: each step stands beside the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging.models import Channel
from trellis.foundation.messaging.senders import sender_for
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.people.clients.models import Client
from trellis.people.consent import queries as consent
from trellis.people.consent.actions import set_standing
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import KNOWN
from trellis.people.rights import rules, states
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests import queries
from trellis.people.rights.rules import Kind

SAY_IT = _("Write it down, in your own words.")
SAY_PART = _("Choose which part of the record it is about: a statement of the client goes along with that part.")
SAY_WHOM = _("Write the name of whoever is not to be told.")
NOT_NOW = _("Somebody answered in the meantime. What they wrote stands there.")
MUST_AGREE = _("Who paid for a service in full decides that the health plan is not told. We have to say yes.")
#: kinds that are nothing without words: what is wrong, what happened, which way
_NEEDS = {
    Kind.CORRECTION: ("about", "wanted"), Kind.CHANNEL: ("wanted",), Kind.COMPLAINT: ("about",),
}  # fmt: skip
MAIL_KIND = "rights.answered"
_RESTRICTING = (Kind.RESTRICTION, Kind.SELF_PAID)


@dataclass(frozen=True)
class Wish:
    """What a client asks for. `whom`: who is not to be told."""

    kind: Kind
    about: str = ""
    wanted: str = ""
    whom: Recipient | None = None


@action("rights.ask", on="client")
def ask(*, by: Actor, client: Client, wish: Wish, how: "RightsRequest.How | str") -> RightsRequest:
    """Kept with the day by which we answer. The same words twice in a row are one request, sent by two taps."""
    if not all(getattr(wish, name).strip() for name in _NEEDS.get(wish.kind, ())):
        raise Refused(SAY_IT)
    whom = wish.whom if wish.kind in _RESTRICTING else None
    if wish.kind in _RESTRICTING and (whom is None or not whom.name.strip()):
        raise Refused(SAY_WHOM)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    earlier = _just_asked(client, wish)
    if earlier is not None:
        return earlier
    now = clock.now()
    return RightsRequest.objects.create(
        client=client, kind=wish.kind, about_sealed=_sealed(wish.about), wanted_sealed=_sealed(wish.wanted),
        whom_kind=str(whom.kind) if whom else "", whom=_line(whom.name) if whom else "",
        how=RightsRequest.How(how), due_on=_due(wish.kind), at=now, by=by.name,
    )  # fmt: skip


@action("rights.answer", on="request")
def answer(
    *, by: Actor, request: RightsRequest, step: str, words: str = "", parts: Iterable[str] = ()
) -> RequestAnswer:
    """We need longer, yes, no, a reply to a statement, or it no longer holds; the client is told that it is there.

    A yes to a restriction holds at the gate from this moment. `parts`: what a no to a correction is about.
    """
    done = _take(by, request, step, words, parts)
    if step in rules.TOLD:
        _tell(by, done)
    if request.kind in _RESTRICTING and step in (states.ACCEPT, states.END):
        _hold_at_the_gate(by, request, restricted=step == states.ACCEPT)
    return done


@action("rights.follow", on="request")
def follow(*, by: Actor, request: RightsRequest, step: str, words: str = "") -> RequestAnswer:
    """The client takes it back, or lays their own words beside our no."""
    if step not in rules.THEIRS:
        raise ValueError(step)
    return _take(by, request, step, words)


def _take(by: Actor, request: RightsRequest, step: str, words: str, parts: Iterable[str] = ()) -> RequestAnswer:
    # Held until the act ends: two who answer at the same time do not both decide.
    RightsRequest.objects.select_for_update().get(pk=request.pk)
    known = queries.asked(request)
    if step == states.DENY and known.kind is Kind.SELF_PAID:
        raise Refused(MUST_AGREE)
    if not rules.may(known.kind, known.state, step):
        raise Refused(NOT_NOW)
    if step in rules.SAYING and not words.strip():
        raise Refused(SAY_IT)
    about = sorted(KNOWN.intersection(parts)) if rules.names_a_part(known.kind, step) else []
    if rules.names_a_part(known.kind, step) and not about:
        raise Refused(SAY_PART)
    due = rules.extended_to(known.kind, known.due) if step == states.EXTEND else None
    return RequestAnswer.objects.create(
        request=request, step=step, words_sealed=_sealed(words), parts=about, due_on=due, at=clock.now(), by=by.name
    )


def _tell(by: Actor, done: RequestAnswer) -> None:
    """A message that says only: look. In the way that the client agreed to, or not at all."""
    client = done.request.client
    way = rules.way_to_tell(queries.reached(client), texts_go=sender_for(Channel.SMS) is not None)
    if way is None:
        return
    with override(client.language):
        url = settings.SITE_URL.rstrip("/") + reverse("accounts:arrive")
    messaging.queue(
        by=by, key=f"rights:{done.pk}", channel=way[0], to=way[1], kind=MAIL_KIND, language=client.language,
        values={"url": url}, about=f"client:{client.pk}",
    )  # fmt: skip


def _hold_at_the_gate(by: Actor, request: RightsRequest, *, restricted: bool) -> None:
    """The consent room refuses whoever stands in the client's standing, whatever a consent says."""
    consent.known(request.client, lock=True)  # whoever writes a death at the same time comes before or after
    now = consent.standing(request.client)
    whom = Recipient(request.whom_kind, request.whom)
    known = tuple(one for one in consent.recipients_of(now.restricted) if one != whom)
    set_standing(
        by=by, client=request.client, deceased=now.deceased, minor_consented_alone=now.minor_consented_alone,
        guardian_appointed=now.guardian_appointed, restricted=(*known, whom) if restricted else known,
    )  # fmt: skip


def _just_asked(client: Client, wish: Wish) -> RightsRequest | None:
    newest = RightsRequest.objects.filter(client=client).order_by("-id").first()
    if newest is None or newest.kind != wish.kind or newest.whom != (_line(wish.whom.name) if wish.whom else ""):
        return None
    said = (queries.opened_text(newest.about_sealed), queries.opened_text(newest.wanted_sealed))
    return newest if said == (wish.about.strip(), wish.wanted.strip()) and queries.asked(newest).waits else None


def _due(kind: Kind) -> date:
    blueprint = program.current()
    today = clock.today(blueprint.program.zone)
    closed = {day for year in (today.year, today.year + 1) for day in blueprint.holidays_in(year)}
    return rules.due_on(kind, today, closed)


def _sealed(text: str) -> str:
    return crypto.seal(text.strip()) if text.strip() else ""


def _line(text: str) -> str:
    return " ".join(text.split())
