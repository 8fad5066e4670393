"""Two years of a measure: what is drawn is what the table beside it says, and what a plain recomputation gives."""

import re
from datetime import datetime, timedelta
from statistics import quantiles

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.care.tests.factories import clinician
from trellis.journey.continuity.tests.two_years import BEGAN, NOW, WEEKS, finished_stays, two_years
from trellis.journey.measures.library import instruments
from trellis.journey.measures.rules.changing import change
from trellis.people.accounts.models import Account

pytestmark = pytest.mark.django_db
NEAR = 0.051  # positions are written with one decimal


@pytest.fixture
def page(clock_at):
    clock_at(NOW)
    load_pomona()
    client = two_years()
    desk = sign_in(Browser(), Account.objects.get(pk=clinician(client).account_id))
    return lambda: desk.get(f"/desk/clients/{client.public_id}/over-time/?measure=phq-9").content.decode()


def table(page):
    """Day, number and what is usual, oldest first."""
    rows = re.findall(r'<th scope="row">([\d/]+)</th><td>(\d+)</td>(?:<td>([^<]*)</td>)?<td>', page)
    return [(datetime.strptime(day, "%m/%d/%Y").date(), int(number), usual) for day, number, usual in reversed(rows)]


def points(path):
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


def scale(page):
    """Where each number of the side stands; and from it where any number does."""
    side = {int(n): float(y) for y, n in re.findall(r'<text x="25.0" y="([\d.]+)"[^>]*text-anchor="end">(\d+)<', page)}
    top, foot = side[27], side[0]
    return side, lambda value: foot - (foot - top) * value / 27


def along(day):
    """Where a day stands between the first and the last."""
    return 30 + (340 - 30 - 8) * ((day - BEGAN) / timedelta(weeks=WEEKS - 1))


def test_each_point_band_and_label_is_that_of_the_table(page):
    shown = page()
    rows, (side, at) = table(shown), scale(shown)
    (line,) = re.findall(r'class="trajectory-line" d="([^"]+)"', shown)
    assert len(rows) == len(points(line)) == WEEKS
    for (day, value, _usual), (x, y) in zip(rows, points(line), strict=True):
        assert abs(x - along(day)) < NEAR, day
        assert abs(y - at(value)) < NEAR, day
    assert all(abs(y - at(number)) < NEAR for number, y in side.items())
    key = [(int(low), int(high)) for low, high in re.findall(r"<li>(\d+)–(\d+) [a-z]", shown)]
    published = [(low, high) for low, high, _code in instruments()["phq-9"].severity["bands"]]
    assert key == published[::-1]
    assert set(side) == {0, 27, *(low for low, _high in published)}
    drawn = re.findall(r'class="band-\d" x="30.0" y="([\d.]+)" width="302.0" height="([\d.]+)"', shown)
    tops = [at(low) for low, _high in published[1:]] + [at(27)]
    for (y, height), top, (low, _high) in zip(drawn, tops, published, strict=True):
        assert abs(float(y) - top) < NEAR
        assert abs(float(y) + float(height) - at(low)) < 2 * NEAR
    first, last = rows[0][1], rows[-1][1]
    found = change(instruments()["phq-9"], first, last)
    assert (found.reliable, found.target) == ("improved", True)
    assert f"{first} on" in shown
    assert f"{last} now." in shown
    assert "That is more than chance: it got better." in shown
    assert "It is where one hopes to be." in shown


def test_what_is_usual_is_drawn_from_thirty_stays_as_a_plain_recomputation_gives_it(page):
    finished_stays(29)
    shown = page()
    assert "trajectory-usual" not in shown
    assert "29 of 30" in shown
    assert {usual for _day, _number, usual in table(shown)} == {""}
    finished_stays(1)
    shown = page()
    rows, (_side, at) = table(shown), scale(shown)
    wide, half = (points(d) for d in re.findall(r'class="trajectory-usual" d="([^"]+)"', shown))
    weeks = 4
    assert len(wide) == len(half) == 2 * (weeks + 2)  # over, and back under; with both ends
    for week in range(weeks):
        numbers = [max(0, turn % 11 + 2 - week) for turn in [*range(29), 0]]
        tenths = quantiles(numbers, n=10, method="inclusive")
        quarters = quantiles(numbers, n=4, method="inclusive")
        middle = along(BEGAN + timedelta(weeks=week, days=3))
        for path, low, high in ((wide, tenths[0], tenths[8]), (half, quarters[0], quarters[2])):
            low, high = round(low, 1), round(high, 1)
            (x, over), (back, under) = path[week + 1], path[-week - 2]
            assert x == back
            assert abs(x - middle) < NEAR
            assert abs(over - at(high)) < NEAR
            assert abs(under - at(low)) < NEAR
        assert rows[week][2] == f"{round(tenths[0], 1):g}–{round(tenths[8], 1):g}"
    assert {usual for _day, _number, usual in rows[weeks:]} == {"–"}
