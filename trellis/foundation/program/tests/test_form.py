"""Faults of form: each with its line, its path and what to do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.foundation.program.check import check
from trellis.foundation.program.check.form import SENTENCES
from trellis.foundation.program.tests.factories import TEXT, changed, line_of

#: what is written → what is written instead, path of the fault, words of the sentence
FAULTS = [
    ('time_zone = "America/Los_Angeles"', 'time_zone = "Mars/Base"', "program.time_zone", "IANA"),
    ('level_of_care = "2.1"', 'level_of_care = "7"', "program.level_of_care", 'Use one of "2.1", "2.5".'),
    ('week_start = "mon"', 'week_start = "monday"', "program.week_start", '"mon", "tue"'),
    ("silence_days = 7", 'silence_days = "7"', "program.silence_days", "whole number without quotes"),
    ("silence_days = 7", "silence_days = 7.5", "program.silence_days", "whole number"),
    ("silence_days = 7", "silence_days = 0", "program.silence_days", "Use 1 or more."),
    ("horizon_weeks = 8", "horizon_weeks = 900", "program.horizon_weeks", "Use 52 or less."),
    ("silence_days = 7", "silence_dais = 7", "program.silence_dais", "Did you mean silence_days?"),
    ("silence_days = 7", "silence_days = 7\nxyzzy = 1", "program.xyzzy", "Remove it"),
    ('languages = ["en", "es"]', "languages = []", "program.languages", "at least 1"),
    ('languages = ["en", "es"]', 'languages = "en"', "program.languages", "list in square brackets"),
    ('languages = ["en", "es"]', 'languages = ["en", "fr"]', "program.languages[1]", '"en", "es"'),
    ('email = "help@pomona-iop.example.org"', 'email = "help at pomona"', "program.contact.email", "email address"),
    ('website = "https:', 'website = "http:', "program.contact.website", "https://"),
    ('phone = "909-555-0140"', 'phone = "555"', "program.contact.phone", "ten digits"),
    ('city = "Pomona"', 'city = " "', "program.contact.city", "empty"),
    ('city = "Pomona"', 'city = "Pomo\\u0007na"', "program.contact.city", "control characters"),
    ('city = "Pomona"', "city = true", "program.contact.city", "text in quotes"),
    ('key = "pomona"', 'key = "Pomona!"', "program.key", "small letters"),
    ('opens = "08:30"', 'opens = "8:30"', "business_hours[0].opens", "like \"17:30\""),
    ('opens = "08:30"', "opens = 08:30:00", "business_hours[0].opens", "in quotes"),
    ('opens = "08:30"', 'opens = "24:30"', "business_hours[0].opens", "23:59"),
    ("day = 1\nobserved = true", 'day = 1\nobserved = "yes"', "holidays[0].observed", "true or false"),
    ("month = 1\nday = 1", "month = 2\nday = 30", "holidays[0]", "no such day"),
    ("month = 1\nday = 1", "month = 13\nday = 1", "holidays[0].month", "Use 12 or less."),
    ("month = 1\nday = 1", "month = 1\nnth = 1", "holidays[0]", "in one way"),
    ("month = 1\nday = 1", 'date = "2026-01-01"', "holidays[0].date", "without quotes"),
    ('names = { en = "Medi-Cal", es = "Medi-Cal" }', 'names = "Medi-Cal"', "payers[0].names", "both languages"),
    ('names = { en = "Medi-Cal", es = "Medi-Cal" }', "", "payers[0].names", "Add names."),
    ("therapist = 2", "therapist = 0", "staffing.therapist", "1 or more"),
    ("therapist = 2", "plumber = 2", "staffing.plumber", '"counselor"'),
    ("individual = { minutes = 60,", "individual = 60\nx = {", "tracks[0].individual", "as a table"),
    ("capacity = 12\nindividual", "capacity = 0\nindividual", "tracks[0].capacity", "Use 1 or more."),
    ("break_after = 40", "break_after = -1", "series[1].break_after", "Use 0 or more."),
    ('start = "09:30"', 'start = "half past nine"', "series[0].start", "17:30"),
    ('text.en = "Mornings', 'text.eng = "Mornings', "pages[0].parts[0].text.en", "both languages"),
    ('[principles.secular]\nname = { en = "Acceptance", es = "Aceptación" }', "[principles.secular]",
     "principles[0].secular.name", "both languages"),
    ('key = "acceptance"', 'key = "patience"', "principles[0].key", '"acceptance"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "words"), FAULTS, ids=[f"{f[2]}: {f[3]}"[:60] for f in FAULTS])
def test_a_fault_of_form_is_said_with_its_line(old, new, path, words):
    text = changed(**{old: new})
    fault = next(f for f in check(text) if f.path == path)
    assert words in fault.sentence
    assert fault.sentence.endswith((".", "?"))
    before = TEXT[: TEXT.index(old)]
    assert abs(fault.line - (before.count("\n") + 1)) <= 5
    assert "pydantic" not in fault.sentence


def test_the_line_is_that_of_the_value():
    text = changed(**{'start = "17:30"': 'start = "25:30"'})
    fault = check(text)[0]
    assert (fault.line, fault.path) == (line_of(text, "25:30"), "series[14].start")
    assert str(fault) == f"{fault.line}: series[14].start: {fault.sentence}"


def test_all_faults_of_form_come_before_those_of_sense():
    text = changed(
        **{
            "silence_days = 7": 'silence_days = "7"',
            'opens = "08:30"': 'opens = "8:30"',
            'website = "https:': 'website = "ftp:',
            'room = "garden-room"': 'room = "attic"',
        }
    )
    assert [fault.path for fault in check(text)] == [
        "program.silence_days",
        "program.contact.website",
        "business_hours[0].opens",
        "series[3].room",
    ]


def test_a_broken_item_is_not_blamed_on_those_that_name_it():
    text = changed(**{'kind = "group"\ncapacity = 16': 'kind = "group"\ncapacity = "many"'})
    assert [fault.path for fault in check(text)] == ["rooms[0].capacity"]


def test_an_unknown_key_does_not_hide_faults_of_sense():
    text = changed(**{'kind = "group"\ncapacity = 16': 'kind = "group"\ncolor = "green"\ncapacity = 5'})
    paths = [fault.path for fault in check(text)]
    assert paths[0] == "rooms[0].color"
    assert "series[0].capacity" in paths


def test_an_unknown_key_deep_in_a_list_is_left_aside():
    text = changed(**{'closes = "21:00"': 'closes = "20:00"\nlunch = "12:00"'})
    paths = [fault.path for fault in check(text)]
    assert paths[0] == "sites[0].hours[0].lunch"
    assert "series[15].start" in paths


def test_a_misspelt_section_is_named():
    text = TEXT.replace("[[pages.parts]]", "[[pages.part]]", 1)
    assert check(text)[0].sentence == "part is not a key here. Did you mean parts? Correct it or remove it."


def test_what_pydantic_says_in_a_way_unknown_to_us_is_still_a_sentence(monkeypatch):
    monkeypatch.delitem(SENTENCES, "int_type")
    fault = check(changed(**{"silence_days = 7": 'silence_days = "7"'}))[0]
    assert fault.sentence == "This value does not fit. Input should be a valid integer."


def test_an_empty_file_says_what_to_add():
    faults = check("")
    assert {fault.path for fault in faults} >= {"program", "tracks", "series", "pages"}
    assert all(fault.line == 1 for fault in faults)
    assert "Add at least one [[tracks]]." in [fault.sentence for fault in faults]


def test_a_list_written_as_a_table_is_said():
    text = TEXT.replace("[[hour_rules]]", "[hour_rules]", 1).split("[[hour_rules]]")[0]
    fault = next(f for f in check(text) if f.path == "hour_rules")
    assert "[[hour_rules]]" in fault.sentence


def test_an_item_that_is_no_table_is_said():
    fault = next(f for f in check("series = [1]") if f.path == "series[0]")
    assert fault.sentence == "Write this item as a table with its own keys."


SYNTAX = [
    ('key = "pomona"', 'key = "pomona', "quot"),
    ('key = "pomona"', 'key "pomona"', "Write the key, then ="),
    ('key = "pomona"', "key = pomona", "Write the value after ="),
    ('key = "pomona"', 'key = "pomona" "x"', "new line"),
    ('key = "pomona"', 'key = "a"\nkey = "b"', "second time"),
    ("[program]", "[program", "Close the header"),
    ("[program]", "[program]\n[program]", "second time"),
    ("[[payers]]", "[[payers]", "Close the header"),
    ("month = 1\nday = 1", "date = 2026-02-30", ""),
]


@pytest.mark.parametrize(("old", "new", "words"), SYNTAX)
def test_what_is_not_toml_is_said_with_its_line(old, new, words):
    text = changed(**{old: new})
    (fault,) = check(text)
    assert words in fault.sentence
    assert abs(fault.line - line_of(TEXT, old)) <= 2
    assert fault.path == "file"


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    folder, latin, large = tmp_path, tmp_path / "latin.toml", tmp_path / "large.toml"
    latin.write_bytes(b'a = "x"\nb = "\xf1"\n')
    large.write_bytes(b"#" * 2_000_001)
    assert "folder" in check(folder)[0].sentence
    assert "cannot be read" in check(tmp_path / "none.toml")[0].sentence
    assert check(latin)[0].line == 2
    assert "two million" in check(large)[0].sentence


def test_a_mark_and_line_ends_of_another_system_do_not_matter(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert check(path) == []


def test_a_value_nested_without_end_is_said():
    assert "too deep" in check("a = " + "[" * 5000)[0].sentence


def test_a_text_with_half_a_character_is_said():
    assert check('a = "\ud800"')[0].path == "file"


@settings(max_examples=40)
@given(text=st.text(max_size=300))
def test_no_text_brings_the_check_down(text):
    assert all(fault.sentence and fault.line >= 1 for fault in check(text))


LINES = TEXT.splitlines()
VALUES = st.sampled_from(
    ["1", "-1", '"x"', "true", "[]", "{}", "1979-05-27", "07:32:00", "nan", '""', "[[1]]", "{ en = 1 }"]
)


@settings(max_examples=40)
@given(number=st.sampled_from([n for n, line in enumerate(LINES) if " = " in line]), value=VALUES)
def test_no_odd_value_brings_the_check_down(number, value):
    lines = [*LINES]
    lines[number] = f"{lines[number].split(' = ')[0]} = {value}"
    for fault in check("\n".join(lines)):
        assert fault.sentence
        assert "Input should" not in fault.sentence


def test_the_shipped_file_is_where_it_is_said_to_be():
    assert Path(__file__).parent.parent.joinpath("blueprints", "pomona.toml").read_text(encoding="utf-8") == TEXT
