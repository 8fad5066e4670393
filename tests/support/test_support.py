"""The test world does what it says: copies are apart, nothing reaches out, the clock is held everywhere."""

import socket
import urllib.request
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from pytest_socket import SocketConnectBlockedError

from tests.support import databases
from trellis.foundation import clock
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.record.guard import writing

NOON = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)


def add_row() -> None:
    with writing("a test of the test world"):
        ClockShift.objects.create(seconds=1)


@pytest.mark.parametrize("again", [1, 2])
def test_what_one_test_commits_no_other_test_sees(committed_db, again):
    assert not ClockShift.objects.exists()
    add_row()
    connection.close()
    assert ClockShift.objects.count() == 1


@pytest.mark.django_db
def test_a_test_that_rolls_back_starts_empty_too():
    assert not ClockShift.objects.exists()
    add_row()


def test_a_copy_keeps_the_guards_of_the_database(committed_db):
    from trellis.foundation.record import triggers

    assert triggers.missing(connection) == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: sessions of a server")
def test_whoever_lingers_in_a_copy_holds_nobody_up(committed_db):
    other = connection.copy()
    other.ensure_connection()
    connection.close()
    databases._empty(committed_db)
    with pytest.raises(OperationalError):
        other.cursor().execute("SELECT 1")
    other.close()


def test_another_process_reaches_the_copy_by_its_address(database_url, committed_db):
    import dj_database_url

    assert dj_database_url.parse(database_url)["NAME"] == committed_db


@pytest.mark.django_db
def test_reads_and_writes_are_counted_and_savepoints_are_not(statements):
    with statements() as seen:
        add_row()
        list(ClockShift.objects.all())
    assert [sql.split()[0] for sql in seen] == ["INSERT", "SELECT"]


def test_no_test_reaches_beyond_this_machine():
    with socket.socket() as plug, pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        plug.connect(("192.0.2.1", 80))


def test_the_clock_is_held_for_the_test(clock_at):
    clock_at(NOON)
    assert clock.now() == NOON


def test_the_live_server_answers_at_the_held_time(live, clock_at):
    clock_at(NOON)
    with urllib.request.urlopen(live.address("/health/live")) as answer:
        assert answer.status == 200


def test_a_browser_opens_the_live_server(live, browser_page, screenshot):
    page = browser_page(390)
    assert page.goto("/health/live").status == 200
    assert page.viewport_size["width"] == 390


def test_a_browser_can_do_without_javascript(live, browser_page):
    page = browser_page(javascript=False)
    page.goto("/health/live")
    page.set_content("<noscript>plain</noscript>")
    assert page.inner_text("body") == "plain"


def test_a_script_error_is_noticed(live, browser_page):
    page = browser_page()
    page.goto("/health/live")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('planted') })")
    assert any("planted" in problem for problem in page.problems)
    page.problems.clear()


def test_axe_finds_a_planted_fault(live, browser_page, axe):
    page = browser_page()
    page.goto("/health/live")
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><button></button></main></html>")
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)
