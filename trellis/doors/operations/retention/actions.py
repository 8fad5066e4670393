"""Hold a record, delete one whose time is over, let short-lived rows go."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trellis.doors.operations.models import LegalHold, LegalHoldEnd, Tombstone
from trellis.doors.operations.retention import ledger, queries, rules, walking, wiping
from trellis.doors.operations.retention.terms import Rows, read
from trellis.doors.operations.retention.walking import Found, pieces
from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging.models import Message
from trellis.foundation.record import crypto
from trellis.foundation.record.models import Erasure
from trellis.people.accounts.models import Account

SAY_WHY = _("Say in a few words which paper asks for it, so that another person understands it.")
ENDED = _("This hold was ended already.")
GONE = _("This record is not there any more.")
HELD = _("A legal hold stands on this record. Nothing in it is deleted until the hold is ended.")
NOT_DUE = _("The time of this record is not over yet. Open the list again.")


@dataclass(frozen=True)
class Gone:
    tombstone: Tombstone
    #: everybody who went along, as the trail names them
    names: list[str]


def _said(reason: str) -> str:
    words = " ".join(reason.split())
    if len(words) < 10:
        raise Refused(SAY_WHY)
    return crypto.seal(words)


@action("retention.hold", on="row", about=lambda hold, _arguments: hold.audit_subjects)
def hold(*, by: Actor, row: Any, reason: str) -> LegalHold:
    """On whatever the file names as a subject: a client, an inquiry, a note from outside."""
    sealed = _said(reason)
    kind, key = queries.key_of(row)
    _lock({kind: {key}})
    return LegalHold.objects.create(subject=f"{kind}:{key}", reason_sealed=sealed, since=clock.now(), by=by.name)


@action("retention.end_hold", on="held")
def end_hold(*, by: Actor, held: LegalHold, reason: str) -> LegalHoldEnd:
    sealed = _said(reason)
    LegalHold.objects.select_for_update().get(pk=held.pk)
    if LegalHoldEnd.objects.filter(hold=held).exists():
        raise Refused(ENDED)
    return LegalHoldEnd.objects.create(hold=held, reason_sealed=sealed, at=clock.now(), by=by.name)


@action("retention.delete", on="row", about=lambda gone, arguments: gone.names)
def erase(*, by: Actor, row: Any) -> Gone:
    """Everything about somebody whose time is over, in one transaction; judged again where nobody can come between."""
    kind, key = queries.key_of(row)
    _lock(walking.closure(read(), kind, key))
    today = clock.now().date()
    due = queries.one_due(read(), row, today)
    if due is None or not rules.may_go(due.on, due.held, today):
        raise Refused(HELD if due and due.held else NOT_DUE)
    return _erase(kind, key, walking.mark_of(row), by.name)


@action("retention.delete_again", about=lambda gone, arguments: gone.names)
def erase_again(*, by: Actor, row: Any, entry: ledger.Entry) -> Gone:
    """Somebody whom a restored backup brought back: what was decided stands, whatever the backup knows of holds."""
    kind, key = queries.key_of(row)
    return _erase(kind, key, entry.sha256, entry.by)


@action("retention.prune", about=lambda result, arguments: ())
def prune(*, by: Actor, rows: Rows, keys: list[Any]) -> int:
    """Short-lived rows whose days are over: about nobody in particular."""
    return _raw_delete(rows, keys)


def _lock(subjects: walking.Subjects) -> None:
    """Until the act ends nobody else holds, deletes or changes what is locked here."""
    for kind, keys in subjects.items():
        model = read().subjects[kind].model
        there = list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
        if len(there) != len(keys):
            raise Refused(GONE)


def _erase(kind: str, key: int, sha256: str, by: str) -> Gone:
    """The one way past the guards of what never changes: they let go what stands in `Erasure`, and only in here does
    anything stand there. It is taken out before the transaction ends, so nobody else ever sees the door open, and a
    process that is killed leaves all of it or nothing."""
    found = walking.gather(read(), kind, key)
    wiping.overwrite_what_is_freed()
    now = clock.now()
    Erasure.objects.bulk_create(Erasure(subject=name, decided_at=now, decided_by=by) for name in found.names)
    number = sum(_raw_delete(rows, keys) for rows, keys in _with_messages_and_sessions(found))
    number += sum(_raw_delete(rows, _unused(rows)) for rows in read().rows if rows.unused)
    _let_in(found)
    Erasure.objects.filter(subject__in=found.names).delete()
    tombstone, _new = Tombstone.objects.get_or_create(
        sha256=sha256,
        defaults={"subject": f"{kind}:{key}", "kinds": found.kinds, "rows": number, "at": now, "by": by},
    )
    # Robust: a full disk does not undo what is done. The daily job writes the ledger again, the doctor says it.
    transaction.on_commit(ledger.keep, robust=True)
    tables = [rows.model._meta.db_table for rows, keys in found.rows if keys]
    transaction.on_commit(lambda: wiping.wipe(tables), robust=True)
    return Gone(tombstone, found.names)


def _with_messages_and_sessions(found: Found) -> Iterable[tuple[Rows, list[Any]]]:
    """What leans on another stands below it in the file, and goes first."""
    by_model = {rows.model: rows for rows in read().rows}
    yield by_model[Session], _sessions(found)
    yield by_model[Message], [one.pk for one in Message.objects.all() if _went_to(one) in found.addresses]
    yield from reversed(found.rows)


def _went_to(message: Message) -> str:
    try:
        return walking.folded(message.to)
    except crypto.CannotOpen:  # nobody can read it any more, and it goes within days
        return ""


def _sessions(found: Found) -> list[str]:
    ends = [keys for rows, keys in found.rows if rows.model is UserSession]
    return list(UserSession.objects.filter(pk__in=ends[0]).values_list("session_key", flat=True))


def _unused(rows: Rows) -> list[Any]:
    return list(rows.model._base_manager.filter(**{f"{rows.unused}__isnull": True}).values_list("pk", flat=True))


def _raw_delete(rows: Rows, keys: list[Any]) -> int:
    """Without Django's collector, which does not know the way: the keys of the database are looked at in the end."""
    done = 0
    for piece in pieces(keys):
        for many in rows.model._meta.local_many_to_many:
            through: Any = many.remote_field.through  # type: ignore[union-attr]
            between = through._base_manager.filter(**{f"{many.m2m_field_name()}__in": piece})
            between._raw_delete(between.db)
        query = rows.model._base_manager.filter(pk__in=piece)
        done += query._raw_delete(query.db)
    return done


def _let_in(found: Found) -> None:
    """Who was kept out of a record that is gone is kept out of nothing."""
    names = set(found.names)
    for account in Account.objects.exclude(kept_out=[]):
        left = [name for name in account.kept_out if name not in names]
        if left != account.kept_out:
            Account.objects.filter(pk=account.pk).update(kept_out=left)
