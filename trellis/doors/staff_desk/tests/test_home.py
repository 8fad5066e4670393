import pytest
from django.core.cache import cache

from tests.cast import Cast
from trellis.foundation.access.roles import STAFF
from trellis.foundation.program.tests.factories import load_pomona

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cache.clear()
    load_pomona()
    return Cast()


@pytest.mark.parametrize("role", [role.key for role in STAFF])
def test_everybody_at_work_arrives_at_a_page_that_they_may_open(cast, role):
    answer = cast.client(role).get("/accounts/arrive/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/desk/")


def test_whoever_answers_inquiries_arrives_at_the_board(cast):
    answer = cast.client("intake_coordinator").get("/accounts/arrive/")
    assert answer["Location"] == "/desk/inquiries/"


@pytest.mark.parametrize("role", ["client", "loved_one", "alumnus"])
def test_the_desk_is_for_people_at_work(cast, role):
    assert cast.client(role).get("/desk/").status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/desk/")["Location"].startswith("/accounts/login/")
