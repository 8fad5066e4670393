"""The way out and back in: advised, decided, a next place, a signed summary, a month later a follow-up, and one tap."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.program import WEDNESDAY, Program, at
from trellis.foundation import clock
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import Assessment
from trellis.journey.continuity.models import ContactAgreement, DischargeSummary, FollowUpDone, Review, TransitionPlan
from trellis.journey.continuity.tests.two_years import BEGAN, two_years
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.measures.models import Outcome
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import AccountFactory, CareAssignmentFactory
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information, Purpose, Who
from trellis.people.consent.tests.factories import signed, terms

PLACE = "Valley Outpatient"
CONDITION = "Sleeps through the night. No use in eight weeks. No thoughts of death."
CHANGED = "Sleeps through the night, most nights. No use in eight weeks. No thoughts of death."


@pytest.fixture
def stayer(program: Program) -> Client:
    """Two years of weekly forms and groups; their therapist has a license."""
    client = two_years(seated_until=WEDNESDAY)
    account = AccountFactory(roles=["client"], chosen_name="Marisol Reyes", language="es")
    with writing("test"):
        client.chosen_name, client.language, client.account = "Marisol Reyes", "es", account
        client.save()
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=program.therapist, since=BEGAN)
    return client


class Pages:
    """Opened, looked at and kept as a picture."""

    def __init__(self, browser_page, axe, screenshot) -> None:
        self.open, self.axe, self.screenshot = browser_page, axe, screenshot

    def clinic(self, account: Account) -> Page:
        return self.open(1440, user=account)

    def phone(self, account: Account) -> Page:
        return self.open(390, locale="es-US", user=account)

    def look(self, page: Page, name: str) -> None:
        page.wait_for_load_state()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{page.url} scrolls sideways"
        self.axe(page)
        self.screenshot(page, f"step-down-{name}-{page.viewport_size['width']}")


@pytest.fixture
def pages(browser_page, axe, screenshot) -> Pages:
    return Pages(browser_page, axe, screenshot)


def mine(name: str) -> str:
    with translation.override("es"):
        return reverse(name)


def sure(page: Page) -> None:
    page.locator("main form .button.main").last.click()


def advised(pages: Pages, clinic: Page, client: Client) -> None:
    """Its sentences hold the figures of the record; the pictures of those stand beside a table of the same."""
    last = Outcome.objects.filter(administration__instrument="phq-9").order_by("administration__on").last()
    clinic.goto(f"/desk/clients/{client.public_id}/")
    pages.look(clinic, "01-record")
    clinic.get_by_role("link", name="What next?").first.click()
    expect(clinic.locator("main")).to_contain_text(f"to {last.total:g}")
    pages.look(clinic, "02-what-next")
    clinic.locator("label", has_text="Less care: a step down").click()
    clinic.fill("[name=words]", "We talked it through: one hour a week is enough now, near home.")
    sure(clinic)
    expect(clinic.locator("main")).to_contain_text("one hour a week is enough now")
    assert Review.objects.get().decided == "step_down"


def place_found(pages: Pages, clinic: Page, client: Client) -> None:
    clinic.goto(f"/desk/clients/{client.public_id}/transition/")
    clinic.locator("label", has_text="Step down: less care").click()
    clinic.fill("[name=place]", PLACE)
    clinic.select_option("[name=place_kind]", "outpatient")
    clinic.fill("[name=telephone]", "(909) 555-0171")
    clinic.fill("[name=appointment_on]", "2026-11-23")
    clinic.fill("[name=appointment_time]", "10:00")
    sure(clinic)
    pages.look(clinic, "03-next-place")
    clinic.get_by_role("link", name="See the steps").click()
    clinic.locator("label", has_text="Called them").click()
    clinic.fill("[name=words]", "Spoke with Ana at the desk: Monday at ten.")
    sure(clinic)
    expect(clinic.locator("main")).to_contain_text("Spoke with Ana at the desk")
    may_share(client)
    clinic.reload()
    pages.look(clinic, "04-steps")


def may_share(client: Client) -> None:
    """They sign for the new place."""
    signed(client, terms(
        recipients=(Recipient(Who.ORGANIZATION, PLACE),), purposes=(Purpose.TREATMENT,),
        information=(Information.PRESENCE, Information.DISCHARGE_SUMMARY),
    ))  # fmt: skip


def discharged(pages: Pages, clinic: Page, client: Client) -> None:
    clinic.goto(f"/desk/clients/{client.public_id}/close/")
    clinic.check("[name=reason][value=completed]")
    clinic.check("[name=kind][value=planned]")
    clinic.fill("[name=condition]", CONDITION)
    clinic.check("[name=given][value=safety_card]")
    pages.look(clinic, "05-the-end")
    sure(clinic)
    expect(clinic.get_by_role("heading", name="How a stay ended")).to_be_visible()
    expect(clinic.locator("[name=condition]")).to_have_value(CONDITION)
    expect(clinic.locator("[name=measures]")).to_have_value(re.compile(r"BAM-IOP \(use\): 6 on .*; 0 on "))
    expect(clinic.locator("[name=referrals]")).to_have_value(
        f"{PLACE}, (909) 555-0171. Appointment: Nov. 23, 2026, 10:00 am. Expected there."
    )
    pages.look(clinic, "06-drafted")
    clinic.fill("[name=condition]", CHANGED)
    sure(clinic)
    expect(clinic.locator("main")).to_contain_text("Signed by Dana Whitlock")
    pages.look(clinic, "07-signed")
    assert DischargeSummary.objects.count() == 1


def on_paper(clinic: Page, folder: Path) -> str:
    """The file as somebody saves it, kept beside the pictures."""
    with clinic.expect_download() as saved:
        clinic.get_by_role("link", name="Save as PDF").click()
    data = Path(saved.value.path()).read_bytes()
    (folder / "step-down-summary.pdf").write_bytes(data)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def arrived(pages: Pages, clinic: Page) -> None:
    clinic.goto(f"/desk/transitions/{TransitionPlan.objects.get().public_id}/")
    clinic.locator("label", has_text="They got there").first.click()
    sure(clinic)
    expect(clinic.locator("main")).to_contain_text("Seen there 5 days after the last day here.")
    pages.look(clinic, "08-arrived")


def says_yes(pages: Pages, phone: Page) -> None:
    phone.goto(mine("my:contact_after"))
    phone.check("[name=yes][value=yes]")
    phone.check("[name=by_phone]")
    phone.fill("[name=safely]", "Por la tarde, después de las cinco.")
    sure(phone)
    expect(phone.locator("main")).to_contain_text("Por la tarde")
    pages.look(phone, "09-yes")
    assert ContactAgreement.objects.get().by_phone


def answers(pages: Pages, phone: Page) -> None:
    phone.goto(mine("my:today"))
    pages.look(phone, "10-today")
    phone.locator(f"main a[href='{mine('my:follow_up')}']").first.click()
    for name, value in {"linked": "yes", "using": "yes", "home": "yes", "safe": "yes", "call": "no"}.items():
        phone.locator(f"[name={name}][value={value}]").locator("xpath=..").click()
    pages.look(phone, "11-questions")
    sure(phone)
    expect(phone.get_by_role("heading", name="Gracias")).to_be_visible()
    pages.look(phone, "12-thanks")
    assert FollowUpDone.objects.get().day == 30


def comes_back(pages: Pages, phone: Page) -> None:
    """One tap."""
    phone.locator(f"form[action='{mine('my:come_back')}'] button").click()
    expect(phone.locator("main")).to_contain_text("Ya sabemos que quiere volver")
    pages.look(phone, "13-one-tap")


def begun_again(pages: Pages, desk: Page, client: Client, program: Program) -> None:
    """Nothing of what is known is typed again: the record is behind it."""
    desk.goto("/desk/inquiries/")
    row = desk.locator("main li", has_text="Marisol Reyes").first
    expect(row).to_contain_text("Was here before")
    pages.look(desk, "14-board")
    row.get_by_role("link").first.click()
    pages.look(desk, "15-asked")
    desk.get_by_role("link", name="Assess").click()
    expect(desk.locator("main")).to_contain_text("They were here before.")
    expect(desk.locator("[name=chosen_name]")).to_have_count(0)
    desk.select_option("[name=clinician]", program.therapist.public_id)
    pages.look(desk, "16-from-the-record")
    desk.get_by_role("button", name="Begin the assessment").click()
    expect(desk.get_by_role("heading", name="Marisol Reyes")).to_be_visible()
    assert Assessment.objects.get().client == client
    assert (Client.objects.count(), Inquiry.objects.count()) == (1, 1)


def test_a_step_down_is_held_and_the_way_back_is_one_tap(program, stayer, pages, screenshot, clock_at):
    clinic = pages.clinic(program.therapist.account)
    advised(pages, clinic, stayer)
    place_found(pages, clinic, stayer)
    discharged(pages, clinic, stayer)
    said = on_paper(clinic, screenshot(clinic, "step-down-07-signed-1440").parent)
    assert CHANGED in said
    assert "Marisol Reyes" in said
    assert "Dana Whitlock" in said
    assert "Born on March 14, 1992" in said

    ended = clock.now()
    clock_at(ended + timedelta(days=5))
    arrived(pages, pages.clinic(program.therapist.account))
    says_yes(pages, pages.phone(stayer.account))

    clock_at(at(18) + timedelta(days=30))
    phone = pages.phone(stayer.account)
    answers(pages, phone)
    comes_back(pages, phone)
    begun_again(pages, pages.clinic(program.intake.account), stayer, program)
