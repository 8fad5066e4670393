"""The pages for what goes wrong: each status in both languages, without a database where there may be none."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.walk.walking import LOOKS, Look, Walker, faults_of
from trellis.config import errors

pytestmark = pytest.mark.browser

PAGES = {
    400: lambda request: errors.bad_request(request, ValueError()),
    403: lambda request: errors.forbidden(request, PermissionError("")),
    404: lambda request: errors.not_found(request, LookupError()),
    429: errors.too_many,
    500: errors.fault,
    507: errors.storage_full,
    "csrf": errors.csrf,
}


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("status", list(PAGES), ids=str)
def test_a_page_for_what_goes_wrong_is_whole(status, look: Look, early_walker: Walker, monkeypatch):
    """The page as the handler draws it, put in the place of an answer of the running server."""
    request = RequestFactory().get("/es/nowhere/" if look.language == "es" else "/nowhere/")
    with translation.override(look.language):
        drawn = PAGES[status](request)
    assert drawn.status_code == (403 if status == "csrf" else status)
    page = early_walker.page("nobody", look)
    address = early_walker.house.live.address(request.path)
    page.route(
        address,
        lambda route: route.fulfill(
            status=drawn.status_code, content_type="text/html; charset=utf-8", body=drawn.content
        ),
    )
    try:
        response = page.goto(address)
        assert response.status == drawn.status_code
        found = faults_of(page, response, look, names=frozenset(), public=True)
    finally:
        page.unroute(address)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_an_address_that_is_not_there_answers_so(look: Look, early_walker: Walker):
    page = early_walker.page("nobody", look)
    prefix = "/es" if look.language == "es" else ""
    response = page.goto(f"{prefix}/desk/clients/nobody-of-this-name/nowhere")
    assert response.status == 404
    assert not faults_of(page, response, look, names=frozenset(), public=True)
