"""Where a plan for the next place stands. It is derived from its steps, never stored."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

OPEN, ARRANGED, ARRIVED, MISSED, WITHDRAWN = "open", "arranged", "arrived", "missed", "withdrawn"

TRANSITION = Machine(
    name="transition",
    statuses=(
        Status(OPEN, _("No appointment yet"), _("The place is chosen. Nobody there expects them yet.")),
        Status(ARRANGED, _("Expected there"), _("They have an appointment.")),
        Status(ARRIVED, _("Got there"), _("Somebody confirmed that they came.")),
        Status(MISSED, _("Did not get there"), _("They missed it. We call, and ask for another appointment.")),
        Status(WITHDRAWN, _("No longer planned"), _("They chose otherwise.")),
    ),
    moves={
        OPEN: {"appointment": ARRANGED, "arrived": ARRIVED, "missed": MISSED, "withdrawn": WITHDRAWN},
        ARRANGED: {"appointment": ARRANGED, "arrived": ARRIVED, "missed": MISSED, "withdrawn": WITHDRAWN},
        ARRIVED: {},
        MISSED: {"appointment": ARRANGED, "arrived": ARRIVED, "withdrawn": WITHDRAWN},
        WITHDRAWN: {},
    },
)
