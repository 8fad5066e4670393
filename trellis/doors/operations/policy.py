from trellis.foundation.access.policy import ANY, SYSTEM, register
from trellis.foundation.access.roles import ClinicalDirector, MedicalDirector, ProgramAdministrator

_GUARDS = (ProgramAdministrator, ClinicalDirector, MedicalDirector)

register("keys.rotate", {SYSTEM: ANY})
register("keys.reseal", {SYSTEM: ANY})
register("keys.drop", {SYSTEM: ANY})
# What is due and held is for those who guard privacy. Deleting is one role's, and the software's after a restore.
register("retention.see", dict.fromkeys(_GUARDS, ANY))
register("retention.hold", dict.fromkeys(_GUARDS, ANY))
register("retention.end_hold", dict.fromkeys(_GUARDS, ANY))
register("retention.delete", {ProgramAdministrator: ANY})
register("retention.delete_again", {SYSTEM: ANY})
register("retention.prune", {SYSTEM: ANY})
