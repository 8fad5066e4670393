"""Where an inquiry stands, and which act leads where."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

NEW, NO_ANSWER, LEFT_MESSAGE, REACHED = "new", "no_answer", "left_message", "reached"
CONVERTED, DECLINED, REFERRED, CLOSED, MERGED = "converted", "declined", "referred_elsewhere", "closed", "merged"

#: nobody has spoken with the person yet
WAITING = (NEW, NO_ANSWER, LEFT_MESSAGE)
OPEN = (*WAITING, REACHED)

_ENDINGS = {
    "decline": DECLINED,
    "refer": REFERRED,
    "convert": CONVERTED,
    "close": CLOSED,
    "merge": MERGED,
}
_CALLS = {"no_answer": NO_ANSWER, "leave_message": LEFT_MESSAGE, "reach": REACHED}
_AGAIN = {"reopen": NEW}

MACHINE = Machine(
    name="inquiry",
    statuses=(
        Status(NEW, _("Waiting for a call"), _("Somebody asked for help and waits for our call.")),
        Status(NO_ANSWER, _("No answer yet"), _("We called and nobody answered. We try again.")),
        Status(LEFT_MESSAGE, _("Safe message left"), _("We left a message in the way they allowed. We try again.")),
        Status(REACHED, _("Reached"), _("We spoke with each other. The next step is not decided yet.")),
        Status(CONVERTED, _("Became a client"), _("The person was admitted to the program.")),
        Status(DECLINED, _("Decided not to go on"), _("They decided not to go on for now. They can ask again.")),
        Status(REFERRED, _("Went elsewhere"), _("We helped them find a place that fits better.")),
        Status(CLOSED, _("Closed"), _("There is nothing more to do here.")),
        Status(MERGED, _("Same as another"), _("The same person asked more than once. The other inquiry goes on.")),
    ),
    moves={
        NEW: {**_CALLS, **_ENDINGS},
        NO_ANSWER: {**_CALLS, **_ENDINGS},
        LEFT_MESSAGE: {**_CALLS, **_ENDINGS},
        # who was reached once stays reached, however the next call goes
        REACHED: {**dict.fromkeys(_CALLS, REACHED), **_ENDINGS},
        DECLINED: _AGAIN,
        REFERRED: _AGAIN,
        CLOSED: _AGAIN,
        MERGED: _AGAIN,
        CONVERTED: {},
    },
)
