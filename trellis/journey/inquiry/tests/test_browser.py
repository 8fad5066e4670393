"""Asking for help and answering, in a real browser, as wide as a phone and as wide as a desk."""

import pytest

from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import MORNING, asked, coordinator, load_pomona
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import give_second_step

NEXT = "form#inquiry button.main"


@pytest.fixture
def house(live, clock_at):
    clock_at(MORNING)
    load_pomona()
    return live


def answer_until_last(page, name: str = "Marisol") -> None:
    page.check("input[name=for_whom][value=self]")
    page.click(NEXT)
    page.fill("input[name=name]", name)
    page.fill("input[name=telephone]", "909-555-0134")
    page.click(NEXT)
    page.check("input[name=may_leave_message][value=yes]", force=True)
    page.check("input[name=may_text][value=no]", force=True)
    page.click(NEXT)
    page.check("input[name=times][value=evening]")
    page.click(NEXT)


@pytest.mark.parametrize("width", [390, 1440])
def test_in_spanish_without_javascript_and_back_and_again_is_one_inquiry(house, browser_page, width):
    page = browser_page(width, javascript=False, locale="es-US")
    page.goto("/es/")
    page.click("a#ask-for-help")
    answer_until_last(page)
    page.fill("textarea", "Después de las seis, por favor.")
    page.click(NEXT)
    assert "Le llamamos hoy antes de las" in page.inner_text("main")
    page.go_back()
    page.click(NEXT)
    assert "Le llamamos hoy antes de las" in page.inner_text("main")
    assert page.context.cookies() == []
    assert Inquiry.objects.get().words == "Después de las seis, por favor."


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_every_question_with_and_without_a_fault_is_accessible(house, browser_page, axe, width, dark):
    page = browser_page(width, dark=dark)
    page.goto("/help/")
    page.click(NEXT)
    axe(page)
    page.check("input[name=for_whom][value=referring]")
    page.click(NEXT)
    axe(page)
    page.click(NEXT)
    axe(page)
    page.fill("input[name=name]", "Ito")
    page.fill("input[name=telephone]", "909-555-0134")
    page.fill("input[name=email]", "ito@example.org")
    page.click(NEXT)
    page.click(NEXT)
    axe(page)
    for name in ("may_leave_message", "may_text", "may_email"):
        page.check(f"input[name={name}][value=yes]", force=True)
    page.click(NEXT)
    axe(page)
    page.click(NEXT)
    axe(page)
    page.click(NEXT)
    assert "/help/thanks/" in page.url
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_form_is_filled_in_with_the_keyboard_alone(house, browser_page):
    page = browser_page(1440)
    page.goto("/help/")
    page.focus("input[name=for_whom]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.focus("input[name=name]")
    page.keyboard.type("Marisol")
    page.keyboard.press("Tab")
    page.keyboard.type("909-555-0134")
    page.keyboard.press("Enter")
    page.get_by_text("May we leave a message?").first.wait_for()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_pages_of_the_board_are_accessible_with_data_empty_and_with_a_fault(house, browser_page, axe, width):
    me = coordinator()
    account = Account.objects.get(pk=me.account_id)
    give_second_step(account)
    page = browser_page(width, user=account)
    house_paths = ["/desk/inquiries/", "/desk/inquiries/funnel/", "/desk/inquiries/new/"]
    for path in house_paths:
        page.goto(path)
        axe(page)
    page.click("button.main")
    axe(page)
    first = asked(telephone="909-555-0134", words="After six, please.")
    asked(telephone="(909) 555-0134", for_whom="loved_one", topics=("talk",))
    page.goto("/desk/inquiries/")
    page.fill("#q", "zzz")
    page.press("#q", "Enter")
    page.wait_for_selector("text=Nobody fits that")
    axe(page)
    for path in (*house_paths[:2], f"/desk/inquiries/{first.public_id}/"):
        page.goto(path)
        axe(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.click("#attempt button[type=submit]")
    axe(page)
