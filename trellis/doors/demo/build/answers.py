"""What clients who can sign in answered, week by week: mood, worries, use; and one answer that waits for a person.

The path goes down with ups in it, as it does for many; who answers, and what, is made up.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.measures import actions
from trellis.journey.measures.library import form
from trellis.journey.measures.rules.forms import fits
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

#: each in the language of whoever answers, where the form speaks it whole
WEEKLY = ("phq-9", "gad-7")
#: points on the first day, and how many fewer each week
BEGINS, FALLS = 15, 2
#: ups and downs beside the way down
SWAY = (0, 2, -1, 1, 3, -2, 0, 1)
EVENING = 19
#: of the Brief Addiction Monitor: points on the first day, and how they go on each week
USE = {"bamiop.4": (3, -1), "bamiop.5": (2, -1), "bamiop.6": (0, 0)}
RISK = {
    "bamiop.1": (3, -1), "bamiop.2": (4, -1), "bamiop.3": (4, -1), "bamiop.8": (3, -1), "bamiop.11": (2, 0),
    "bamiop.15": (2, -1),
}  # fmt: skip
PROTECTIVE = {
    "bamiop.9": (1, 1), "bamiop.10": (0, 1), "bamiop.12": (2, 0), "bamiop.13": (1, 1), "bamiop.14": (4, 0),
    "bamiop.16": (2, 1), "bamiop.17": (1, 1),
}  # fmt: skip
MOST = 4


def told(house: House, accounts: list[int]) -> None:
    """From the first week of each stay until last week; and the newest of them said this afternoon what worries us."""
    clients = list(Client.objects.filter(account__in=accounts).order_by("pk"))
    for client in clients:
        _weeks(house, client)
    if clients:
        with house.at(clock.now() - timedelta(minutes=6)):
            _answer(clients[-1], "phq-9", 9, worrying=True)


def _weeks(house: House, client: Client) -> None:
    stay = open_episode(client)
    if stay is None:
        return
    day, last = stay.opened_on, house.calendar.today - timedelta(days=7)
    week = 0
    while day <= last:
        with house.at(house.calendar.at(day, EVENING)):
            for key in WEEKLY:
                _answer(client, key, points(week))
            if fits(form("bam-iop"), way="phone", language=client.language):
                given(by_themselves(client), client, "bam-iop", use(week))
        day, week = day + timedelta(weeks=1), week + 1


def points(week: int) -> int:
    return max(0, BEGINS - FALLS * week + SWAY[week % len(SWAY)])


def use(week: int) -> dict[str, int | None]:
    """What the Brief Addiction Monitor hears in that week; how many drinks is asked only of whoever drank."""
    said = {item: min(MOST, max(0, first + step * week)) for item, (first, step) in (USE | RISK | PROTECTIVE).items()}
    return {item: value for item, value in said.items() if item != "bamiop.5" or said["bamiop.4"]}


def by_themselves(client: Client) -> Actor:
    assert client.account is not None
    return actor_for(client.account)


def _answer(client: Client, key: str, total: int, *, worrying: bool = False) -> None:
    given(by_themselves(client), client, key, spread(key, total, worrying=worrying))


def spread(key: str, total: int, *, worrying: bool = False) -> dict[str, int | None]:
    """So many points, spread over the questions; what is about safety stays at zero unless it worries."""
    items = [item for item in form(key).questions if item.key != "phq9.9"]
    answers: dict[str, int | None] = {
        item.key: min(3, total // len(items) + (n < total % len(items))) for n, item in enumerate(items)
    }
    return answers | ({"phq9.9": int(worrying)} if key == "phq-9" else {})


def given(by: Actor, client: Client, key: str, answers: dict[str, int | None], way: str = "phone") -> None:
    """Asked, answered, handed in. Read aloud in English by an interpreter where there is no form in their language."""
    language = client.language if fits(form(key), way=way, language=client.language) else "en"
    begun = actions.begin(
        by=by, client=client, instrument=key, occasion="weekly", way=way, language=language
    )  # fmt: skip
    actions.keep_answers(by=by, administration=begun, answers=answers)
    actions.finish(by=by, administration=begun)
