"""Who signs, who looks, who asks the gate and who lets things go."""

from trellis.foundation.access.policy import ACTS_FOR, ANY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    Biller,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    GroupFacilitator,
    IntakeCoordinator,
    LovedOne,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, LAST_TEAM, Grants

_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
_CLINICIANS: Grants = {Counselor: CASELOAD, Therapist: CASELOAD}
_IN_EMERGENCY: Grants = {Counselor: CASELOAD_OR_EMERGENCY, Therapist: CASELOAD_OR_EMERGENCY}
_WHO_SIGNS: Grants = {**_DIRECTORS, **_CLINICIANS, IntakeCoordinator: ANY, ProgramAdministrator: ANY}
_WHO_RELEASES: Grants = {**_DIRECTORS, **_IN_EMERGENCY, IntakeCoordinator: ANY, ProgramAdministrator: ANY, Biller: ANY}
_WHO_READS: Grants = {**_WHO_RELEASES, FrontDesk: ANY, GroupFacilitator: CASELOAD}
# Whoever knew somebody last sends on what they agreed to: they ask and tell, and read no more of the record by it.
_LAST: tuple[str, ...] = (CASELOAD_OR_EMERGENCY, LAST_TEAM)
_AFTERWARDS: Grants = {Counselor: _LAST, Therapist: _LAST}
_THEMSELVES: Grants = {ClientRole: OWN, Alumnus: OWN}

# The staff's page, and "may I?" before anybody is told; a client has their own page.
register("consent.read", _WHO_READS)
register("disclosure.ask", {**_WHO_READS, **_AFTERWARDS})
# Handing somebody the tablet, or writing down a paper.
register("consent.help_sign", _WHO_SIGNS)
register("consent.sign", {**_WHO_SIGNS, **_THEMSELVES, SYSTEM: ANY})
# The scan of a paper; whoever may read the consent may read it.
register("consent.keep_scan", {**_WHO_SIGNS, SYSTEM: ANY})
# Whoever hears "stop" stops it; a client has their own page for it.
register("consent.help_stop", _WHO_READS)
register("consent.revoke", {**_WHO_READS, **_THEMSELVES, SYSTEM: ANY})
register("consent.report_fault", {**_DIRECTORS, ProgramAdministrator: ANY, SYSTEM: ANY})
register("consent.set_standing", {**_WHO_SIGNS, SYSTEM: ANY})
register("disclosure.make", {**_WHO_RELEASES, **_AFTERWARDS, SYSTEM: ANY})
# Whoever acts for a client reads what a consent names, on a page of their own.
register("disclosure.show", {LovedOne: ACTS_FOR})
# Whoever may ask may be told no.
register("disclosure.refuse", {**_WHO_READS, **_AFTERWARDS, SYSTEM: ANY})
register("disclosure.complete", {**_WHO_RELEASES, SYSTEM: ANY})
# What an intermediary tells us: whoever tells others hears of it.
register("disclosure.note_passed_on", {**_WHO_RELEASES, SYSTEM: ANY})
# The command `trellis disclosures list`.
register("disclosure.account", {SYSTEM: ANY})
