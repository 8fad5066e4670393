"""What happens to everybody: a call in between, a double click, somebody else at the same form, a wrong code."""

import re
import time
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.journeys.program import PASSWORD, at, minutes, sign_in
from trellis.journey.inquiry.models import Attempt, Inquiry
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.tests.factories import EnrollmentFactory
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import account_with
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory
from trellis.people.staff.tests.factories import StaffMemberFactory

LONG = "She asked twice about Thursday, her mother can drive her, and the bus stops running at nine."


def test_nothing_typed_is_lost_when_the_time_is_over(program, browser_page, codes, clock_at):
    # given a coordinator who types on the page of admission and is called away
    inquiry = asked(at(16), name="Marisol Reyes")
    page = browser_page(1440)
    sign_in(page, program.intake.account, codes.next())
    page.goto(f"/desk/admit/{inquiry.public_id}/")
    page.fill("[name=reason]", LONG)
    # when they come back after the fifteen minutes and press the button
    clock_at(at(16, 50))
    page.get_by_role("button", name="Admit and enroll").click()
    # then they are asked to sign in, and told that nothing is lost
    expect(page.locator("main")).to_contain_text("What you typed is kept")
    page.fill("[name=login]", program.intake.account.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.fill("[name=code]", codes.next())
    page.press("[name=code]", "Enter")
    # and they find their words where they typed them
    page.wait_for_url(f"**/desk/admit/{inquiry.public_id}/")
    expect(page.locator("[name=reason]")).to_have_value(LONG)
    assert Client.objects.count() == 0


def test_a_double_click_is_one_act(program, browser_page, codes):
    inquiry = asked(at(16), name="Marisol Reyes")
    page = browser_page(1440)
    sign_in(page, program.intake.account, codes.next())
    page.goto(f"/desk/inquiries/{inquiry.public_id}/")
    page.check("[name=outcome][value=no_answer]")
    page.get_by_role("button", name="Save the call").dblclick()
    expect(page.locator("body")).to_contain_text("Written down.")
    assert Attempt.objects.count() == 1


def test_a_double_tap_in_the_room_is_one_state(program, browser_page, codes, clock_at):
    clock_at(at(17, 40))
    client = ClientFactory(in_program=True)
    EnrollmentFactory(episode=client.episodes.get(), series=program.group.series)
    page = browser_page(390)
    sign_in(page, program.facilitator.account, codes.next())
    page.goto(f"/desk/groups/{program.group.public_id}/room/")
    person = page.locator(f'[data-person="{client.public_id}"]')
    person.locator('[data-mark="present"]').dblclick()
    expect(person).not_to_have_attribute("data-pending", re.compile(".*"))
    expect(person).to_have_attribute("data-state", "present")
    page.reload()
    expect(person).to_have_attribute("data-state", "present")
    assert set(Attendance.objects.values_list("state", flat=True)) == {"present"}


def test_the_form_of_an_admission_sent_twice_admits_once(program, browser_page, codes):
    inquiry = asked(at(16), name="Marisol Reyes")
    page = browser_page(1440)
    sign_in(page, program.intake.account, codes.next())
    page.goto(f"/desk/admit/{inquiry.public_id}/")
    page.fill("[name=born_on]", "1992-03-14")
    page.select_option("[name=payer]", index=1)
    page.fill("[name=reason]", LONG)
    page.select_option("[name=clinician]", program.therapist.public_id)
    page.check("[name=track][value=evening]")
    page.get_by_role("button", name="Admit and enroll").click()
    page.wait_for_url("**/admitted/**")
    # when they go back and send it again
    page.go_back()
    if page.get_by_role("button", name="Admit and enroll").count():
        page.get_by_role("button", name="Admit and enroll").click()
    # then there is the one person, and a sentence
    page.wait_for_url("**/admitted/**")
    expect(page.locator("body")).to_contain_text("They were admitted already.")
    assert Client.objects.count() == 1


def test_two_people_who_take_one_inquiry_are_told(program, browser_page, codes):
    other = account_with("intake_coordinator", chosen_name="Tomás Beltrán", email="tomas@example.org")
    StaffMemberFactory(account=other)
    inquiry = asked(at(16), name="Marisol Reyes")
    pages = [browser_page(1440), browser_page(1440)]
    for page, account in zip(pages, (program.intake.account, other), strict=True):
        sign_in(page, account, codes.next())
        page.goto(f"/desk/inquiries/{inquiry.public_id}/")
    for page in pages:
        page.get_by_role("button", name="I take this").click()
    # then the first has it, and the second reads whose it is
    assert Inquiry.objects.get().owner.account == program.intake.account
    expect(pages[1].locator("body")).to_contain_text("Inés")


def test_a_client_signs_in_with_a_name_and_a_pin_from_the_desk(program, browser_page, codes, axe):
    client = ClientFactory(in_program=True, chosen_name="Rosa Camacho", email="", telephone="")
    desk = browser_page(1440)
    sign_in(desk, program.desk.account, codes.next())
    desk.goto(f"/desk/clients/{client.public_id}/sign-in/pin/")
    desk.fill("[name=username]", "rosa.verde4")
    for field in desk.locator("input[type=password]").all():
        field.fill("730518")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator("body")).to_contain_text("They sign in with the name and the PIN from now on.")
    phone = browser_page(390)
    sign_in(phone, Account.objects.get(username="rosa.verde4"), password="730518")
    phone.wait_for_url("**/my/today/")
    assert minutes(phone)["enough"] > 0
    axe(phone)


