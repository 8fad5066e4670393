"""Every page in a house that has a program and staff, and where nobody has come yet.

On a phone, where an empty page is most easily a broken one; in both looks each page is walked with data.
"""

import pytest

from tests.walk.table import names, rows
from tests.walk.walking import PHONE, Walker, ask, faults_of, first_answer, instead

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", names())
def test_a_page_stands_where_nobody_has_come_yet(name, early_walker: Walker):
    row = rows()[name]
    page, path = early_walker.arrive(row, PHONE)
    if row.no_page or row.acts:
        sent = {} if row.acts and row.find else None
        assert ask(page, early_walker.house.live.address(path), sent) == row.answer_when_empty
        return
    response = page.goto(path)
    assert first_answer(response).status == row.answer_when_empty, instead(page)
    found = faults_of(page, response, PHONE, names=frozenset(), public=row.who == "nobody")
    assert not found, f"{path} ({PHONE})\n" + "\n".join(found)
