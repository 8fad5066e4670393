"""Signing on the tablet, or from a paper: the terms, the whole text, the signature."""

import re

import pytest

from trellis.foundation.access.actor import Actor
from trellis.people.clients.tests.factories import ClientFactory, LegalNameFactory
from trellis.people.consent.models import Consent
from trellis.people.consent.tests.test_pages import at, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


class TestSigning:
    TERMS = {
        "recipient_name": "Ana Ruiz", "recipient_kind": "person", "information": ["attendance"],
        "purposes": ["family_support"], "until": "treatment", "until_day": "",
    }  # fmt: skip
    SIGNED = {
        "signed_on": "our_device", "signed_by": "client", "signer_name": "Maria Ruiz Vega", "second_signer_name": "",
        "paper_place": "",
    }  # fmt: skip

    def read(self, desk, client, kind="specific", **changed):
        return desk.post(at("sign", client, kind), self.TERMS | changed | {"step": "read"})

    def shown(self, page):
        return re.search(r'name="shown_sha256" value="(\w+)"', page.content.decode())[1]

    def test_the_whole_text_then_the_signature(self, desk, marisol):
        LegalNameFactory(client=marisol, given="Maria", family="Ruiz Vega")
        page = self.read(desk, marisol)
        assert "Maria Ruiz Vega (goes by Marisol Ruiz)" in text(page)
        assert "You can take this back at any time" in text(page)
        said = self.TERMS | self.SIGNED | {"step": "sign", "shown_sha256": self.shown(page)}
        assert "Signed and kept" in text(desk.post(at("sign", marisol, "specific"), said, follow=True))
        consent = Consent.objects.get()
        assert consent.signed_on == "our_device"
        assert "You can take this back at any time" in consent.shown

    def test_words_that_were_not_shown_are_not_signed(self, desk, marisol):
        said = self.TERMS | self.SIGNED | {"step": "sign", "shown_sha256": "0"}
        assert "Read them again, then sign" in text(desk.post(at("sign", marisol, "specific"), said))
        assert not Consent.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"recipient_name": " "}, "Say who may be told."),
            ({"information": []}, "Choose what may be told."),
            ({"purposes": []}, "Choose what it is for."),
            ({"until": "day"}, "Choose until when it holds."),
            ({"until": "day", "until_day": "2020-01-01"}, "This day is over."),
            ({"until": "day", "until_day": "9999-12-31"}, "Choose a day before the year 2100."),
        ],
    )
    def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(self, desk, marisol, changed, sentence):
        page = self.read(desk, marisol, **changed)
        assert sentence in text(page)
        assert "Show the whole text" in text(page)

    def test_a_signature_without_a_name_is_asked_for(self, desk, marisol):
        page = self.read(desk, marisol)
        said = self.TERMS | self.SIGNED | {"step": "sign", "shown_sha256": self.shown(page), "signer_name": ""}
        assert "that is the signature" in text(desk.post(at("sign", marisol, "specific"), said))

    def test_the_wrong_signer_is_named(self, desk, marisol):
        page = self.read(desk, marisol)
        said = self.TERMS | self.SIGNED | {"step": "sign", "shown_sha256": self.shown(page)}
        answer = desk.post(at("sign", marisol, "specific"), said | {"signed_by": "parent_or_guardian"})
        assert "The client signs this, nobody else." in text(answer)

    def test_without_a_birth_date_nobody_signs(self, desk):
        somebody = ClientFactory(born_on=None)
        page = self.read(desk, somebody)
        said = self.TERMS | self.SIGNED | {"step": "sign", "shown_sha256": self.shown(page)}
        assert "date of birth first" in text(desk.post(at("sign", somebody, "specific"), said))

    @pytest.mark.parametrize("kind", ["tpo", "counseling_notes", "legal_proceedings", "criminal_justice"])
    def test_every_kind_can_be_read_and_signed(self, desk, marisol, kind):
        changed = {"until": "never"} if kind == "tpo" else {"until": "treatment"}
        if kind == "criminal_justice":
            changed["revocable_on"] = "2027-01-01"
        page = self.read(desk, marisol, kind, **changed)
        said = self.TERMS | changed | self.SIGNED | {"step": "sign", "shown_sha256": self.shown(page)}
        assert "Signed and kept" in text(desk.post(at("sign", marisol, kind), said, follow=True))
        assert Consent.objects.get().kind == kind

    def test_something_can_be_changed_before_signing(self, desk, marisol):
        page = desk.post(at("sign", marisol, "specific"), self.TERMS | {"step": "change"})
        assert 'value="Ana Ruiz"' in page.content.decode()

    def test_there_is_no_other_kind(self, desk, marisol):
        assert desk.get(at("sign", marisol, "whatever")).status_code == 404