def test_the_sixth_wrong_password_meets_the_limit(program, browser_page, axe):
    page = browser_page(390)
    page.goto("/accounts/login/")
    for _ in range(6):
        page.fill("[name=login]", program.intake.account.email)
        page.fill("[name=password]", "not the password at all")
        with page.expect_response(re.compile("/accounts/login/")) as answer:
            page.press("[name=password]", "Enter")
    assert answer.value.status == 429
    axe(page)


def test_staff_without_a_second_step_see_only_how_to_set_one_up(program, browser_page):
    account = account_with("counselor", second_factor=False, email="new@example.org")
    page = browser_page(1440)
    sign_in(page, account)
    for address in ("/desk/clients/", "/desk/week/", "/accounts/"):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Set up a second step")
    assert page.locator("a[href*='/desk/']").count() == 0


def test_a_code_that_was_used_does_not_sign_in_again(program, browser_page, codes):
    code = codes.next()
    sign_in(browser_page(1440), program.intake.account, code)
    page = browser_page(1440)
    page.goto("/accounts/login/")
    page.fill("[name=login]", program.intake.account.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/login/code/**")
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    expect(page.locator("main")).to_contain_text("A code works once")


@pytest.mark.parametrize("address", ["/", "/help/"])
def test_leaving_a_page_quickly_leaves_no_way_back_to_it(address, program, live, browser_page, settings):
    settings.EXIT_URL = live.address("/health/live")  # no other host is asked in a test
    page = browser_page(390)
    page.goto("/week/")
    page.goto(address)
    page.locator("[data-exit]").first.click()
    page.wait_for_url("**/health/live")
    page.go_back()
    page.wait_for_url("**/week/")


def test_leaving_quickly_signs_out(program, live, browser_page, settings):
    settings.EXIT_URL = live.address("/health/live")
    client = ClientFactory(in_program=True, account=account_with("client", email="ana@example.org"))
    page = browser_page(390)
    sign_in(page, client.account)
    page.goto("/my/today/")
    page.locator("summary", has_text="Help now").first.click()
    with page.expect_request(re.compile("/accounts/logout/")):
        page.locator("[data-exit]").first.click()
    page.wait_for_url("**/health/live")
    # The beacon is on its own way: nobody waits for it, and it arrives.
    asked_again = partial(page.context.request.get, live.address("/my/today/"), max_redirects=0)
    until = time.monotonic() + 20
    while asked_again().status == 200 and time.monotonic() < until:
        pass
    page.goto("/my/today/")
    page.wait_for_url("**/accounts/login/**")
