"""Where an incident stands. Derived from its steps, never stored; until somebody signs otherwise it is a breach."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

OPEN, CONFIRMED, CLEARED, FINISHED = "open", "confirmed", "cleared", "finished"

CONFIRM, CLEAR, FINISH, REOPEN = "confirm", "clear", "finish", "reopen"
#: steps that only a signed assessment takes
ASSESSED = (CONFIRM, CLEAR)

MACHINE = Machine(
    name="incident",
    statuses=(
        Status(OPEN, _("Counts as a breach"), _("Nobody has signed an assessment. The days run as for a breach.")),
        Status(CONFIRMED, _("A breach"), _("The assessment is signed. People and offices are told.")),
        Status(CLEARED, _("Not a breach"), _("A signed assessment says why. It is kept for six years.")),
        Status(FINISHED, _("Everybody was told"), _("Each letter and each report is written down.")),
    ),
    moves={
        OPEN: {CONFIRM: CONFIRMED, CLEAR: CLEARED},
        CONFIRMED: {FINISH: FINISHED, REOPEN: OPEN},
        CLEARED: {REOPEN: OPEN},
        FINISHED: {REOPEN: OPEN},
    },
)
