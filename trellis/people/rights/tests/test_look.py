"""The pages about rights in a real browser, on a phone and on a desk: accessible, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.tests.factories import account_with
from trellis.people.clients.tests.factories import SINCE, ClientFactory, StaffMemberFactory, actor
from trellis.people.rights.notice import actions as notice
from trellis.people.rights.tests.factories import answers, asks


@pytest.fixture
def director(live, clock_at):
    clock_at(SINCE)
    load_pomona()
    account = StaffMemberFactory(account__roles=["clinical_director"], account__chosen_name="Dana Cole").account
    for name in ("Denise Park", "Omar Reyes"):
        one = ClientFactory(chosen_name=name, in_program=True)
        asks(one, "look")
    notice.record(
        by=actor("front_desk"),
        client=one,
        how="not_signed",
        why_not="chose_not_to",
        language="es",
        note="Offered twice",
    )
    return account


@pytest.fixture
def marisol(director):
    account = account_with("client", chosen_name="Marisol Ruiz", email="marisol@example.org")
    client = ClientFactory(account=account, chosen_name="Marisol Ruiz", in_program=True)
    client.denied = asks(client)
    answers(client.denied, "deny", "We looked at the list of that evening. It says 5:42. You may add your own words.")
    answers(asks(client, "channel"), "accept", "From today we only text, after 6 pm.")
    client.complaint = asks(client, "complaint")
    client.open = asks(client, "self_paid")
    return client


def own_pages(marisol):
    ask = {what: reverse("my:ask_right", args=[what]) for what in ("correction", "less", "complaint")}
    asked = {
        "denied": reverse("my:asked", args=[marisol.denied.public_id]),
        "complained": reverse("my:asked", args=[marisol.complaint.public_id]),
    }
    return {"rights": reverse("my:rights"), "notice": reverse("my:notice"), **ask, **asked}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_clients_pages_are_accessible(marisol, browser_page, axe, screenshot, language):
    with translation.override(language):
        paths = own_pages(marisol)
    for width in (390, 1440):
        page = browser_page(width, user=marisol.account)
        for name, path in paths.items():
            page.goto(path)
            axe(page)
            screenshot(page, f"rights-own-{name}-{language}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_desk_is_accessible(director, marisol, browser_page, axe, screenshot, language):
    with translation.override(language):
        paths = {
            "requests": reverse("rights:requests"), "unread": reverse("rights:unread"),
            "one": reverse("rights:one", args=[marisol.public_id]),
            "request": reverse("rights:request", args=[marisol.open.public_id]),
            "record": reverse("rights:record_notice", args=[marisol.public_id]),
            "help": reverse("rights:help_ask", args=[marisol.public_id, "correction"]),
            "client": reverse("clients:client", args=[marisol.public_id]),
            "public": reverse("notice:read"),
        }  # fmt: skip
    for width in (390, 1440):
        page = browser_page(width, user=director)
        for name, path in paths.items():
            page.goto(path)
            axe(page)
            screenshot(page, f"rights-{name}-{language}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_notice_is_read_and_kept_without_javascript(marisol, browser_page):
    page = browser_page(390, user=marisol.account, javascript=False)
    page.goto(reverse("my:rights"))
    page.get_by_role("link", name="Read the notice").click()
    page.get_by_role("button", name="I have the notice").click()
    page.get_by_text("Thank you. You find the notice here").wait_for()


def test_errors_are_accessible(director, marisol, browser_page, axe, screenshot):
    page = browser_page(390, user=marisol.account)
    page.goto(reverse("my:ask_right", args=["correction"]))
    page.get_by_role("button", name="Send it").click()
    page.locator(".has-error").first.wait_for()
    axe(page)
    screenshot(page, "rights-own-error-390")
    page = browser_page(1440, user=director)
    page.goto(reverse("rights:request", args=[marisol.open.public_id]))
    page.get_by_role("button", name="Save").click()
    page.locator(".has-error").first.wait_for()
    axe(page)
    screenshot(page, "rights-request-error-1440")


def test_a_record_is_downloaded_after_the_password(marisol, browser_page, axe, screenshot, tmp_path):
    from trellis.people.accounts.tests.factories import PASSWORD

    page = browser_page(390, user=marisol.account)
    page.goto(reverse("my:rights"))
    page.get_by_role("link", name="Download your record").click()
    page.get_by_label("Password or PIN").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Download your record").wait_for()
    axe(page)
    screenshot(page, "rights-own-copy-390")
    with page.expect_download() as going:
        page.get_by_role("link", name="Download the page").click()
    kept = tmp_path / going.value.suggested_filename
    going.value.save_as(kept)
    assert kept.name == "my-copy-2026-10-05.html"
    for width in (390, 1440):
        reader = page.context.browser.new_page(viewport={"width": width, "height": 900})
        reader.set_content(kept.read_text())
        axe(reader)
        screenshot(reader, f"rights-own-copy-file-{width}")
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        reader.close()


def test_an_empty_desk(live, clock_at, browser_page, axe, screenshot):
    clock_at(SINCE)
    load_pomona()
    page = browser_page(390, user=StaffMemberFactory(account__roles=["clinical_director"]).account)
    for name in ("requests", "unread"):
        page.goto(reverse(f"rights:{name}"))
        axe(page)
        screenshot(page, f"rights-{name}-empty-390")
