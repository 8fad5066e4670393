"""What staff do with an inquiry: call, and lead it to an end that is good for the person."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record import crypto
from trellis.foundation.record.ids import new_public_id
from trellis.foundation.record.states import MoveNotAllowed
from trellis.journey.inquiry import queries
from trellis.journey.inquiry.models import Attempt, CloseReason, Inquiry, Outcome, StatusChange
from trellis.journey.inquiry.states import MACHINE, REACHED
from trellis.people.staff.models import StaffMember

VERB_OF = {
    Outcome.REACHED: "reach",
    Outcome.ASSESSED: "reach",
    Outcome.LEFT_SAFE_MESSAGE: "leave_message",
    Outcome.NO_ANSWER: "no_answer",
    Outcome.DECLINED: "decline",
    Outcome.REFERRED_ELSEWHERE: "refer",
}
#: the open days after which we try again
TRY_AGAIN_DAYS = {Outcome.NO_ANSWER: 1, Outcome.LEFT_SAFE_MESSAGE: 2}

CHANGED = _("Somebody changed this inquiry a moment ago. Look at it again before you go on.")
NO_MESSAGE = _("They asked us to leave no message. Choose “No answer”.")
NEEDS_PLACE = _("Write where you referred them to.")
NOT_AGAIN_BEFORE_NOW = _("The next call lies in the past. Choose a time from now on.")
NOT_ITSELF = _("An inquiry cannot be the same as itself.")
NOT_MERGED = _("That inquiry was joined to another one itself. Choose the one it was joined to.")
THEY_DIED = _("It is written down that the person of that inquiry died. A mistake? Open that inquiry again first.")
ONLY_STAFF = _("Only a member of staff can take an inquiry.")


@action("inquiry.work", on="inquiry")
def claim(*, by: Actor, inquiry: Inquiry, take_over: bool = False) -> Inquiry:
    """Take the inquiry. One that a colleague has is taken over only on purpose."""
    row, me = _held(inquiry), _staff_of(by)
    if me is None:
        raise Refused(ONLY_STAFF)
    if row.owner is not None and row.owner != me and not take_over:
        raise Refused(_("%(name)s has this inquiry already.") % {"name": row.owner.first_name})
    row.owner = me
    row.save(update_fields=["owner"])
    return row


@action("inquiry.work", on="inquiry")
def log_attempt(
    *,
    by: Actor,
    inquiry: Inquiry,
    outcome: str,
    note: str = "",
    place: str = "",
    call_again: datetime | None = None,
    key: str = "",
) -> Attempt:
    """Write down one try to reach them. `call_again` is what both agreed on; the same `key` is the same try."""
    earlier = Attempt.objects.filter(key=key).first() if key else None
    return earlier or _log(by, _held(inquiry), Outcome(outcome), note, place, call_again, key)


@action("inquiry.work", on="inquiry")
def refer_elsewhere(*, by: Actor, inquiry: Inquiry, place: str, note: str = "") -> Inquiry:
    """Another place fits better; it says which."""
    row = _held(inquiry)
    _log(by, row, Outcome.REFERRED_ELSEWHERE, note, place)
    return row


@action("inquiry.work", on="inquiry")
def decline(*, by: Actor, inquiry: Inquiry, note: str = "") -> Inquiry:
    """They decided not to go on, and told us."""
    row = _held(inquiry)
    _log(by, row, Outcome.DECLINED, note)
    return row


@action("inquiry.work", on="inquiry")
def close(*, by: Actor, inquiry: Inquiry, reason: str) -> Inquiry:
    row = _held(inquiry)
    row.close_reason = CloseReason(reason)
    return _move(by, row, "close", reason=row.close_reason)


def _and_joined(result: list[Inquiry], arguments: dict[str, Any]) -> tuple[str, ...]:
    return tuple(subject for row in result for subject in row.audit_subjects)


def hold_joined(inquiry: Inquiry) -> list[Inquiry]:
    """All that are of the same person, held until the act ends; the older first, as whoever joins two holds them."""
    first = Inquiry.objects.values_list("same_as_id", flat=True).get(pk=inquiry.pk) or inquiry.pk
    rows = Inquiry.objects.select_for_update(of=("self",)).filter(Q(pk=first) | Q(same_as=first))
    return list(rows.order_by("pk"))


@action("inquiry.died", on="inquiry", about=_and_joined)
def end_for_death(*, by: Actor, inquiry: Inquiry) -> list[Inquiry]:
    """They died, as somebody told us: nobody calls, and nobody asks whether they got anywhere, of this inquiry and of
    all that were joined with it. Opening it again undoes that."""
    rows = hold_joined(inquiry)
    for one in rows:
        one.close_reason = CloseReason.DIED
        if one.is_open:
            _move(by, one, "close", reason=one.close_reason)
        else:
            one.save(update_fields=["close_reason"])
    return rows


@action("inquiry.work", on="inquiry")
def reopen(*, by: Actor, inquiry: Inquiry) -> Inquiry:
    """It goes on after all, with a promise that starts now."""
    return _open_again(by, _held(inquiry))


def _both(result: Inquiry, arguments: dict[str, Any]) -> tuple[str, ...]:
    return (*arguments["inquiry"].audit_subjects, *arguments["same_as"].audit_subjects)


@action("inquiry.work", on="inquiry", about=_both)
def mark_duplicate(*, by: Actor, inquiry: Inquiry, same_as: Inquiry) -> Inquiry:
    """One person asked twice: `inquiry` ends, `same_as` goes on and keeps the earlier promise.

    Where `same_as` had ended already it opens again: whoever waits for a call goes on waiting for it.
    """
    if inquiry.pk == same_as.pk:
        raise Refused(NOT_ITSELF)
    # The older row first: two people who join the same two the other way round wait and do not deadlock.
    held = {key: _held(one) for key, one in sorted({inquiry.pk: inquiry, same_as.pk: same_as}.items())}
    row, other = held[inquiry.pk], held[same_as.pk]
    if other.status == "merged":
        raise Refused(NOT_MERGED)
    if other.close_reason == CloseReason.DIED:
        raise Refused(THEY_DIED)
    if row.is_open and MACHINE.may(other.status, "reopen"):
        _open_again(by, other)
    if other.is_open and row.is_open and row.call_by and (other.call_by is None or row.call_by < other.call_by):
        other.call_by = row.call_by
    other.owner = other.owner or row.owner
    other.save(update_fields=["call_by", "owner"])
    row.merged.update(same_as=other)
    row.same_as = other
    return _move(by, row, "merge")


def _with_client(result: Inquiry, arguments: dict[str, Any]) -> tuple[str, ...]:
    """The event that links an inquiry to what it became."""
    return tuple(dict.fromkeys((*arguments["inquiry"].audit_subjects, arguments["client_subject"])))


@action("inquiry.convert", on="inquiry", about=_with_client)
def mark_converted(*, by: Actor, inquiry: Inquiry, client_subject: str) -> Inquiry:
    """The person was admitted; called by the admission, in its transaction. `client_subject` is plain: `client:17`."""
    row = _held(inquiry)
    row.client_subject = client_subject
    return _move(by, row, "convert")


@action("inquiry.convert", on="inquiry", about=_with_client)
def name_client(*, by: Actor, inquiry: Inquiry, client_subject: str) -> Inquiry:
    """Whoever asked has a record now, and is not admitted yet; called by the assessment, in its transaction."""
    row = _held(inquiry)
    if not row.is_open:
        raise Refused(CHANGED)
    row.client_subject = client_subject
    row.save(update_fields=["client_subject"])
    return row


def _open_again(by: Actor, row: Inquiry) -> Inquiry:
    row.close_reason, row.same_as = "", None
    return _move(by, row, "reopen", call_by=queries.hours().respond_by(clock.now()))


def _log(
    by: Actor,
    row: Inquiry,
    outcome: Outcome,
    note: str = "",
    place: str = "",
    call_again: datetime | None = None,
    key: str = "",
) -> Attempt:
    now = clock.now()
    _check(row, outcome, place, call_again, now)
    attempt = Attempt.objects.create(
        inquiry=row,
        at=now,
        staff_member=_staff_of(by),
        outcome=outcome,
        place=place.strip(),
        note_sealed=crypto.seal(note) if note else "",
        key=key or new_public_id(),
    )
    row.owner = row.owner or attempt.staff_member
    _move(by, row, VERB_OF[outcome], call_by=call_again or _next_call(row, outcome, now))
    return attempt


def _check(row: Inquiry, outcome: Outcome, place: str, call_again: datetime | None, now: datetime) -> None:
    if outcome == Outcome.LEFT_SAFE_MESSAGE and not (row.may_leave_message or row.may_text or row.may_email):
        raise Refused(NO_MESSAGE)
    if outcome == Outcome.REFERRED_ELSEWHERE and not place.strip():
        raise Refused(NEEDS_PLACE)
    if call_again is not None and call_again <= now:
        raise Refused(NOT_AGAIN_BEFORE_NOW)


def _next_call(row: Inquiry, outcome: Outcome, now: datetime) -> datetime | None:
    """We try again until we spoke; after that only where both agreed on another call and nobody answered it."""
    nothing_agreed = row.status == REACHED and row.call_by is None
    if outcome not in TRY_AGAIN_DAYS or nothing_agreed:
        return None
    return queries.hours().next_try(now, TRY_AGAIN_DAYS[outcome])


def _move(by: Actor, row: Inquiry, verb: str, *, call_by: datetime | None = None, reason: str = "") -> Inquiry:
    """The one place that changes a status: by the table, with a row that says so."""
    before = row.status
    try:
        row.status = MACHINE.after(before, verb)
    except MoveNotAllowed as fault:
        raise Refused(CHANGED) from fault
    row.call_by = call_by if row.is_open else None
    row.save(update_fields=["status", "call_by", "owner", "same_as", "close_reason", "client_subject"])
    StatusChange.objects.create(
        inquiry=row,
        at=clock.now(),
        staff_member=_staff_of(by),
        verb=verb,
        before=before,
        after=row.status,
        reason=reason,
    )
    return row


def _held(inquiry: Inquiry) -> Inquiry:
    """The row as it is now, held until the act ends: the page that led here may be old."""
    return Inquiry.objects.select_for_update(of=("self",)).select_related("owner__account").get(pk=inquiry.pk)


def _staff_of(by: Actor) -> StaffMember | None:
    return StaffMember.objects.filter(account_id=by.account_id or 0).first()
