"""What can be done with accounts."""

from trellis.people.accounts.actions.accounts import (
    change_details,
    change_language,
    create_account,
    file_account,
    set_password,
)
from trellis.people.accounts.actions.desk import give_pin_access, reset_pin
from trellis.people.accounts.actions.drafts import clear_draft, save_draft
from trellis.people.accounts.actions.ending import (
    deactivate,
    reactivate,
    remove_second_step,
    sign_out_everywhere,
)
from trellis.people.accounts.actions.invitations import (
    Sent,
    accept,
    invite_client,
    invite_staff,
    invite_to_act,
    invite_to_restore,
    withdraw,
)
from trellis.people.accounts.actions.roles import end_role, grant_role
from trellis.people.accounts.actions.room_pin import lock_room, open_room, remove_room_pin, set_room_pin, take_a_try

__all__ = [
    "Sent", "accept", "change_details", "change_language", "clear_draft", "create_account", "deactivate", "end_role",
    "file_account", "give_pin_access", "grant_role", "invite_client", "invite_staff", "invite_to_act",
    "invite_to_restore", "lock_room", "open_room", "reactivate", "remove_room_pin", "remove_second_step", "reset_pin",
    "save_draft", "set_password", "set_room_pin", "sign_out_everywhere", "take_a_try", "withdraw",
]  # fmt: skip
