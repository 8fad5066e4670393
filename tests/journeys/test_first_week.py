"""The first week, end to end, in a real browser: from "I need help" to hours that both sides see grow."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import PASSWORD, Program, at, minutes, sign_in
from trellis.journey.inquiry.models import Attempt, Inquiry
from trellis.journey.schedule.models import Attendance, AttendanceUndo
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client

REASON = "Ninety days of evenings fit their work; they have support at home and want to come."


def next_question(page: Page) -> None:
    page.locator("form#inquiry button.main").click()


def ask_for_help(page: Page) -> None:
    """In Spanish, without JavaScript: five small pages, no account, no cookie."""
    page.goto("/es/")
    page.locator("a#ask-for-help").click()
    page.check("form#inquiry [name=for_whom][value=self]")
    next_question(page)
    page.fill("[name=name]", "Marisol Reyes")
    page.fill("[name=telephone]", "(909) 555-0142")
    next_question(page)
    page.check("[name=may_leave_message][value=True], [name=may_leave_message][value=yes]")
    page.check("[name=may_text][value=False], [name=may_text][value=no]")
    next_question(page)
    page.check("[name=language][value=es]")
    next_question(page)
    page.fill("[name=words]", "Quiero dejar de beber y no sé por dónde empezar.")


def looks_right(page: Page, axe) -> None:
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{page.url} scrolls sideways"
    axe(page)


@pytest.mark.browser_pg
@pytest.mark.parametrize("width", [390, 1440])
def test_from_asking_for_help_to_a_week_of_attended_hours(
    width, program: Program, browser_page, codes, clock_at, axe, screenshot
):
    def seen(page: Page, name: str) -> None:
        screenshot(page, f"first-week-{name}-{width}")
        if page.context != visitor.context:
            looks_right(page, axe)

    # given somebody who asks for help in Spanish, in a browser without JavaScript
    visitor = browser_page(width, locale="es-US", javascript=False)
    ask_for_help(visitor)
    seen(visitor, "1-ask")
    next_question(visitor)
    visitor.wait_for_url("**/es/help/thanks/**")
    seen(visitor, "2-thanks")
    assert "Marisol" not in visitor.content()
    assert visitor.context.cookies() == []

    # when they go back and send again
    visitor.go_back()
    first_stamp = visitor.locator("[name=stamp]").get_attribute("value")
    next_question(visitor)
    visitor.wait_for_url("**/es/help/thanks/**")
    visitor.goto("/es/help/")
    assert visitor.locator("[name=stamp]").get_attribute("value") != first_stamp
    # then it is still one inquiry
    assert Inquiry.objects.count() == 1
    inquiry = Inquiry.objects.get()

    # when the intake coordinator signs in, they see the person on the board
    coordinator = browser_page(width)
    sign_in(coordinator, program.intake.account, codes.next())
    coordinator.goto("/desk/inquiries/")
    card = coordinator.locator(f'[data-inquiry="{inquiry.public_id}"]')
    expect(card).to_contain_text("Marisol Reyes")
    seen(coordinator, "3-board")
    # and call them back
    card.get_by_role("link", name="Marisol Reyes").click()
    coordinator.check("[name=outcome][value=reached]")
    coordinator.fill("[name=note]", "Wants evenings. Can begin today.")
    coordinator.get_by_role("button", name="Save the call").click()
    expect(coordinator.locator("body")).to_contain_text("Written down.")
    assert Attempt.objects.get(inquiry=inquiry).outcome == "reached"
    seen(coordinator, "4-called")

    # when they are admitted to the evening track on one page, with nothing typed again
    coordinator.get_by_role("link", name="Admit").click()
    expect(coordinator.locator("[name=chosen_name]")).to_have_value("Marisol Reyes")
    coordinator.fill("[name=born_on]", "1992-03-14")
    coordinator.select_option("[name=payer]", index=1)
    coordinator.fill("[name=reason]", REASON)
    coordinator.select_option("[name=clinician]", program.therapist.public_id)
    coordinator.check("[name=track][value=evening]")
    seen(coordinator, "5-admit")
    coordinator.get_by_role("button", name="Admit and enroll").click()
    coordinator.wait_for_url("**/admitted/**")
    expect(coordinator.locator("main")).to_contain_text("Skills group")
    seen(coordinator, "6-admitted")
    client = Client.objects.get()
    assert client.language == "es"

    # when the client accepts the invitation that the desk hands over
    coordinator.get_by_role("link", name="Set up a sign-in").click()
    coordinator.get_by_role("button", name="Make the link").click()
    link = coordinator.locator("main code").inner_text()
    phone = browser_page(width, locale="es-US")
    phone.goto(re.sub(r"^https?://[^/]+", "", link))
    phone.fill("[name=username]", "rio.azul7")
    phone.fill("[name=password1]", PASSWORD)
    phone.fill("[name=password2]", PASSWORD)
    seen(phone, "7-invitation")
    phone.locator("main button.main").click()
    # then they see Today, in Spanish, with the group that is next
    phone.wait_for_url("**/es/my/today/")
    expect(phone.locator("main")).to_contain_text("Grupo de habilidades")
    before = minutes(phone)
    assert before["attended"] == 0
    assert before["planned"] >= 90
    seen(phone, "8-today")

    # when the group has begun, the facilitator takes attendance: late, undone, late again
    clock_at(at(17, 42))
    facilitator = browser_page(width)
    sign_in(facilitator, program.facilitator.account, codes.next())
    facilitator.goto(f"/desk/groups/{program.group.public_id}/room/")
    person = facilitator.locator(f'[data-person="{client.public_id}"]')
    expect(person).to_have_attribute("data-state", "none")
    person.locator('[data-mark="late"]').click()
    expect(person).to_have_attribute("data-state", "late")
    settled(person, marks=1)
    person.locator("[data-undo]").click()
    expect(person).to_have_attribute("data-state", "none")
    settled(person, marks=1)
    person.locator('[data-mark="late"]').click()
    settled(person, marks=2)
    seen(facilitator, "9-room")
    # then both marks and the undo stand beside each other
    assert Attendance.objects.filter(client=client).count() == 2
    assert AttendanceUndo.objects.count() == 1
    late = Attendance.objects.filter(client=client).order_by("pk").last()
    assert (late.state, late.arrived_late_minutes) == ("late", 12)

    # then the hours move on both sides
    clock_at(at(19, 5))
    sign_in(phone, Account.objects.get(username="rio.azul7"))
    phone.goto("/es/my/today/")
    after = minutes(phone)
    assert after["attended"] == 90 - 12
    assert after["planned"] == before["planned"]
    seen(phone, "10-today-after")
    therapist = browser_page(width)
    sign_in(therapist, program.therapist.account, codes.next())
    therapist.goto(f"/desk/clients/{client.public_id}/minutes/")
    assert minutes(therapist)["attended"] == 78
    seen(therapist, "11-minutes")


def settled(person, *, marks: int) -> None:
    """Sent, and kept: the server holds so many marks of them."""
    expect(person).not_to_have_attribute("data-pending", re.compile(".*"))
    expect(person).to_have_attribute("data-marks", str(marks))
