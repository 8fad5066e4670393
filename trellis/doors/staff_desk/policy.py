from trellis.foundation.access.policy import ANY, register
from trellis.foundation.access.roles import STAFF, ClinicalDirector, MedicalDirector, ProgramAdministrator

register("desk.open", dict.fromkeys(STAFF, ANY))
register("audit.stand_out", {ClinicalDirector: ANY, MedicalDirector: ANY, ProgramAdministrator: ANY})
register("program.today", {ClinicalDirector: ANY, MedicalDirector: ANY, ProgramAdministrator: ANY})
