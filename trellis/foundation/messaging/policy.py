from trellis.foundation.access.policy import ANY, EVERYBODY, SYSTEM, register
from trellis.foundation.access.roles import ProgramAdministrator

# Asked for only by other actions, inside their own permission: whoever may do the act may cause its message.
register("messaging.queue", {EVERYBODY: ANY})
register("messaging.send", {SYSTEM: ANY})
register("messaging.requeue", {ProgramAdministrator: ANY, SYSTEM: ANY})
