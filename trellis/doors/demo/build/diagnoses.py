"""What clients who can sign in are diagnosed with: signed under a license, proposed by a counselor, waiting."""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.journey.admission.diagnoses import actions
from trellis.journey.admission.diagnoses.rules import Criterion, Substance, Use
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

DRINKS = Use(
    Substance.ALCOHOL,
    frozenset({Criterion.MORE_OR_LONGER, Criterion.CRAVING, Criterion.ROLE_FAILURE, Criterion.TOLERANCE}),
)
WORDS = "In their own words: it began to take over the evenings."


def told(house: House, accounts: list[int]) -> None:
    """Of each, at the third day: use of alcohol, signed by the clinical director; of every other, worries, proposed."""
    director = actor_for(house.members["Gwen Ashby"].account)
    doctor = actor_for(house.members["Amir Rostami"].account)
    for number, client in enumerate(Client.objects.filter(account__in=accounts).order_by("pk")):
        stay = open_episode(client)
        if stay is None:
            continue
        with house.at(house.calendar.at(stay.opened_on + timedelta(days=2), 15)):
            actions.sign(by=director, client=client, code="F10.20", use=DRINKS, onset_year=2018)
            if number % 2:
                actions.propose(by=doctor, client=client, code="F41.1", words=WORDS)
