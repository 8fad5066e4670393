"""Many at the same moment, in separate processes: one place, one link, one code is given to one."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from tests.journeys.program import PERIOD, Codes
from tests.support.served import Answer, Browser, served
from trellis.foundation import clock
from trellis.journey.schedule.tests import test_races as of_rooms
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.tests.factories import PASSWORD, InvitationFactory, account_with

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]
race = of_rooms.race


def test_sixty_four_reach_for_one_room_and_one_person(race):
    said, rooms, people = race()
    assert said == {"room won": 1, "room refused": 63, "person won": 1, "person refused": 63}
    assert (rooms, people) == (1, 1)


def at_once(browsers: list[Browser], path: str, fields: list[dict[str, str]]) -> list[Answer]:
    start = Barrier(len(browsers))

    def send(browser: Browser, own: dict[str, str]) -> Answer:
        start.wait()
        return browser.ask("POST", path, own)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(send, browsers, fields))


def test_twenty_use_one_invitation_and_one_comes_in(committed_db, database_url, soak):
    invitations = [
        InvitationFactory(
            token=f"a-link-for-many-{n}", email="", about="", created_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=2),
        )
        for n in range(12)
    ]  # fmt: skip
    connections.close_all()
    with served(database_url) as server:
        for number, invitation in enumerate(invitations):
            if number and soak.left < 6:
                break
            racers = [Browser(server.port) for _ in range(20)]
            chosen = [
                {"chosen_name": "Ana", "language": "en", "username": f"river.{number}.{n}", "password1": PASSWORD,
                 "password2": PASSWORD}
                for n in range(20)
            ]  # fmt: skip
            answers = at_once(racers, f"/accounts/invitation/a-link-for-many-{number}/", chosen)
            assert Counter(one.status for one in answers)[302] == 1, Counter(one.status for one in answers)
            assert all(one.status < 500 for one in answers)
            assert Account.objects.filter(username__startswith=f"river.{number}.").count() == 1
            assert Invitation.objects.get(pk=invitation.pk).account is not None
            connections.close_all()


def test_eight_type_one_code_and_one_is_let_in(committed_db, database_url, settings):
    settings.PASSWORD_HASHERS = ["trellis.people.accounts.hashers.Argon2id"]  # the one that the server knows
    account = account_with("counselor", email="marcus@example.org")
    connections.close_all()
    with served(database_url) as server:
        racers = [Browser(server.port) for _ in range(8)]
        for one in racers:
            answer = one.ask("POST", "/accounts/login/", {"login": account.email, "password": PASSWORD})
            assert answer.headers["location"].endswith("/accounts/login/code/")
        left = PERIOD - time.time() % PERIOD
        if left < 8:  # a code that ends while it is typed is refused to everybody
            time.sleep(left)
        code = Codes(time.time()).now()  # by the server's clock, which runs on
        answers = at_once(racers, "/accounts/login/code/", [{"code": code}] * 8)
    arrived = [one for one in answers if one.status == 302]
    assert len(arrived) == 1, [one.status for one in answers]
    assert all(one.status < 500 for one in answers)
