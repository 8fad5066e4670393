"""A consent on paper and the scan of it: now or later, judged, read by those who may read the consent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.documents import queries as documents
from trellis.foundation.documents.models import Document
from trellis.foundation.documents.reworking import clean
from trellis.foundation.documents.tests import corpus
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory, actor
from trellis.people.consent import actions, queries
from trellis.people.consent.models import Consent, ConsentScan
from trellis.people.consent.presenters import papers as presented
from trellis.people.consent.tests.factories import for_care, signed
from trellis.people.consent.tests.test_pages import at, text
from trellis.people.consent.tests.test_pages_signing import TestSigning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def on_paper(client, said=None):
    return signed(client, said, signed_on=Consent.SignedOn.PAPER, paper_place="Cabinet 2")


def photo(name="IMG_1.jpg", data=None):
    return SimpleUploadedFile(name, corpus.photograph() if data is None else data, "image/jpeg")


@pytest.fixture
def signed_paper(marisol):
    return on_paper(marisol)


class TestKeeping:
    def test_the_scan_stands_beside_the_consent_with_its_hash_and_who_and_when(self, marisol, signed_paper, clock_at):
        file = clean("x.jpg", corpus.photograph())
        scan = actions.keep_scan(by=US, consent=signed_paper, file=file)
        assert (scan.sha256, scan.by, scan.document.record) == (
            file.sha256,
            "system:test",
            f"consent:{signed_paper.pk}",
        )
        assert documents.read(scan.document) == file.data
        assert AuditEvent.objects.filter(verb="consent.keep_scan", subjects=[f"client:{marisol.pk}"]).count() == 1

    def test_a_scan_and_its_list_say_whose_they_are_and_how_many(self, marisol, signed_paper):
        row = actions.keep_scan(by=US, consent=signed_paper, file=clean("x.jpg", corpus.photograph()))
        assert row.audit_subjects == marisol.audit_subjects
        assert [one.state for one in presented([(signed_paper, 0), (signed_paper, 2)])] == [
            "The scan is missing",
            "2 files kept",
        ]

    def test_what_was_signed_on_a_screen_has_no_paper(self, marisol):
        with pytest.raises(Refused, match="signed on a screen"):
            actions.keep_scan(by=US, consent=signed(marisol), file=clean("x.jpg", corpus.picture()))
        assert not Document.objects.exists()

    @pytest.mark.parametrize("role", ["front_desk", "biller", "group_facilitator", "counselor"])
    def test_whoever_may_not_record_a_paper_keeps_none(self, signed_paper, role):
        with pytest.raises(NotPermitted):
            actions.keep_scan(by=actor(role), consent=signed_paper, file=clean("x.jpg", corpus.picture()))

    def test_there_is_an_end_to_the_pages_of_one_paper(self, signed_paper, settings):
        settings.DOCUMENTS_OF_A_RECORD = 1
        file = clean("x.jpg", corpus.picture())
        actions.keep_scan(by=US, consent=signed_paper, file=file)
        with pytest.raises(Refused, match="1 files are kept"):
            actions.keep_scan(by=US, consent=signed_paper, file=file)


class TestMissing:
    def test_a_paper_waits_until_its_scan_is_kept(self, marisol, signed_paper):
        signed(marisol, for_care())
        director = actor("clinical_director")
        assert queries.scans_missing(director) == [signed_paper]
        actions.keep_scan(by=US, consent=signed_paper, file=clean("x.jpg", corpus.picture()))
        assert queries.scans_missing(director) == []
        assert queries.papers_of(marisol) == [(signed_paper, 1)]

    def test_whoever_has_a_caseload_sees_their_own(self, signed_paper):
        assert queries.scans_missing(actor("counselor")) == []

    @pytest.mark.parametrize("number", [1, 30])
    def test_one_statement_for_any_number(self, number, statements):
        for _ in range(number):
            on_paper(ClientFactory())
        director = actor("clinical_director")
        with statements() as seen:
            assert len(queries.scans_missing(director)) == number
        assert len(seen) == 1


class TestPages:
    def test_after_a_paper_comes_its_scan(self, desk, marisol):
        way = TestSigning()
        page = way.read(desk, marisol)
        said = way.TERMS | way.SIGNED | {"step": "sign", "shown_sha256": way.shown(page)}
        paper = said | {"signed_on": "paper", "paper_place": "Cabinet 2"}
        answer = desk.post(at("sign", marisol, "specific"), paper, follow=True)
        assert "The scan is missing" in text(answer)
        assert "kept here: Cabinet 2" in text(answer)

    def test_a_photograph_is_kept_and_comes_back_as_a_file(self, desk, marisol, signed_paper):
        where = at("keep_scan", marisol, signed_paper.public_id)
        page = desk.post(where, {"file": photo()}, follow=True)
        assert "The page is kept." in text(page)
        scan = ConsentScan.objects.get()
        got = desk.get(at("scan", marisol, signed_paper.public_id, scan.public_id))
        assert (got["Content-Type"], got["Content-Disposition"]) == ("image/jpeg", 'attachment; filename="consent.jpg"')
        assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert got["Cache-Control"] == "no-store"
        assert corpus.PLACE.encode() not in got.content
        assert AuditEvent.objects.filter(verb="opened consent.read").latest("id").object == ""
        assert "1 file kept" in text(desk.get(at("sharing", marisol)))

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [(("x.jpg", b""), "is empty"), (("x.svg", b"<svg>"), "JPEG or PNG"), (("x.pdf", b"<p>"), "says one thing"),
         (("x.jpg", corpus.picture()[:-99]), "cut off"),
         (("x.jpg", b"\xff\xd8\xff" + b"x" * 10_000_000), "larger than 10 MB")],
    )  # fmt: skip
    def test_what_is_refused_says_why_and_nothing_is_kept(self, desk, marisol, signed_paper, file, sentence):
        page = desk.post(at("keep_scan", marisol, signed_paper.public_id), {"file": photo(*file)})
        assert sentence in text(page)
        assert not Document.objects.exists()
        assert Consent.objects.count() == 1

    def test_without_a_file_it_is_asked_for(self, desk, marisol, signed_paper):
        assert "Take a photograph, or choose a file." in text(
            desk.post(at("keep_scan", marisol, signed_paper.public_id))
        )

    def test_a_full_paper_says_so(self, desk, marisol, signed_paper, settings):
        settings.DOCUMENTS_OF_A_RECORD = 0
        page = desk.post(at("keep_scan", marisol, signed_paper.public_id), {"file": photo()})
        assert "0 files are kept with this already" in text(page)

    def test_far_too_much_is_not_read_to_its_end(self, desk, marisol, signed_paper):
        file = photo(data=b"\xff\xd8\xff" + b"x" * 41_000_000)
        assert desk.post(at("keep_scan", marisol, signed_paper.public_id), {"file": file}).status_code in (400, 413)

    def test_the_front_desk_reads_it_and_adds_nothing(self, client, marisol, signed_paper):
        actions.keep_scan(by=US, consent=signed_paper, file=clean("x.pdf", corpus.pdf(2)))
        browser = sign_in(client, StaffMemberFactory(account__roles=["front_desk"]).account)
        page = browser.get(at("paper", marisol, signed_paper.public_id))
        assert "File 1" in text(page)
        assert "Keep this page" not in text(page)
        scan = ConsentScan.objects.get()
        got = browser.get(at("scan", marisol, signed_paper.public_id, scan.public_id))
        assert corpus.pages_of(got.content) == 2

    def test_nobody_reads_another_paper_under_this_one(self, desk, marisol, signed_paper):
        other = on_paper(ClientFactory())
        scan = actions.keep_scan(by=US, consent=other, file=clean("x.jpg", corpus.picture()))
        assert desk.get(at("scan", marisol, signed_paper.public_id, scan.public_id)).status_code == 404
        assert desk.get(at("paper", marisol, other.public_id)).status_code == 404
        assert desk.get(at("paper", marisol, signed(marisol).public_id)).status_code == 404

    def test_a_scan_that_is_lost_is_said_plainly(self, desk, marisol, signed_paper, papers):
        scan = actions.keep_scan(by=US, consent=signed_paper, file=clean("x.jpg", corpus.picture()))
        name = scan.document.public_id
        (papers / name[:2] / name).write_bytes(b"damaged")
        page = desk.get(at("scan", marisol, signed_paper.public_id, scan.public_id), follow=True)
        assert "cannot be read from the disk" in text(page)

    def test_the_list_of_papers_without_a_scan(self, desk, marisol):
        where = reverse("consent:papers_missing")
        assert "Every paper has its scan" in text(desk.get(where))
        on_paper(marisol, for_care())
        page = text(desk.get(where))
        assert "Marisol Ruiz" in page
        assert "Cabinet 2" in page

    def test_it_reads_in_spanish(self, desk, marisol, signed_paper):
        with translation.override("es"):
            pages = [at("paper", marisol, signed_paper.public_id), reverse("consent:papers_missing")]
            first, second = (text(desk.get(where)) for where in pages)
        assert "Falta la copia" in first
        assert "Papeles sin copia" in second
