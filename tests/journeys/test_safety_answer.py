"""An answer that does not wait: said on a phone in Spanish, on the screen of somebody on duty, answered, written down.

No worker runs.
"""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.measures.models import AlertStep, Outcome, SafetyAlert
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory

POLL = 20_000
#: what the trail holds, by when each first happened; an act within another is written before it
ACTS = ["measures.begin", "alerts.raise", "measures.answer", "measures.finish", "alerts.take", "alerts.record"]


@pytest.fixture
def marisol(program: Program) -> Client:
    client = ClientFactory(chosen_name="Marisol Reyes", in_program=True, with_account=True, language="es")
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=program.therapist)
    return client


def at(name: str, *args: str) -> str:
    with translation.override("es"):
        return reverse(name, args=args)


def answer_phq_9(phone: Page) -> None:
    """Every question "not at all", but the ninth."""
    phone.goto(at("my:questions"))
    phone.locator("form:has(input[value='phq-9']) button").click()
    phone.locator("label[for='phq9-9-1']").click()
    expect(phone.locator("#safety")).to_contain_text("988")
    for number in (*range(1, 9), 10):
        phone.locator(f"label[for='phq9-{number}-0']").click()
        expect(phone.locator(f"#kept-phq9-{number}")).to_have_text("Guardado")


def ask_c_ssrs(desk: Page) -> None:
    """Read aloud: a wish to be dead a month ago, and nothing beyond it."""
    desk.get_by_role("link", name="Hacer ahora las preguntas sobre seguridad").click()
    desk.check("input[name=way][value=aloud]")
    desk.select_option("select[name=language]", "es")
    desk.locator("main form .button.main").click()
    for item, value in (("1", 1), ("2", 0), ("6", 0)):
        desk.locator(f"label[for='cssrs-{item}-{value}']").click()
        expect(desk.locator(f"#kept-cssrs-{item}")).to_contain_text("Guardado")
    desk.locator("main form .button.main").click()


def test_from_an_answer_on_a_phone_to_what_a_clinician_did(program: Program, marisol, browser_page, axe, screenshot):
    phone, desk = (
        browser_page(390, locale="es-US", user=marisol.account),
        browser_page(1440, locale="es-US", user=program.therapist.account),
    )
    desk.clock.install()
    desk.goto(at("clients:find"))
    strip = desk.locator("#needs-now")
    expect(strip.locator("input")).to_be_attached()

    answer_phq_9(phone)
    axe(phone)
    screenshot(phone, "safety-1-card-390")
    assert SafetyAlert.objects.get().flags == ["suicidal_ideation_item"]
    for _ in range(2):
        desk.clock.run_for(POLL)
    expect(strip.locator(".notice")).to_be_visible()
    screenshot(desk, "safety-2-strip-1440")
    phone.locator("main form .button.main.big").click()
    expect(phone.get_by_role("heading", name="Gracias", exact=True)).to_be_visible()
    expect(phone.locator("main")).to_contain_text("988")
    screenshot(phone, "safety-3-done-390")
    assert Outcome.objects.get().total == 1

    strip.get_by_role("link").click()
    desk.get_by_role("link", name="Marisol Reyes").click()
    desk.get_by_role("button", name="Yo me encargo").click()
    axe(desk)
    screenshot(desk, "safety-4-alert-1440")
    ask_c_ssrs(desk)
    axe(desk)
    screenshot(desk, "safety-5-c-ssrs-1440")
    desk.goto(at("alerts:list"))
    desk.get_by_role("link", name="Marisol Reyes").first.click()
    desk.check("input[name=done][value=safe]")
    desk.fill("[name=words]", "Hablamos. Está con su hermana y tiene un plan.")
    desk.get_by_role("button", name="Anotarlo").click()
    expect(desk.locator("main")).to_contain_text("Está con su hermana")

    assert AlertStep.objects.filter(kind="done").count() == 1
    verbs = AuditEvent.objects.order_by("id").values_list("verb", flat=True)
    told = [verb for verb in verbs if verb.split(".")[0] in ("measures", "alerts")]
    assert list(dict.fromkeys(told)) == ACTS
