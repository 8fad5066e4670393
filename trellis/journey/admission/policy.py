"""Who may bring somebody into the program, and who reads why."""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, OWN, SYSTEM, register, relation
from trellis.foundation.access.roles import (
    Biller,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Role,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.journey.admission.assessing import queries
from trellis.people.clients.emergency.policy import REVIEWERS
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, client_id_of

#: never admitted yet, or gone and asking to come back: whoever brings them in works with what is known of them until a
#: stay begins, and the care team from then on
ON_THE_WAY_IN = "on_the_way_in"

# The intake coordinator writes it down; the clinician named in it decides.
register(
    "admission.admit",
    {IntakeCoordinator: ANY, Therapist: ANY, ClinicalDirector: ANY, MedicalDirector: ANY, SYSTEM: ANY},
)
# Whoever works on inquiries asks a clinician to assess, who then works in the record.
register("admission.begin_assessment", {IntakeCoordinator: ANY, ClinicalDirector: ANY, SYSTEM: ANY})
# The reason is clinical: the desk does not read it, and whoever wrote it down reads it again when they come back.
register(
    "admission.read",
    {
        IntakeCoordinator: ON_THE_WAY_IN,
        ClinicalDirector: ANY,
        MedicalDirector: ANY,
        Therapist: CASELOAD_OR_EMERGENCY,
        Counselor: CASELOAD_OR_EMERGENCY,
    },
)
# A counselor gathers and proposes; an LPHA or a physician decides (DMC-ODS).
register("level.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
# Which of both it is follows from the license (staff/licenses): whoever may decide by role may propose without one.
register("level.propose", {Counselor: CASELOAD, Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
register("level.decide", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
# Whether two records are one person's: for those who guard privacy, and see both.
register("admission.compare", dict.fromkeys(REVIEWERS, ANY))
# What is known of a person, by section: whoever brings them in reads and writes it until they are here, then whoever
# treats them; each their own.
register("history.read", {
    IntakeCoordinator: ON_THE_WAY_IN, ClinicalDirector: ANY, MedicalDirector: ANY,
    Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("history.answer", {
    IntakeCoordinator: ON_THE_WAY_IN, ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD,
    Counselor: CASELOAD,
})  # fmt: skip
register("history.tell", {ClientRole: OWN})
# A counselor proposes; what is signed hangs on the license beside.
register("diagnosis.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("diagnosis.propose", {Counselor: CASELOAD, Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
register("diagnosis.sign", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})

# What is still missing of an admission; the client signs the orientation on their own page.
_ARRIVING: dict[type[Role] | str, str | tuple[str, ...]] = {
    IntakeCoordinator: ANY,
    ClinicalDirector: ANY,
    MedicalDirector: ANY,
}
register("arriving.read", {**_ARRIVING, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY})
register("arriving.write", {**_ARRIVING, Therapist: CASELOAD, Counselor: CASELOAD})
register("arriving.sign", {ClientRole: OWN})
# Who pays is for those who bring people in, bill, and keep the house in order.
_PAYING: dict[type[Role] | str, str | tuple[str, ...]] = {
    IntakeCoordinator: ANY,
    FrontDesk: ANY,
    Biller: ANY,
    ProgramAdministrator: ANY,
    ClinicalDirector: ANY,
}
register("coverage.read", {
    **_PAYING, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("coverage.write", _PAYING)
# What decides the order is clinical: for whoever brings people in, and for clinicians. The office has the inquiry.
_BRINGING_IN: dict[type[Role] | str, str | tuple[str, ...]] = {**_ARRIVING, Therapist: ANY}
register("waiting.list", _BRINGING_IN)
register("waiting.work", _BRINGING_IN)


def is_on_the_way_in(actor: Actor, thing: Any) -> bool:
    client_id = client_id_of(thing)
    return client_id is not None and queries.is_on_the_way_in(client_id)


relation(ON_THE_WAY_IN, is_on_the_way_in)
