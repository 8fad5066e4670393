"""Who sees how a client fares; and who keeps notes apart: whoever held the talk, and nobody else.

Not the care team, not the directors, not whoever opens a record in an emergency. 42 CFR 2.31(b)(1) would let supervised
trainees and the program's defence through; Trellis does not.
"""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, register, relation
from trellis.foundation.access.roles import ClinicalDirector, Counselor, MedicalDirector, Therapist
from trellis.journey.care.models import CounselingNote
from trellis.people.clients.models import Client
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY

#: the actor wrote this note, or notes about this client
AUTHOR = "author"

register("care.over_time", {
    Counselor: CASELOAD_OR_EMERGENCY, Therapist: CASELOAD_OR_EMERGENCY, ClinicalDirector: ANY, MedicalDirector: ANY,
})  # fmt: skip
# What the team does where it stays harder than usual.
register("care.respond", {Counselor: CASELOAD, Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
register("notes.keep", {Counselor: CASELOAD, Therapist: CASELOAD})
# One's own notes stay one's own after the care team has changed.
register("notes.list_own", {Counselor: (CASELOAD, AUTHOR), Therapist: (CASELOAD, AUTHOR)})
register("notes.read", {Counselor: AUTHOR, Therapist: AUTHOR})
register("notes.write_again", {Counselor: AUTHOR, Therapist: AUTHOR})
# That somebody who left kept notes, and nothing of them.
register("notes.know_left", {ClinicalDirector: ANY, MedicalDirector: ANY})


def is_author(actor: Actor, thing: Any) -> bool:
    if actor.account_id is None:
        return False
    if isinstance(thing, CounselingNote):
        return thing.author_id == actor.account_id
    if isinstance(thing, Client):
        return CounselingNote.objects.filter(client=thing, author=actor.account_id).exists()
    return False


relation(AUTHOR, is_author)
