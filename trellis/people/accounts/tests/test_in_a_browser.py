"""Signing in as people do it: a passkey, a second step, words that are kept. In a real browser, without other hosts."""

import pytest
from django.core.cache import cache

from trellis.people.accounts import queries
from trellis.people.accounts.tests.factories import (
    PASSWORD,
    InvitationFactory,
    account_with,
    code_now,
)

WIDTHS = (390, 1440)


@pytest.fixture(autouse=True)
def no_limits_left(live):
    cache.clear()


def sign_in_by_hand(page, name, password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("Email or sign-in name").fill(name)
    page.get_by_label("Password or PIN").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_a_device(page):
    """A device of the browser that answers for its owner, as a phone with a fingerprint would."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def test_a_passkey_is_added_and_signs_in_alone(live, browser_page, axe):
    account_with("client", email="ana@example.org")
    page = browser_page(390)
    with_a_device(page)
    sign_in_by_hand(page, "ana@example.org")
    page.goto("/accounts/passkeys/add/")
    page.get_by_label("Password or PIN").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    axe(page)
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("heading", name="Write these codes down").wait_for()
    axe(page)
    page.goto("/accounts/passkeys/")
    assert page.get_by_text("Signs you in alone").is_visible()
    axe(page)
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/accounts/")
    assert page.get_by_role("heading", name="Your account").is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_new_at_work_comes_in_by_keyboard_and_sets_up_the_app(live, browser_page, axe, screenshot, width):
    InvitationFactory(purpose="staff", about="", roles=["biller"], email="ben@example.org", chosen_name="Ben Okafor")
    page = browser_page(width)
    page.goto("/accounts/invitation/a-token-for-tests/")
    axe(page)
    screenshot(page, f"invitation-{width}")
    page.get_by_label("Password", exact=True).fill("under the apricot tree")
    page.get_by_label("Password again").fill("under the apricot tree")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Set up a second step").wait_for()
    axe(page)
    screenshot(page, f"second-step-{width}")
    page.get_by_role("link", name="Set up the app").click()
    axe(page)
    screenshot(page, f"second-step-app-{width}")
    page.get_by_label("Code").fill(code_now(page.locator("figcaption code").inner_text()))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Write these codes down").wait_for()
    axe(page)
    screenshot(page, f"recovery-codes-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_about_signing_in_are_accessible_with_and_without_faults(live, browser_page, axe, screenshot, width):
    account_with("counselor", email="marcus@example.org")
    page = browser_page(width, dark=width == 1440)
    sign_in_by_hand(page, "marcus@example.org", "not it")
    page.get_by_text("is not right").first.wait_for()
    axe(page)
    screenshot(page, f"sign-in-{width}")
    for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/left/",
                 "/accounts/invitation/none/", "/accounts/password/reset/1/none/", "/es/accounts/login/"):  # fmt: skip
        page.goto(path)
        axe(page)
    sign_in_by_hand(page, "marcus@example.org")
    axe(page)
    page.get_by_label("Code").fill(code_now())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    for path in (
        "/accounts/",
        "/accounts/devices/",
        "/accounts/password/",
        "/accounts/second-step/",
        "/accounts/again/",
    ):
        page.goto(path)
        axe(page)
    page.goto("/accounts/")
    screenshot(page, f"account-{width}")


def test_signing_in_needs_no_javascript(live, browser_page):
    account_with("client", email="ana@example.org")
    page = browser_page(390, javascript=False)
    sign_in_by_hand(page, "ana@example.org")
    page.goto("/accounts/")
    assert page.get_by_role("heading", name="Your account").is_visible()
    page.goto("/accounts/login/")


def test_a_page_left_alone_is_closed_and_keeps_nothing_readable(live, browser_page, settings):
    settings.IDLE_MINUTES_CLIENT = 1
    person = account_with("client", email="ana@example.org")
    page = browser_page(390)
    page.clock.install()
    sign_in_by_hand(page, "ana@example.org")
    page.goto("/accounts/")
    page.clock.fast_forward(20_000)
    page.get_by_role("dialog").wait_for()
    page.clock.fast_forward(20_000)
    page.get_by_role("heading", name="You are signed out").wait_for()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.goto("/accounts/")
    assert "/accounts/login/" in page.url
    assert queries.draft_for(person.pk, "any") == {}


def test_back_after_signing_out_shows_no_page_of_mine(live, browser_page):
    account_with("client", email="ana@example.org", chosen_name="Ana Lucía Peña")
    page = browser_page(390)
    sign_in_by_hand(page, "ana@example.org")
    page.goto("/accounts/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login/")
    page.go_back()
    page.wait_for_load_state()
    page.get_by_role("button", name="Sign in", exact=True).wait_for()
