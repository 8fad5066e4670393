"""What happens when many try at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connections

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts import actions
from trellis.people.accounts.models import Account, RoomLock
from trellis.people.accounts.rules import ROOM_TRIES
from trellis.people.accounts.tests.factories import InvitationFactory, account_with, actor_of, code_now

RACERS = 20


def race(act: Callable[[int], bool], racers: int = RACERS) -> int:
    """How many won."""
    start = Barrier(racers)

    def run(number: int) -> bool:
        try:
            start.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(racers) as pool:
        return sum(pool.map(run, range(racers)))


def test_of_twenty_who_use_a_link_at_once_one_comes_in(committed_db):
    invitation = InvitationFactory(email="", about="")
    hashed = make_password("under the apricot tree")

    def accept(number):
        try:
            actions.accept(
                by=Actor(), invitation=invitation, chosen_name="Ana", pronouns="", language="en", hashed=hashed,
                username=f"river.{number}",
            )  # fmt: skip
        except Refused:
            return False
        return True

    assert race(accept) == 1
    assert Account.objects.count() == 1


def test_of_eight_who_type_one_code_at_once_one_is_let_in(committed_db):
    cache.clear()
    person = account_with("counselor")
    code = code_now()

    def use(_number):
        return Authenticator.objects.get(user=person, type="totp").wrap().validate_code(code)

    assert race(use, 8) == 1


def test_of_eight_who_use_one_recovery_code_at_once_one_is_let_in(committed_db):
    person = account_with("counselor")
    code = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]

    def use(_number):
        return Authenticator.objects.get(user=person, type="recovery_codes").wrap().validate_code(code)

    assert race(use, 8) == 1


def test_of_eight_who_choose_one_sign_in_name_at_once_one_gets_it(committed_db):
    def choose(_number):
        try:
            actions.create_account(by=Actor.of_system("test"), chosen_name="Ana", username="blue.river7")
        except Refused:
            return False
        return True

    assert race(choose, 8) == 1


def test_of_twenty_room_pins_tried_at_once_no_more_are_looked_at_than_a_lock_allows(committed_db):
    person = account_with("counselor")
    by = actor_of(person)
    actions.set_room_pin(by=by, account=person, pin="4829")
    actions.lock_room(by=by, account=person, session_key="a-key")

    def try_one(_number):
        return actions.take_a_try(by=by, account=person, session_key="a-key")

    assert race(try_one) == ROOM_TRIES


def test_two_devices_that_lock_one_session_at_once_make_one_lock(committed_db):
    person = account_with("counselor")
    by = actor_of(person)
    actions.set_room_pin(by=by, account=person, pin="4829")

    def lock(_number):
        return actions.lock_room(by=by, account=person, session_key="a-key").pk is not None

    assert race(lock, 8) == 8
    assert RoomLock.objects.count() == 1
