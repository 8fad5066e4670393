import json
from datetime import date

from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.continuity.models import AftercarePlan, ContactAgreement, FollowUpDone
from trellis.people.clients.models import Client


def plant(client: Client) -> None:
    """A plan, a yes, and a follow-up of a stay of long ago."""
    said = {"at": clock.now(), "by": "account:1"}
    kept = {"people": [["Ana Quixada", "626 555 0177"]], "signs": ["I sleep badly"]}
    AftercarePlan.objects.create(client=client, number=1, words_sealed=crypto.seal(json.dumps(kept)), **said)
    ContactAgreement.objects.create(client=client, yes=True, by_phone=True, how="staff", **said)
    FollowUpDone.objects.create(
        client=client, episode=client.episodes.first(), day=30, how="call", outcome="reached",
        answers_sealed=crypto.seal(json.dumps({"safe": "yes"})), on=date(2001, 5, 4), **said,
    )  # fmt: skip
