"""Where a request of a client stands, and which step leads where. It is derived from its answers, never stored."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

OPEN, EXTENDED, ACCEPTED, DENIED = "open", "extended", "accepted", "denied"
DISAGREED, REBUTTED, WITHDRAWN, ENDED = "disagreed", "rebutted", "withdrawn", "ended"

EXTEND, ACCEPT, DENY, WITHDRAW = "extend", "accept", "deny", "withdraw"
DISAGREE, REBUT, END = "disagree", "rebut", "end"
#: after one of these nobody waits any more
DECIDING = (ACCEPT, DENY, WITHDRAW)

_DECISIONS = {ACCEPT: ACCEPTED, DENY: DENIED, WITHDRAW: WITHDRAWN}

MACHINE = Machine(
    name="request",
    statuses=(
        Status(OPEN, _("Waits for us"), _("The client asked. We answer by the day that is promised.")),
        Status(EXTENDED, _("Takes longer"), _("We wrote why we need more time. It happens once.")),
        Status(ACCEPTED, _("Yes"), _("We did it, or it holds from now on.")),
        Status(DENIED, _("No"), _("We said why. The client may add a statement that stays with it.")),
        Status(DISAGREED, _("No, and they disagree"), _("Their statement goes along wherever that part goes.")),
        Status(REBUTTED, _("No, and we replied"), _("Our reply stands beside their statement, and both go along.")),
        Status(WITHDRAWN, _("Taken back"), _("The client no longer asks for it.")),
        Status(ENDED, _("No longer holds"), _("The client no longer wants what we agreed to.")),
    ),
    moves={
        OPEN: {EXTEND: EXTENDED, **_DECISIONS},
        EXTENDED: _DECISIONS,
        ACCEPTED: {END: ENDED},
        DENIED: {DISAGREE: DISAGREED},
        DISAGREED: {REBUT: REBUTTED},
        REBUTTED: {},
        WITHDRAWN: {},
        ENDED: {},
    },
)
