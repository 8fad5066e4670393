"""Every page of the running URLconf, in a house where people have lived for two weeks."""

import pytest

from tests.walk.table import Row, names, rows
from tests.walk.walking import DESKTOP, LOOKS, Look, Walker, ask, faults_of, first_answer, instead, keyboard, send

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def everybody(lived_in) -> frozenset[str]:
    """The names of people whom no title may tell."""
    from trellis.people.accounts.models import Account
    from trellis.people.clients.models import Client

    return frozenset(Client.objects.values_list("chosen_name", flat=True)) | frozenset(
        Account.objects.values_list("chosen_name", flat=True)
    )


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", names())
def test_a_page_stands_before_whoever_may_open_it(name, look: Look, walker: Walker, everybody):
    row = rows()[name]
    page, path = walker.arrive(row, look)
    if row.no_page or row.acts:
        assert ask(page, walker.house.live.address(path)) == row.answer_to_a_visit
        return
    response = page.goto(path)
    assert first_answer(response).status == row.status, instead(page)
    found = faults_of(page, response, look, names=everybody, public=row.who == "nobody")
    if look == DESKTOP:
        found += keyboard(page)
    if row.who == "nobody" and not row.cookies:
        found += [
            f"a cookie before sign-in: {h['value'][:60]}"
            for h in response.headers_array()
            if h["name"].lower() == "set-cookie" and "Max-Age=0" not in h["value"]  # one that is taken back is none
        ]
    assert not found, f"{path} ({look})\n" + "\n".join(found)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("name", [name for name in names() if name in rows() and rows()[name].send is not None])
def test_a_form_that_is_wrong_says_what_to_do(name, look: Look, walker: Walker, everybody):
    row: Row = rows()[name]
    page, path = walker.arrive(row, look)
    if row.no_page:
        assert ask(page, walker.house.live.address(path), row.send) == row.answer
        return
    if row.alone:  # a browser of its own has seen nothing yet, and some addresses give way to another
        page.goto(path)
        path = page.url
    response = send(page, path, row.send)
    assert first_answer(response).status == row.answer, instead(page)
    found = faults_of(page, response, look, names=everybody, public=row.who == "nobody")
    assert not found, f"{path} ({look})\n" + "\n".join(found)
