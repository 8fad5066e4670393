"""Open a record in an emergency; read why it was opened."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.messaging import actions as messaging
from trellis.people.clients.emergency import queries, rules
from trellis.people.clients.models import Client, EmergencyOpening, EmergencyReview

MAIL_KIND = "clients.emergency"
NOBODY = _("Nobody here has this name and this date of birth. Check both. The clinical director can help at once.")
SAY_WHY = _("Write in a few words what is happening, so that another person understands it.")
OPEN_ALREADY = _("This record is open to you already: find it by name.")
OWN_OPENING = _("Somebody else reads why you opened it.")
READ_ALREADY = _("Somebody else has read this in the meantime. What they wrote stands there.")


def open_in_emergency(*, by: Actor, name: str, born_on: date, why: str, words: str) -> EmergencyOpening:
    """Whoever has this whole name and birth date, for an hour. A name that fits nobody, or two, opens nothing."""
    require(by, "client.open_in_emergency")
    if not rules.says_why(words):
        raise Refused(SAY_WHY)
    found = queries.called(name, born_on)
    if len(found) != 1:
        note_miss(by=by)
        raise Refused(NOBODY)
    if may(by, "client.read", found[0]):
        raise Refused(OPEN_ALREADY)
    return _open(by=by, client=found[0], why=why, words=words)


@action("client.open_in_emergency", on="client")
def _open(*, by: Actor, client: Client, why: str, words: str) -> EmergencyOpening:
    now = clock.now()
    assert by.account_id is not None  # the table lets in only people who signed in
    opening = EmergencyOpening.objects.create(
        client=client, account_id=by.account_id, why=EmergencyOpening.Why(why), words=words.strip(), since=now,
        until=now + rules.OPEN_FOR,
    )  # fmt: skip
    _tell_reviewers(by, opening)
    return opening


@action("client.miss_in_emergency", about=lambda result, arguments: ())  # about nobody: nobody was found
def note_miss(*, by: Actor) -> None:
    """Somebody tried a name: the trail knows that, and nothing else changes."""


@action("client.review_emergency", about=lambda review, _arguments: review.audit_subjects)
def review(*, by: Actor, opening: EmergencyOpening, found: str, words: str) -> EmergencyReview:
    # Held until the act ends: of two who read at the same time one says what was found.
    EmergencyOpening.objects.select_for_update().get(pk=opening.pk)
    if EmergencyReview.objects.filter(opening=opening).exists():
        raise Refused(READ_ALREADY)
    if opening.account_id == by.account_id:
        raise Refused(OWN_OPENING)
    return EmergencyReview.objects.create(
        opening=opening, found=EmergencyReview.Found(found), words=words.strip(), at=clock.now(), by=by.name
    )


def _tell_reviewers(by: Actor, opening: EmergencyOpening) -> None:
    """A message that says only: look."""
    for account in queries.reviewers():
        with override(account.language):
            url = settings.SITE_URL.rstrip("/") + reverse("clients:emergencies")
        messaging.queue(
            by=by, key=f"emergency:{opening.pk}:{account.pk}", channel="mail", to=account.email or "", kind=MAIL_KIND,
            language=account.language, values={"url": url}, about=f"account:{account.pk}",
        )  # fmt: skip
