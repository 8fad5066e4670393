"""What was heard is written down; a clinician says whose it is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NOT_PERMITTED, NotPermitted, Refused, may
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.record import crypto
from trellis.people.clients.models import Client
from trellis.people.consent.models import OutsideRequest, OutsideReview
from trellis.people.consent.outside import guidance, queries

MAIL_KIND = "outside.danger"
READ_ALREADY = _("Somebody else has read this in the meantime. What they did stands there.")
SAY_WHAT_WAS_DONE = _("Write what you did, in a few words.")


@dataclass(frozen=True)
class Heard:
    """What somebody from outside asked and told, in their words."""

    asker: str
    asker_name: str = ""
    asker_contact: str = ""
    about: str = ""
    asked_for: str = ""
    told: str = ""
    in_confidence: bool = False
    danger: bool = False

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in queries.TEXTS}


def _about_nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    """Whoever was asked about may never have been here: the event names nobody, a client neither."""
    return ()


@action("outside.record", about=_about_nobody)
def record(*, by: Actor, heard: Heard) -> OutsideRequest:
    """Nobody is looked up: the same statements run for a client's name and for any other."""
    earlier = _written_just_now(by, heard)
    if earlier is not None:
        return earlier
    request = OutsideRequest.objects.create(
        asker=OutsideRequest.Asker(heard.asker),
        **{name: crypto.seal(text) if text else "" for name, text in heard.texts.items()},
        in_confidence=heard.in_confidence,
        danger=heard.danger,
        answer=guidance.ANSWER,
        at=clock.now(),
        by=by.name,
    )
    if heard.danger:
        _call_clinicians(by, request)
    return request


@action("outside.review", on="request", about=lambda review, _arguments: review.audit_subjects)
def review(*, by: Actor, request: OutsideRequest, client: Client | None, done: str) -> OutsideReview:
    """Whose record it belongs to, if anybody's, and what was done."""
    # Held until the act ends: two who read at the same time do not both say whose it is.
    OutsideRequest.objects.select_for_update().get(pk=request.pk)
    if OutsideReview.objects.filter(request=request).exists():
        raise Refused(READ_ALREADY)
    if client is not None and not may(by, "client.read", client):
        raise NotPermitted(NOT_PERMITTED)
    if not done.strip():
        raise Refused(SAY_WHAT_WAS_DONE)
    return OutsideReview.objects.create(request=request, client=client, done=done.strip(), at=clock.now(), by=by.name)


def _written_just_now(by: Actor, heard: Heard) -> OutsideRequest | None:
    """The same words from the same hand are one note, sent by two taps."""
    recent = OutsideRequest.objects.filter(
        by=by.name, asker=heard.asker, danger=heard.danger, in_confidence=heard.in_confidence,
        at__gte=clock.now() - guidance.AGAIN,
    )  # fmt: skip
    return next((one for one in recent.order_by("id") if queries.texts_of(one) == heard.texts), None)


def _call_clinicians(by: Actor, request: OutsideRequest) -> None:
    """A message that says only: look. The page after saving tells whoever wrote it to go and speak with somebody."""
    for one in queries.clinicians():
        if not one.account.email:
            continue
        with override(one.account.language):
            url = settings.SITE_URL.rstrip("/") + reverse("consent:asked_waiting")
        messaging.queue(
            by=by, key=f"outside:{request.pk}:{one.account.pk}", channel="mail", to=one.account.email,
            kind=MAIL_KIND, language=one.account.language, values={"url": url},
            about=f"account:{one.account.pk}",
        )  # fmt: skip
