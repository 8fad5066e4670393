from trellis.foundation.access.policy import ANY, SYSTEM, register
from trellis.foundation.access.roles import ProgramAdministrator

register("program.load", {ProgramAdministrator: ANY, SYSTEM: ANY})
