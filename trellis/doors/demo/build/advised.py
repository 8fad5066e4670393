"""How much care was found right for clients who can sign in, at first and lately; and what was decided about the next.

Ratings fall as the answers do; who is rated how is made up.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.admission.levels import actions as levels
from trellis.journey.admission.levels.queries import newest, recommended
from trellis.journey.admission.levels.rules import Fact
from trellis.journey.continuity.advice import actions
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

FIRST = {
    Fact.WITHDRAWAL_MEDICATION: "1", Fact.BIOMEDICAL: "0", Fact.PSYCHIATRIC: "2", Fact.SUBSTANCE: "3",
    Fact.ENVIRONMENT: "2", Fact.WITHDRAWAL: "none", Fact.SAFETY: "none", Fact.LIVING: "steady", Fact.MEDICAL: "none",
}  # fmt: skip
LATELY = {**FIRST, Fact.WITHDRAWAL_MEDICATION: "0", Fact.PSYCHIATRIC: "1", Fact.SUBSTANCE: "1", Fact.ENVIRONMENT: "1"}
#: of each rating of 2 or more, why
REASONS = {
    Fact.PSYCHIATRIC: "Sleeps badly and worries most days; no thoughts of death.",
    Fact.SUBSTANCE: "Drank on most evenings until last week; cravings every day.",
    Fact.ENVIRONMENT: "Two at home drink; a sister is on their side.",
}
WHY = "The person wants to keep these evenings until a court date. We look again after it."
#: the newest forms were filled in a week ago
BACK = timedelta(days=6)


def told(house: House, accounts: list[int]) -> None:
    """For whoever has been here for longer than a week; the first of them was looked at again with a decision."""
    by, decided = house.one("clinical_director").actor, False
    for client in Client.objects.filter(account__in=accounts).order_by("pk"):
        stay = open_episode(client)
        if stay is None or house.calendar.today - stay.opened_on <= 2 * BACK:
            continue
        with house.at(house.calendar.at(stay.opened_on, 16)):
            _rated(by, client, stay.level, FIRST)
        with house.at(clock.now() - BACK):
            _rated(by, client, stay.level, LATELY)
            if not decided:
                actions.review(by=by, client=client, decided="continue", words=WHY)
        decided = True


def _rated(by: Actor, client: Client, level: str, facts: dict[Fact, str]) -> None:
    """The level of the stay is agreed on, with a reason where the rules say another."""
    found, before = recommended(facts), newest(client)
    if found is not None:
        reasons = {fact: words for fact, words in REASONS.items() if facts[fact] in ("2", "3", "4")}
        levels.decide(
            by=by, client=client, facts=facts, level=level, hours=12, seen=before.public_id if before else "",
            reasons=reasons, reason="" if level == found.level else WHY,
        )  # fmt: skip
