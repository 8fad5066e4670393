"""Text of strangers becomes plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.reading import text
from trellis.foundation.places.tests.lists import lost, one, problems, row

WILD = st.text(st.characters(codec=None), max_size=300)
HIDDEN = "\u202e\u2066\u200f\u200b\x00\x07\ud800\ufeff"


@given(WILD)
def test_nothing_invisible_and_no_control_is_left(wild):
    for clean in (text.line(wild), text.paragraphs(wild)):
        assert not set(clean) & set(HIDDEN)
        clean.encode()
        assert "\n" not in text.line(wild)
        assert clean == clean.strip()


@given(WILD)
def test_cleaning_knows_no_difference_between_plain_and_cleaned(wild):
    once = text.line(wild.replace("<", "").replace("&", "").replace("@", ""))
    assert text.line(once) == once


@pytest.mark.parametrize(("given", "read"), [
    ("Ring the bell.<br>Second floor &amp; left", "Ring the bell.\nSecond floor & left"),
    ("<p>One</p><p>Two</p>", "One\nTwo"),
    ("<script>alert(1)</script>Park <b>behind</b>", "Park behind"),
    ("a < b, and I <3 you", "a < b, and I <3 you"),
    ("one\r\n\r\n\r\n\r\ntwo\u2028three", "one\n\ntwo\nthree"),
    ("\u202eevil\u202c safe", "evil safe"),
    ("caf\u0065\u0301", "café"),
])  # fmt: skip
def test_markup_goes_and_words_stay(given, read):
    assert one(notes=given).notes == read


def test_persian_keeps_its_joiners():
    assert one(name="می\u200cخواهم").name == "می\u200cخواهم"


def test_a_name_of_ten_thousand_letters_is_cut_and_reported():
    meeting = one(name="A" * 10_000)
    assert len(meeting.name) == 250
    assert meeting.name.endswith("…")
    ((field, value, kept),) = problems(row(name="A" * 10_000))
    assert (field, len(value), kept) == ("name", 120, True)
    assert len(one(notes="word " * 9000).notes) <= 5000


@pytest.mark.parametrize("nothing", [None, "", " ", "<br>", "\u200b", [], {}, True])
def test_a_meeting_has_a_name(nothing):
    assert lost(name=nothing)[0] == "name"


def test_numbers_are_text_where_text_is_meant():
    assert (one(name=12).name, one(slug=254.0).source_id, one(postal_code=64113).postal_code) == ("12", "254", "64113")
    assert one(name=1.5).name == "1.5"


def test_persons_are_not_kept():
    meeting = one(
        contact_1_name="Jane", contact_1_phone="909-555-0100", contact_1_email="jane@example.org",
        email="x@example.org",
        notes="Call 909-555-0100 or (909) 555-0100, write jane.doe@example.org", phone="909-555-0100",
        location_notes="Ask 909.555.0100", conference_url="https://zoom.us/j/1", venmo="@jane",
        conference_url_notes="ID: 305 698 6566, write jane@example.org, dial (669) 900-9128",
    )  # fmt: skip
    kept = repr(meeting)
    for secret in ("Jane", "jane", "909-555", "(909)", "909.555", "x@example"):
        assert secret not in kept
    assert meeting.notes == "Call […] or […], write […]"
    assert meeting.online_notes == "ID: 305 698 6566, write […], dial (669) 900-9128"


def test_a_report_repeats_no_address_of_a_person():
    assert problems(row(conference_url="mailto:jane@example.org")) == [("conference_url", "mailto:[…]", True)]


@pytest.mark.parametrize("given", ["https://zoom.us/j/123?pwd=a&b=1", "http://example.org", "HTTPS://zoom.us/j/1"])
def test_links_of_the_web_are_kept(given):
    assert one(conference_url=given).online_url == given
    assert problems(row(conference_url=given)) == []


@pytest.mark.parametrize(("given", "read"), [
    ("zoom.us/j/123", "https://zoom.us/j/123"),
    ("https://zoom.us/j/ 123", "https://zoom.us/j/123"),
    ("https://zoom.us/j/123 passcode 4", "https://zoom.us/j/123"),
    ("https://zoom.us/j/1?a=1&amp;b=2", "https://zoom.us/j/1?a=1&b=2"),
])  # fmt: skip
def test_a_link_is_mended_where_it_is_clear(given, read):
    assert one(conference_url=given).online_url == read
    assert problems(row(conference_url=given)) == [("conference_url", given, True)]


@pytest.mark.parametrize("given", [
    "javascript:alert(1)", "data:text/html,x", "mailto:a", "//evil.test/x", "https://", "https://localhost/x",
    "https://zoom.us@evil.test/", "https://a.test/<script>", "https://[::1", "https://a.test:99999/", "see website",
    "https://zoom.us/j/ see notes", "https://a.test/" + "x" * 1000, "https://müller.test/", 5, True, ["https://a.test"],
])  # fmt: skip
def test_other_links_are_left_empty(given):
    assert one(conference_url=given).online_url == ""
    assert [problem[0] for problem in problems(row(conference_url=given))] == ["conference_url"]


@given(WILD)
def test_no_text_becomes_a_link_that_is_none(wild):
    link, _mended = text.link(wild)
    assert link == "" or link.lower().startswith(("https://", "http://"))


def test_a_dial_in_number_has_digits():
    assert one(conference_phone="+16699006833,,1234567890#").phone == "+16699006833,,1234567890#"
    assert one(conference_phone="see notes").phone == ""
    assert problems(row(conference_phone="see notes")) == [("conference_phone", "see notes", True)]
