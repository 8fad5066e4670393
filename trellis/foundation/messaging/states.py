from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

MACHINE = Machine(
    "message",
    (
        Status("queued", _("Waiting"), _("The message waits to be sent.")),
        Status("sending", _("Going out"), _("The message is on its way out.")),
        Status("sent", _("Sent"), _("The message went out.")),
        Status("parked", _("Set aside"), _("The message will not go out by itself. Somebody should look at why.")),
        Status("settled", _("Seen to"), _("Somebody looked at why it was set aside, and saw to it in another way.")),
    ),
    {
        "queued": {"lease": "sending", "park": "parked"},
        "sending": {"send": "sent", "retry": "queued", "park": "parked"},
        "sent": {},
        "parked": {"requeue": "queued", "settle": "settled"},
        "settled": {},
    },
)
