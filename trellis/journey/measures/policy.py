"""Who asks, who answers, and who reads what was answered."""

from trellis.foundation.access.policy import ANY, OWN, register
from trellis.foundation.access.roles import Client as ClientRole
from trellis.foundation.access.roles import ClinicalDirector, Counselor, MedicalDirector, Therapist
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, Grants

_ASKING: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY, Counselor: CASELOAD, Therapist: CASELOAD}

# The staff's pages; a client has their own.
register("measures.ask", _ASKING)
register("measures.begin", {**_ASKING, ClientRole: OWN})
register("measures.answer", {**_ASKING, ClientRole: OWN})
register("measures.finish", {**_ASKING, ClientRole: OWN})
register("measures.read", {**_ASKING, Counselor: CASELOAD_OR_EMERGENCY, Therapist: CASELOAD_OR_EMERGENCY})
