"""What clients who can sign in answered, week by week: mood and worries; and one answer that waits for a person.

The path goes down with ups in it, as it does for many; who answers, and what, is made up.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.journey.measures import actions
from trellis.journey.measures.library import form
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
                _answer(client, key, max(0, BEGINS - FALLS * week + SWAY[week % len(SWAY)]))
        day, week = day + timedelta(weeks=1), week + 1


def _answer(client: Client, key: str, points: int, *, worrying: bool = False) -> None:
    """So many points, spread over the questions; what is about safety stays at zero unless it worries."""
    assert client.account is not None
    by = actor_for(client.account)
    given = actions.begin(
        by=by, client=client, instrument=key, occasion="weekly", way="phone", language=client.language
    )
    items = [item for item in form(key).questions if item.key != "phq9.9"]
    answers = {item.key: min(3, points // len(items) + (n < points % len(items))) for n, item in enumerate(items)}
    if key == "phq-9":
        answers["phq9.9"] = int(worrying)
    actions.keep_answers(by=by, administration=given, answers=answers)
    actions.finish(by=by, administration=given)
