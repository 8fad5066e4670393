"""Notes as a clinician keeps them, through the action itself."""

from datetime import date
from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.journey.care import actions
from trellis.journey.care.models import CounselingNote
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, StaffMemberFactory

WORDS = "She spoke of her brother for the first time. I wonder what the silence before it held."
TALK = date(2026, 10, 2)


def clinician(client: Client, role: str = "therapist", **account: Any) -> Actor:
    """Somebody on the care team."""
    member = StaffMemberFactory(account__roles=[role], **{f"account__{name}": said for name, said in account.items()})
    CareAssignmentFactory(episode=client.episodes.get(status="open"), staff_member=member)
    return actor_for(member.account)


def kept(client: Client, by: Actor, words: str = WORDS, on: date = TALK) -> CounselingNote:
    return actions.keep_note(by=by, client=client, on=on, words=words)
