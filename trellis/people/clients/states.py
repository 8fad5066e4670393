"""An episode's two statuses; a readmission is a new episode, so nothing leads back."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

OPEN, CLOSED = "open", "closed"

MACHINE = Machine(
    name="episode",
    statuses=(
        Status(OPEN, _("In the program"), _("The person comes to the program at one level of care.")),
        Status(CLOSED, _("Closed"), _("This stay has ended. Coming back opens a new one.")),
    ),
    moves={OPEN: {"close": CLOSED}},
)
