from trellis.foundation.access.policy import ANY, EVERYBODY, SYSTEM, Grants, register
from trellis.foundation.access.roles import ClinicalDirector, MedicalDirector, ProgramAdministrator

# Asked for only by other actions, inside their own permission: whoever may do the act may cause its message.
register("messaging.queue", {EVERYBODY: ANY})
register("messaging.send", {SYSTEM: ANY})
_WHO_LOOKS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY, ProgramAdministrator: ANY}
# What was set aside, and why: for those who see to it that people hear from us.
register("messaging.read_set_aside", _WHO_LOOKS)
register("messaging.settle", _WHO_LOOKS)
register("messaging.requeue", {**_WHO_LOOKS, SYSTEM: ANY})
