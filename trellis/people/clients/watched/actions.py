"""Have a record watched and end that; say why one opens it; read why it was opened."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.people.clients.emergency.queries import reviewers
from trellis.people.clients.models import Client, Watch, WatchedOpening, WatchedReview, WatchEnd
from trellis.people.clients.watched import queries, rules

MAIL_KIND = "clients.watched"
SAY_WHY = _("Write in a few words what you need it for, so that another person understands it.")
SAY_REASON = _("Write why, so that another person understands it.")
WATCHED_ALREADY = _("This record is watched already. End that first, if something is different now.")
DAY_OVER = _("This day is over. Choose today or a later day, or leave it empty.")
ENDED = _("This was ended already.")
NO_WISH = _("You had not asked for it, or it was ended already.")
OWN_OPENING = _("You opened it yourself: somebody else reads why.")
READ_ALREADY = _("Somebody else has read this in the meantime. What they wrote stands there.")


@action("client.watch", on="client")
def watch(*, by: Actor, client: Client, reason: str, until: date | None = None) -> Watch:
    """`until`: the last day on which it holds; without one it holds until somebody ends it."""
    now, zone = clock.now(), program.zone()
    if not reason.strip():
        raise Refused(SAY_REASON)
    if until is not None and until < now.astimezone(zone).date():
        raise Refused(DAY_OVER)
    _hold(client)
    if queries.in_force(now).filter(client=client, why=Watch.Why.OURS).exists():
        raise Refused(WATCHED_ALREADY)
    return Watch.objects.create(
        client=client, why=Watch.Why.OURS, reason_sealed=crypto.seal(reason.strip()), since=now, by=by.name,
        until=rules.over_after(until, zone) if until else None,
    )  # fmt: skip


@action("client.end_watch", on="watch")
def end_watch(*, by: Actor, watch: Watch) -> WatchEnd:
    now = clock.now()
    _hold(watch.client)
    if not queries.in_force(now).filter(pk=watch.pk).exists():
        raise Refused(ENDED)
    return _end(by, watch, now)


@action("client.wish_watch", on="client")
def wish_watch(*, by: Actor, client: Client) -> Watch:
    """Their own wish needs no reason. Asked twice, it is done once."""
    now = clock.now()
    _hold(client)
    found = queries.wish_of(client, now)
    return found or Watch.objects.create(client=client, why=Watch.Why.WISH, since=now, by=by.name)


@action("client.end_wish", on="client")
def end_wish(*, by: Actor, client: Client) -> WatchEnd:
    """What those who guard privacy decided stays."""
    now = clock.now()
    _hold(client)
    found = queries.wish_of(client, now)
    if found is None:
        raise Refused(NO_WISH)
    return _end(by, found, now)


@action("client.say_why", on="client")
def say_why(*, by: Actor, client: Client, why: str, words: str = "") -> WatchedOpening:
    """The pages of this record open to whoever acts for an hour, and others read why. Said twice, it is said once."""
    if not rules.is_enough(why, words):
        raise Refused(SAY_WHY)
    now = clock.now()
    _hold(client)
    assert by.account_id is not None  # the table lets in only people who signed in
    found = queries.open_now(by.account_id, client, now)
    if found is not None:
        return found
    opening = WatchedOpening.objects.create(
        client=client, account_id=by.account_id, why=WatchedOpening.Why(why), words=words.strip(), since=now,
        until=now + rules.OPEN_FOR,
    )  # fmt: skip
    _tell_reviewers(by, now)
    return opening


@action("client.review_watched", on="opening")
def review(*, by: Actor, opening: WatchedOpening, found: str, words: str = "") -> WatchedReview:
    # Held until the act ends: of two who read at the same time one says what was found.
    WatchedOpening.objects.select_for_update().get(pk=opening.pk)
    if WatchedReview.objects.filter(opening=opening).exists():
        raise Refused(READ_ALREADY)
    if opening.account_id == by.account_id:
        raise Refused(OWN_OPENING)
    return WatchedReview.objects.create(
        opening=opening, found=WatchedReview.Found(found), words=words.strip(), at=clock.now(), by=by.name
    )


def _hold(client: Client) -> None:
    """Until the act ends: of two who act on one record, one goes after the other."""
    Client.objects.select_for_update().get(pk=client.pk)


def _end(by: Actor, watch: Watch, now: datetime) -> WatchEnd:
    return WatchEnd.objects.create(watch=watch, at=now, by=by.name)


def _tell_reviewers(by: Actor, now: datetime) -> None:
    """Once a day each, and not whoever opened it: a message that says only "look"."""
    today = now.astimezone(program.zone()).date()
    for account in reviewers():
        if account.pk == by.account_id:
            continue
        with override(account.language):
            url = settings.SITE_URL.rstrip("/") + reverse("clients:watched")
        messaging.queue(
            by=by, key=f"watched:{today}:{account.pk}", channel="mail", to=account.email or "", kind=MAIL_KIND,
            language=account.language, values={"url": url}, about=f"account:{account.pk}",
        )  # fmt: skip
