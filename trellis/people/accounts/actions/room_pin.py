"""The PIN that opens a group room again, and the lock of a session that waits for it."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts import rules
from trellis.people.accounts.models import Account, RoomLock

NO_PIN = _("Set a room PIN on your account page first.")
#: no session lasts longer: a lock that is older belongs to none
FORGOTTEN = timedelta(days=2)


def set_room_pin(*, by: Actor, account: Account, pin: str) -> Account:
    fault = rules.fault_of_room_pin(pin)
    if fault:
        raise Refused(fault)
    # Hashed here: no transaction waits for it.
    return _file_room_pin(by=by, account=account, hashed=make_password(pin))


def remove_room_pin(*, by: Actor, account: Account) -> Account:
    """The room then closes as every page does: by signing out."""
    return _file_room_pin(by=by, account=account, hashed="")


@action("account.room_pin", on="account")
def _file_room_pin(*, by: Actor, account: Account, hashed: str) -> Account:
    account.room_pin = hashed
    account.save(update_fields=["room_pin"])
    return account


@action("account.lock_room", on="account")
def lock_room(*, by: Actor, account: Account, session_key: str) -> RoomLock:
    """Locked already: nothing changes, the tries that were made included."""
    if not account.room_pin:
        raise Refused(NO_PIN)
    now = clock.now()
    RoomLock.objects.filter(locked_at__lt=now - FORGOTTEN).delete()
    lock, _new = RoomLock.objects.get_or_create(
        session_key=session_key, defaults={"account": account, "locked_at": now}
    )
    return lock


@action("account.try_room_pin", on="account")
def take_a_try(*, by: Actor, account: Account, session_key: str) -> bool:
    """A try is taken before the PIN is looked at: many at once are then no more than the few that a lock allows."""
    waiting = RoomLock.objects.filter(session_key=session_key, account=account, tries__lt=rules.ROOM_TRIES)
    return bool(waiting.update(tries=F("tries") + 1))


@action("account.open_room", on="account")
def open_room(*, by: Actor, account: Account, session_key: str) -> None:
    """The PIN was right."""
    RoomLock.objects.filter(session_key=session_key, account=account).delete()
