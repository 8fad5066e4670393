"""Who sees how the program does. The numbers name nobody; who is behind one is for those who answer for the program."""

from trellis.foundation.access.policy import ANY, register
from trellis.foundation.access.roles import Biller, ClinicalDirector, MedicalDirector, ProgramAdministrator, Role

_ANSWERING: dict[type[Role] | str, str | tuple[str, ...]] = {
    ClinicalDirector: ANY,
    MedicalDirector: ANY,
    ProgramAdministrator: ANY,
}

# Whoever deals with payers (utilisation review) sees the numbers and no person behind them.
register("reports.numbers", {**_ANSWERING, Biller: ANY})
register("reports.people", _ANSWERING)
