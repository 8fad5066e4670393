"""A real start: run once or ten times, the end is the same."""

import re
from functools import partial

import pytest

from trellis.doors.operations.checks import database
from trellis.doors.operations.checks.finding import wrong
from trellis.doors.operations.management.commands import setup
from trellis.foundation.messaging.models import Message
from trellis.foundation.program import queries as program
from trellis.people.accounts.actions import create_account
from trellis.people.accounts.models import Account, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_to_add(monkeypatch):
    monkeypatch.setattr(setup.checks, "examine", list)
    monkeypatch.setattr(setup.connection, "close", lambda: None)


@pytest.fixture
def run(trellis):
    return partial(trellis, "setup")


def test_a_fresh_start_loads_the_program_and_prints_a_link_for_the_first_administrator(run):
    code, out, _ = run("--email", "ana@example.org", "--name", "Ana Ruiz")
    assert code == 0
    assert program.current_version() is not None
    assert re.search(r"http://\S+/accounts/\S+", out)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.roles) == ("ana@example.org", ["program_administrator"])
    assert not Account.objects.exists(), "nobody has an account before they opened the link"
    assert Message.objects.filter(kind="account.invitation").exists()


def test_a_second_run_changes_nothing_that_is_there(run):
    run("--email", "ana@example.org")
    create_account(by=setup.OPERATOR, chosen_name="Ana", email="b@example.org", roles=["program_administrator"])
    code, out, _ = run("--email", "other@example.org")
    assert code == 0
    assert "loaded already" in out
    assert "there is one already" in out
    assert Invitation.objects.count() == 1


def test_without_an_address_and_nobody_to_ask_it_says_how_to_go_on(run, monkeypatch):
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: False, raising=False)
    code, out, _ = run()
    assert code == 0
    assert "trellis setup --email" in out


@pytest.mark.parametrize("typed", ["typed@example.org", EOFError])
def test_on_a_terminal_it_asks(run, monkeypatch, typed):
    def answer(question):
        if typed is EOFError:
            raise EOFError
        return typed if "Email" in question else "Ana"

    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    run()
    assert Invitation.objects.filter(email="typed@example.org").exists() == (typed is not EOFError)


def test_what_is_no_address_is_refused(run):
    code, _, err = run("--email", "not an address")
    assert code == 2
    assert "is not an email address" in err


def test_an_address_that_signs_in_already_is_refused(run):
    create_account(by=setup.OPERATOR, chosen_name="Ana", email="ana@example.org")
    code, _, err = run("--email", "ana@example.org")
    assert (code, Invitation.objects.exists()) == (2, False)
    assert err.strip()


def test_a_database_that_does_not_answer_ends_it_with_a_sentence(run, monkeypatch):
    monkeypatch.setattr(database, "reachable", lambda: wrong("database", "It is away.", "Start it."))
    code, _, err = run()
    assert (code, err.strip()) == (2, "It is away. Start it.")


def test_what_is_still_missing_is_said(run, monkeypatch):
    monkeypatch.setattr(setup.checks, "examine", lambda: [wrong("x", "X is off.", "Turn it on.")])
    _, out, _ = run("--email", "ana@example.org")
    assert "X is off." in out
    assert "Turn it on." in out
