"""Who may be told: signed on a phone, asked for at the desk, looked at, taken back, and an emergency at night."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory
from trellis.people.consent.models import Consent, ConsentEnd, Disclosure, OutsideRequest


@pytest.fixture
def marisol(program: Program) -> Client:
    client = ClientFactory(chosen_name="Marisol Reyes", in_program=True, with_account=True)
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=program.therapist)
    return client


def at(name: str, *args: str) -> str:
    with translation.override("es"):
        return reverse(name, args=args)


def sign(page: Page) -> None:
    page.click("button[value=read]")
    page.fill("[name=signer_name]", "María Reyes")
    page.click("button[value=sign]")
    expect(page.locator(".message-leaf")).to_be_visible()


def ask_for_the_sister(page: Page, client: Client) -> None:
    page.goto(at("consent:ask", client.public_id))
    named = page.locator("input[name=who][value='person:Ana Ruiz']")
    if named.count():
        named.check()
    else:
        page.fill("[name=name]", "Ana Ruiz")
    page.select_option("[name=purpose]", "family_support")
    page.check("[name=information][value=attendance]")
    page.click("button[value=ask]")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_client_decides_who_is_told_and_everybody_is_held_to_it(
    width, program: Program, marisol, browser_page, axe, screenshot
):
    def seen(page: Page, name: str) -> None:
        screenshot(page, f"trust-{name}-{width}")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{page.url} scrolls sideways"
        axe(page)

    phone = browser_page(width, user=marisol.account)
    desk = browser_page(width, user=program.therapist.account)

    # given nothing is signed, the sister is told nothing
    ask_for_the_sister(desk, marisol)
    expect(desk.locator("#answer")).to_contain_text("No, esto no puede salir")
    seen(desk, "1-no")

    # when the client signs for their care, and for a sister
    phone.goto(at("my:share_for_care"))
    phone.click("button[value=read]")
    seen(phone, "2-read")
    phone.goto(at("my:share_for_care"))
    sign(phone)
    phone.goto(at("my:share"))
    phone.fill("[name=recipient_name]", "Ana Ruiz")
    sign(phone)
    seen(phone, "3-sharing")
    assert Consent.objects.filter(client=marisol, language="es").count() == 2

    # then the desk may tell her, and the client reads that it did
    ask_for_the_sister(desk, marisol)
    expect(desk.locator("#answer")).to_contain_text("Sí, esto puede salir")
    desk.check("[name=how][value=spoken]")
    desk.fill("[name=content]", "Vino el lunes")
    seen(desk, "4-yes")
    desk.click("button[value=release]")
    expect(desk.locator("h1")).to_contain_text("Diga esto, y nada más")
    seen(desk, "5-went")
    phone.goto(at("my:told_to_others"))
    expect(phone.locator("main")).to_contain_text("Ana Ruiz")
    seen(phone, "6-told")
    phone.goto(at("my:looked"))
    seen(phone, "7-looked")

    # when they take it back with one tap, nothing goes any more
    phone.goto(at("my:sharing"))
    phone.locator(".card", has_text="Ana Ruiz").locator("button").click()
    expect(phone.locator(".message-leaf")).to_contain_text("no les decimos nada más")
    assert ConsentEnd.objects.get().how == "portal"
    ask_for_the_sister(desk, marisol)
    expect(desk.locator("#answer")).to_contain_text("El consentimiento")
    assert Disclosure.objects.count() == 1

    # when a subpoena comes, the words are said, the paper is taken, and a clinician reads what was heard
    desk.goto(at("consent:asked"))
    desk.click(f"a[href='{at('consent:asked_by', 'subpoena')}']")
    expect(desk.locator("main")).to_contain_text("No puedo confirmar ni negar")
    seen(desk, "8-subpoena")
    desk.fill("[name=asker_name]", "Proceso Legal S. A.")
    desk.fill("[name=about]", "Marisol Reyes")
    desk.fill("[name=asked_for]", "Todo el expediente antes del lunes")
    desk.click("form[data-draft] button:has-text('Guardar')")
    expect(desk.locator("h1")).to_be_visible()
    assert "Marisol" not in desk.inner_text("main")
    note = OutsideRequest.objects.get()
    desk.goto(at("consent:asked_one", note.public_id))
    expect(desk.locator("main")).to_contain_text("Todo el expediente antes del lunes")
    desk.fill("[name=q]", "Marisol")
    desk.click("button[name=find]")
    desk.check(f"[name=whose][value='{marisol.public_id}']")
    desk.fill("[name=done]", "Dado a la dirección clínica.")
    seen(desk, "9-subpoena-read")
    desk.click("form button:has-text('Guardar')")
    expect(desk.locator(".message-leaf")).to_be_visible()
    phone.goto(at("my:told_to_others"))
    assert "Proceso Legal" not in phone.inner_text("main")
    assert Disclosure.objects.count() == 1

    # and at night, a hospital that cannot ask them is told what it needs
    desk.goto(at("consent:ask_on_ground", marisol.public_id, "medical_emergency"))
    desk.fill("[name=name]", "Dra. Kim")
    desk.check("[name=information][value=presence]")
    for fact in ("bona_fide", "consent_cannot_be_obtained", "recipient_is_medical_personnel"):
        desk.check(f"[name={fact}]")
    desk.click("button[value=ask]")
    desk.check("[name=how][value=spoken]")
    desk.fill("[name=content]", "Está en este programa")
    desk.click("button[value=release]")
    expect(desk.locator("main")).to_contain_text("Todavía falta anotar los datos de esta emergencia")
    desk.goto(at("consent:sharing", marisol.public_id))
    expect(desk.locator("main")).to_contain_text("Todavía falta anotar la emergencia")
    seen(desk, "10-emergency")
