"""Notes from outside in situations of their way."""

from datetime import datetime
from typing import Any

from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.people.consent.models import OutsideRequest, OutsideReview
from trellis.people.consent.outside import guidance
from trellis.people.consent.outside.queries import TEXTS

TOLD = "She told me that she has nowhere to sleep."


def a_note(
    *, at: datetime | None = None, asker: str = "loved_one", by: str = "account:1", **said: Any
) -> OutsideRequest:
    """What somebody heard; `told=`, `about=` and so on are sealed here."""
    texts = {name: crypto.seal(said.pop(name)) if name in said else "" for name in TEXTS}
    with writing("factory"):
        return OutsideRequest.objects.create(
            asker=asker, at=at or clock.now(), by=by, answer=guidance.ANSWER, **texts, **said
        )


def read(
    note: OutsideRequest, *, client: Any = None, done: str = "Called back.", by: str = "account:1"
) -> OutsideReview:
    with writing("factory"):
        return OutsideReview.objects.create(request=note, client=client, done=done, at=clock.now(), by=by)
