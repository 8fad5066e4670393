"""How an inquiry begins: the public form, or a member of staff who listens and types."""

from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.record import crypto
from trellis.journey.inquiry import queries, rules
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.models import Channel, Inquiry
from trellis.journey.inquiry.presenters import promise_sentence
from trellis.journey.inquiry.stamps import is_ours, spend

MAIL_KIND = "inquiry_promise"

SENT_BEFORE = _("This form was sent once already. If you changed something and want to send it too, press Send again.")
LAY_OPEN = _("This form lay open for a long time. Look at it once more and press Send again.")
NO_WORDS_OF_LOVED_ONE = _("We write down nothing about a person who has not asked us to. Leave that field empty.")


@action("inquiry.ask")
def receive(*, by: Actor, answers: Answers, stamp: str) -> Inquiry:
    """What came through the public form. The same content within ten minutes is one inquiry, whatever the stamp."""
    fresh = spend(stamp)
    earlier = _sent_just_now(answers)
    if earlier is not None:
        return earlier
    if not fresh:
        raise Refused(SENT_BEFORE if is_ours(stamp) else LAY_OPEN)
    inquiry = write(answers, Channel.WEB)
    _promise_by_mail(by, inquiry)
    return inquiry


@action("inquiry.take")
def take_by_phone(*, by: Actor, answers: Answers, channel: str = Channel.CALL, asked_at: Any = None) -> Inquiry:
    """What a member of staff typed while somebody spoke, or from a voicemail or a fax that came in at `asked_at`."""
    return _sent_just_now(answers) or write(answers, channel, asked_at)


def _sent_just_now(answers: Answers) -> Inquiry | None:
    # The key makes two sendings at the same moment wait for each other; the rows then decide.
    cache.add(f"inquiry:content:{answers.digest}", 1, timeout=rules.AGAIN.total_seconds())
    now = clock.now()
    return (
        Inquiry.objects.filter(digest=answers.digest, asked_at__range=(now - rules.AGAIN, now + rules.AGAIN))
        .order_by("asked_at")
        .first()
    )


def write(answers: Answers, channel: str, asked_at: Any = None, *, client_subject: str = "") -> Inquiry:
    """Part of an act: the row, and by when we owe a call."""
    if answers.is_of_loved_one and answers.words:
        raise Refused(NO_WORDS_OF_LOVED_ONE)
    asked_at = asked_at or clock.now()
    due = queries.hours().respond_by(asked_at)
    return Inquiry.objects.create(
        for_whom=answers.for_whom,
        channel=channel,
        name=answers.name,
        name_folded=rules.fold(answers.name)[:80],
        organisation=answers.organisation,
        telephone=answers.telephone,
        telephone_digits=rules.digits(answers.telephone),
        email=answers.email.lower(),
        may_leave_message=answers.may_leave_message,
        may_text=answers.may_text,
        may_email=answers.may_email,
        times=list(answers.times),
        safe_note_sealed=_sealed(answers.safe_note),
        language=answers.language,
        words_sealed=_sealed(answers.words),
        topics=list(answers.topics),
        asked_at=asked_at,
        respond_by=due,
        call_by=due,
        client_subject=client_subject,
        digest=answers.digest,
    )


def _sealed(text: str) -> str:
    return crypto.seal(text) if text else ""


def _promise_by_mail(by: Actor, inquiry: Inquiry) -> None:
    """Only if they allow it, in their language, and in words that tell a stranger nothing."""
    if not (inquiry.may_email and inquiry.email):
        return
    hours = queries.hours()
    with override(inquiry.language):
        promise = promise_sentence(hours.parts(inquiry.respond_by), by_call=bool(inquiry.telephone), dated=True)
    messaging.queue(
        by=by,
        key=f"inquiry:{inquiry.pk}:promise",
        channel="mail",
        to=inquiry.email,
        kind=MAIL_KIND,
        language=inquiry.language,
        values={"promise": promise, "phone": hours.blueprint.program.contact.phone},
        about=f"inquiry:{inquiry.pk}",
    )
