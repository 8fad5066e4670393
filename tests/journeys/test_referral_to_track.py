"""A hospital's file, the person who called the day before, an assessment, a recommendation, an admission, a track."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import ZONE, Program
from trellis.foundation import clock
from trellis.journey.admission.models import Admission, Assessment, LevelAssessment
from trellis.journey.admission.tests.factories import InquiryFactory
from trellis.journey.inquiry.models import Inquiry, ReferralMatch
from trellis.journey.inquiry.referral.reading import read
from trellis.journey.inquiry.rules import digits, fold
from trellis.journey.schedule.models import Enrollment
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

NOT_LESS = "Use, and surroundings that pull back."


@pytest.fixture
def hospital(shared):
    """The smallest of the synthetic histories, and who it is about."""
    file = min((shared / "data/fhir/synthea-sud").glob("*.json"), key=lambda one: one.stat().st_size)
    return file, read(json.loads(file.read_text()), now=clock.now(), zone=ZONE)["patient"]


@pytest.fixture
def called(program: Program, hospital) -> Inquiry:
    _file, patient = hospital
    name, number = patient["name"], patient["phone"][0]
    return InquiryFactory(
        name=name, name_folded=fold(name), telephone=number, telephone_digits=digits(number), language="en",
        asked_at=clock.now(),
    )  # fmt: skip


def looks_right(page: Page, axe, screenshot, name: str) -> None:
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{page.url} scrolls sideways"
    axe(page)
    screenshot(page, f"referral-{name}-{page.viewport_size['width']}")


def take_in(desk: Page, file) -> None:
    desk.goto("/desk/referrals/new/")
    desk.set_input_files("[name=file]", str(file))
    desk.get_by_role("button", name="Take in this file").click()
    expect(desk.locator("#matches")).to_be_visible()


def same_person(desk: Page, name: str) -> None:
    desk.locator("#matches").get_by_role("button", name=f"Same person: {name}").first.click()
    expect(desk.locator("#steps")).to_contain_text(name)
    desk.get_by_role("link", name="Open the inquiry").click()


def assess(desk: Page, program: Program, patient) -> None:
    """What the hospital and the caller told stands there already."""
    desk.get_by_role("link", name="Assess").click()
    expect(desk.locator("[name=chosen_name]")).to_have_value(patient["name"])
    expect(desk.locator("[name=born_on]")).to_have_value(patient["birth_date"])
    desk.select_option("[name=clinician]", program.therapist.public_id)
    desk.get_by_role("button", name="Begin the assessment").click()


def decide(clinic: Page, client: Client) -> None:
    clinic.goto(f"/desk/clients/{client.public_id}/")
    clinic.get_by_role("link", name="How much care is right").click()
    calm = {f"dimension_{number}": "0" for number in (1, 2, 3)}
    for fact, value in {**calm, "dimension_4": "2", "dimension_5": "2", "living": "steady"}.items():
        clinic.select_option(f"[name={fact}]", value)
    for dimension in ("dimension_4", "dimension_5"):
        clinic.fill(f"[name={dimension}_why]", "Uses alone at home, most evenings.")
    clinic.get_by_role("button", name="Ask the rules").click()
    expect(clinic.locator("#said")).to_contain_text(NOT_LESS)
    clinic.get_by_role("button", name="Write down what is decided").click()
    expect(clinic.locator("#level")).to_contain_text("2.1")


def admit(desk: Page, client: Client, program: Program) -> None:
    """What was decided is the reason, as a first draft; the track with a free place is chosen."""
    desk.goto(f"/desk/clients/{client.public_id}/")
    desk.locator("#assessment").get_by_role("link", name="Admit").click()
    expect(desk.locator("[name=reason]")).to_have_value(f"2.1 Intensive outpatient. {NOT_LESS}")
    desk.select_option("[name=clinician]", program.therapist.public_id)
    desk.locator("[name=track]").first.check()
    desk.get_by_role("button", name="Admit and enroll").click()
    desk.wait_for_url("**/admitted/**")


@pytest.mark.parametrize("width", [390, 1440])
def test_from_a_hospital_s_file_to_a_track(width, program, hospital, called, browser_page, axe, screenshot):
    file, patient = hospital
    desk = browser_page(width, user=program.intake.account)
    clinic = browser_page(width, user=program.therapist.account)

    take_in(desk, file)
    looks_right(desk, axe, screenshot, "1-a-minute")
    same_person(desk, patient["name"])
    assert ReferralMatch.objects.get().step == "confirmed"
    assess(desk, program, patient)
    client = Assessment.objects.get().client
    looks_right(desk, axe, screenshot, "2-record")

    decide(clinic, client)
    looks_right(clinic, axe, screenshot, "3-decided")
    assert (LevelAssessment.objects.get().level, open_episode(client)) == ("2.1", None)

    admit(desk, client, program)
    looks_right(desk, axe, screenshot, "4-admitted")
    stay = open_episode(client)
    assert stay is not None
    assert Admission.objects.get(episode=stay).inquiry is not None
    assert Enrollment.objects.filter(episode=stay).exists()
    assert Client.objects.count() == 1
