from trellis.foundation.access.policy import ANY, EVERYBODY, SYSTEM, Grants, register
from trellis.foundation.access.roles import ClinicalDirector, ProgramAdministrator

#: those who answer for what the program tells people about meetings
KEEPERS: Grants = {ProgramAdministrator: ANY, ClinicalDirector: ANY}

register("places.import", {ProgramAdministrator: ANY, ClinicalDirector: ANY, SYSTEM: ANY})
register("places.keep_lists", KEEPERS)
register("places.report_wrong", {EVERYBODY: ANY})
