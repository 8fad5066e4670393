"""Pages by eye and by key in every combination of width, language and light; which of them, the seed draws."""

import pytest
from django.db import connection
from django.test import override_settings

from tests.soak.world import open_world
from tests.walk.houses import SETTINGS, House
from tests.walk.table import rows
from tests.walk.walking import Look, Walker, faults_of, first_answer

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

LOOKS = [Look(width, language, dark) for width in (390, 1440) for language in ("en", "es") for dark in (False, True)]
#: at least one page in each look
LEAST = len(LOOKS)


def test_drawn_pages_stand_in_every_combination(live, browser_page, soak):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: a page looks the same on both")
    with override_settings(**SETTINGS):
        open_world(people=5)
        walker = Walker(House(live), browser_page)
        pages = [row for row in rows().values() if not (row.no_page or row.acts or row.alone) and row.status == 200]
        drawn = draw(soak.random, pages)
        faults: list[str] = []
        for number, (row, look) in enumerate(drawn):
            if number >= LEAST and soak.left < 0:
                break
            page, path = walker.arrive(row, look)
            response = page.goto(path)
            if first_answer(response).status == 200:
                found = faults_of(page, response, look, names=frozenset(), public=row.who == "nobody")
                faults += [f"{path} ({look}): {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def draw(random, pages):
    """All pages in all looks, in an order in which each look comes once before any comes again."""
    turns = [random.sample(pages, len(pages)) for _ in LOOKS]
    return [(row, look) for turn in zip(*turns, strict=True) for row, look in zip(turn, LOOKS, strict=True)]
