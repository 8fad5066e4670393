"""A letter: for one reader on one day, tagged, its very bytes written down, and no name in it is ever a command."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis.strategies import characters
from hypothesis.strategies import text as texts
from pypdf import PdfReader

from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.documents import queries as documents
from trellis.foundation.documents import reworking
from trellis.foundation.documents.apart import letters as typesetting
from trellis.foundation.documents.models import Document
from trellis.foundation.documents.reworking import TypesettingFailed
from trellis.foundation.documents.rules import Unfit
from trellis.foundation.program import queries as program_of
from trellis.people.consent import contents, letters
from trellis.people.consent.actions import gate, revoke, set_standing
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information, Who
from trellis.people.consent.tests.factories import signed, terms, wanted
from trellis.people.consent.tests.reading import pages, read_pdf
from trellis.people.consent.tests.test_pages import at, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def letter_for(client, name="Ana Ruiz", **changed):
    who = Recipient(Who.PERSON, name)
    signed(client, terms(recipients=(who,)))
    asked = wanted(recipient=who, information=(Information.PRESENCE, Information.ATTENDANCE), **changed)
    make = letters.writer(client, asked, program_of.zone(), US)
    return gate.disclose(by=US, client=client, wanted=asked, how="letter", make=make)


def test_the_very_bytes_are_written_down(marisol):
    row = letter_for(marisol).disclosure
    kept = documents.read(row.letter)
    assert row.content_sha256 == row.letter.sha256 == sha256(kept).hexdigest()
    assert row.letter.subject == row.subject


@pytest.mark.parametrize(("language", "mark", "kicker"), [
    ("en", "Given to Ana Ruiz on Oct. 5, 2026. For nobody else.", "For Ana Ruiz"),
    ("es", "Entregado a Ana Ruiz el 5 de octubre de 2026. Para nadie más.", "Para Ana Ruiz"),
])  # fmt: skip
def test_every_page_says_for_whom_it_is_and_since_when(marisol, language, mark, kicker):
    with translation.override(language):
        made = documents.read(letter_for(marisol).disclosure.letter)
    for page in pages(made):
        assert " ".join(page.extract_text().split()).count(mark) >= 2  # across the page, and above it
    assert kicker in pages(made)[0].extract_text()


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_tagged_and_says_its_language(marisol, language):
    with translation.override(language):
        made = PdfReader(BytesIO(documents.read(letter_for(marisol).disclosure.letter)))
    root = made.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == (language, True, True)
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert made.metadata.title


def test_what_no_longer_may_go_does_not_leave_as_a_letter_either(desk, marisol):
    row = letter_for(marisol).disclosure
    where = at("letter", marisol, row.public_id)
    assert "Marisol Ruiz is or was a client" in read_pdf(desk.get(where))
    revoke(by=US, consent=row.consent, how="voice")
    assert "This letter stays here" in text(desk.get(where, follow=True))
    signed(marisol, terms())  # a new consent lets a new letter go; this one names the old one
    assert "This letter stays here" in text(desk.get(where, follow=True))
    assert AuditEvent.objects.filter(verb="disclosure.refuse").count() == 2


def test_whoever_is_not_to_be_told_any_more_gets_no_letter(desk, marisol):
    row = letter_for(marisol).disclosure
    set_standing(
        by=US, client=marisol, deceased=False, minor_consented_alone=False, guardian_appointed=False,
        restricted=(Recipient(Who.PERSON, "Ana Ruiz"),),
    )  # fmt: skip
    assert not gate.may_still_go(marisol, row)


def test_a_letter_that_is_lost_is_said_plainly(desk, marisol, papers):
    row = letter_for(marisol).disclosure
    (papers / row.letter.public_id[:2] / row.letter.public_id).unlink()
    page = text(desk.get(at("letter", marisol, row.public_id), follow=True))
    assert "cannot be read from the disk" in page


def test_what_was_said_is_no_letter(desk, marisol):
    signed(marisol)
    said = gate.disclose(by=US, client=marisol, wanted=wanted(), how="spoken", make=letters.spoken("x")).disclosure
    assert said.letter is None
    assert desk.get(at("letter", marisol, said.public_id)).status_code == 404


def test_where_the_letter_fails_nothing_went(marisol, settings):
    settings.DOCUMENT_MEGABYTES = 20
    with pytest.raises(TypesettingFailed):
        letter_for(marisol)
    assert not Disclosure.objects.exists()
    assert not Document.objects.exists()


def test_signs_that_no_font_shows_are_refused_with_a_sentence(marisol):
    with pytest.raises(Unfit, match="cannot show every sign"):
        letter_for(marisol, "Ana \U00012000 Ruiz")
    assert not Disclosure.objects.exists()


HOSTILE = (
    '#panic("x")', '#read("/etc/passwd")', '#import "@preview/x:1.0.0"', "*bold* _it_ $x^2$ `raw`", "= Heading",
    "<label> @ref", "// gone", "/* gone */", "#{while true {}}", '"); #panic(("', "\\u{41}", "#sys.inputs",
    "https://example.org/x",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_command_is_a_name(marisol, name):
    made = documents.read(letter_for(marisol, name).disclosure.letter)
    shown = "".join("".join(page.extract_text() for page in pages(made)).split())
    assert f"For{name}".replace(" ", "") in shown.replace("“", '"').replace("”", '"')
    assert "/URI" not in made.decode("latin1")


LATIN = characters(min_codepoint=32, max_codepoint=126)


@settings(max_examples=60, deadline=None)
@given(texts(LATIN, min_size=1, max_size=60))
@example(" ")
def test_no_text_is_ever_a_command(words):
    """Whatever it is, it is shown, and the letter has the same parts."""
    data = {
        "language": "en", "title": f"For {words}", "address": words, "mark": words, "about": words, "head": words,
        "foot": words,
        "parts": [{"title": "One", "text": words, "items": [words], "language": "en"}],
    }  # fmt: skip
    made = typesetting.typeset(letters.SOURCE.read_text(), letters.printable(data))
    shown = "".join("".join(page.extract_text() for page in pages(made)).split())
    assert shown.count("".join(words.split())) >= (8 if words.strip() else 0)


def test_a_name_that_turns_the_line_around_is_made_plain():
    assert letters.printable({"a": ["Ana\u202e\u0000 \n Ruiz\u200b"]}) == {"a": ["Ana Ruiz"]}


def test_a_source_that_cannot_be_set_is_our_fault():
    with pytest.raises(TypesettingFailed):
        reworking.letter("#panic()", {})
    with pytest.raises(TypesettingFailed):
        reworking.letter('#set text(font: "No Such Font")\nx', {})
    with pytest.raises(TypesettingFailed):
        reworking.letter('#read("/etc/passwd")', {})


def test_what_goes_along_is_taught_once(monkeypatch):
    def writer(client, information):
        return ()

    monkeypatch.setattr(contents, "_beside", [])
    contents.register_beside(writer)
    contents.register_beside(writer)
    assert contents._beside == [writer]
