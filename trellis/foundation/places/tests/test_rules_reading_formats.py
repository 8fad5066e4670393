"""Types, languages, identity; BMLT in its shapes; what is a list at all."""

import json

import pytest

from trellis.foundation.places.reading import LIMIT_BYTES, NoList, codes, read, sentences, source
from trellis.foundation.places.tests.lists import classic, lost, one, problems, reading, row, v1


def format_(number, key, name="", world=None, language="en"):
    return {"id": number, "worldId": world,
            "translations": [{"key": key, "name": name, "language": language}]}  # fmt: skip


def shared_format(number, key, name="", world="", language="en"):
    return {"id": str(number), "key_string": key, "name_string": name, "world_id": world, "lang": language}


FORMATS = [
    format_(17, "O", "Open", "OPEN"), format_(9, "ES", "Espanol", "LANG"), format_(49, "L/R", "Lithuanian/Russian",
    "LANG"),
    format_(54, "VM", "Virtual Meeting", "VM"), format_(55, "TC", "Temporarily Closed", "TC"),
    format_(56, "HY", "Hybrid", "HYBR"), format_(27, "St", "Step", "STEP"),
]  # fmt: skip
DEFINED = json.dumps(FORMATS).encode()


# --- Meeting Guide ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "types"), [
    (["O", "W"], ("O", "W")), ("C", ("C",)), ("[open]", ("OPEN",)), ("O,D", ("O", "D")), ('["O","W"]', ("O", "W")),
    (["o", "O", "12x12"], ("O", "12X12")), ([11, None, ""], ("11",)), (11, ("11",)), ([], ()), (None, ()),
])  # fmt: skip
def test_types_are_a_list_or_a_text_and_upper_case(given, types):
    assert one(types=given).types == types


def test_an_unknown_code_is_kept_and_reported_once_a_row():
    assert problems(row(types=["O", "ONL", "onl", "ZZ"])) == [("types", "ONL", True), ("types", "ZZ", True)]
    assert one(types=["ONL"]).types == ("ONL",)


def test_what_is_no_code_is_left_out():
    assert problems(row(types=["O", {"a": 1}, True])) == [("types", '{"a": 1}', True), ("types", True, True)]
    assert one(types={"a": 1}).types == ()


def test_a_row_has_no_more_types_than_somebody_reads():
    given = [f"Z{number}" for number in range(100)]
    assert len(one(types=given).types) == 60
    assert ("types", 100, True) in problems(row(types=given))
    assert len(one(types=["Z" * 400]).types[0]) == 40


def test_languages_come_from_languages_or_from_types():
    assert one(types=["S", "EN", "O"]).languages == ("es", "en")
    assert one(types=["S"], languages=["fa", "EN", "pt-br", "zh_hant"]).languages == ("fa", "en", "pt-BR", "zh-Hant")
    assert one(languages="es").languages == ("es",)
    assert one(languages=["english please", 5, {"a": 1}]).languages == ()
    assert problems(row(languages=["en", "?!"])) == [("languages", "?!", True)]
    assert one().languages == ()


def test_the_official_list_is_the_one_of_the_data(shared):
    official = json.loads((shared / "data/meetings/meeting-types-i18n.json").read_text())
    assert {code.upper() for code in official} == codes.OFFICIAL
    assert codes.LANGUAGES.keys() <= codes.OFFICIAL


# --- identity ---------------------------------------------------------------------------------------------------------


def test_identity_is_id_day_and_time():
    same = one().identity
    assert one(name="Other", types=["O"], end_time="20:00").identity == same
    assert len({same, one(slug="b").identity, one(day=5).identity, one(time="19:31").identity}) == 4


def test_doubles_are_kept_and_reported():
    outcome = reading(row(), row(name="Again"), row(day=5))
    assert [(p.row, p.field, p.value, p.kept) for p in outcome.problems] == [(1, "slug", "saturday", True)]
    assert outcome.problems[0].problem == sentences.TWICE
    assert outcome.meetings[0].identity == one().identity


def test_an_id_may_be_a_number_wrapped_or_missing():
    assert one(slug=254).source_id == "254"
    assert one(slug=None, _id={"$oid": "6a19"}).source_id == "6a19"
    assert one(slug=None, id=9).source_id == "9"
    assert one(slug=None).source_id == ""
    nameless = reading(row(slug=None), row(slug=None, name="Another"), row(slug=None))
    assert [problem.row for problem in nameless.problems] == [2]


def test_a_long_id_is_cut_and_stays_its_own():
    one_id, other = one(slug="a" * 300).source_id, one(slug="a" * 299 + "b").source_id
    assert one_id != other
    assert len(one_id) <= 200


def test_the_digest_tells_what_a_reader_could_notice():
    assert one().digest == one(author="x").digest
    assert one().digest != one(notes="New").digest
    assert reading(row(day=[1, 2])).meetings[0].digest != one(day=1).digest


# --- BMLT -------------------------------------------------------------------------------------------------------------


def test_v1_and_classic_say_the_same():
    first = reading(v1(formatIds=[17]), formats=DEFINED).meetings[0]
    second = reading(classic(formats="O")).meetings[0]
    assert first.content()[:8] == second.content()[:8]
    assert (first.duration, first.end_time, first.day) == (90, 1260, 6)


def test_format_ids_resolve_and_the_case_of_keys_stays():
    outcome = reading(v1(formatIds=[17, 27, 9, 49, 99]), formats=DEFINED)
    assert outcome.meetings[0].types == ("O", "St", "ES", "L/R", "99")
    assert outcome.meetings[0].languages == ("es", "lt", "ru")
    assert [(p.field, p.value, p.problem) for p in outcome.problems] == [
        ("formatIds", "99", sentences.FORMAT_UNRESOLVED)
    ]


def test_without_formats_every_id_stays_as_text():
    assert problems(v1(formatIds=[17, {"a": 1}])) == [("formatIds", '{"a": 1}', True), ("formatIds", "17", True)]


def test_meetings_and_formats_come_in_one_document():
    body = json.dumps({"meetings": [v1(formatIds=[9])], "formats": FORMATS}).encode()
    assert read(body).meetings[0].types == ("ES",)
    assert read(body, formats=b"[]").meetings[0].types == ("9",)
    body = json.dumps({"meetings": [classic(formats="ES,QQ")], "formats": [shared_format(9, "ES", "Espanol", "LANG")]})
    outcome = read(body.encode())
    assert (outcome.meetings[0].types, outcome.meetings[0].languages) == (("ES", "QQ"), ("es",))
    assert [(p.field, p.value, p.problem) for p in outcome.problems] == [("formats", "QQ", sentences.CODE_UNKNOWN)]


def test_classic_rows_may_name_formats_by_id_alone():
    given = json.dumps([shared_format(9, "ES", "Espanol", "LANG"), shared_format(9, "ESP", "Español", "LANG", "es"),
                        shared_format(1, "", ""), "junk", {"id": 2, "translations": ["x",
                            {"key": ""}]}]).encode()  # fmt: skip
    outcome = reading(classic(formats="", format_shared_id_list="9,12"), formats=given)
    assert outcome.meetings[0].types == ("ES", "12")
    assert [problem.field for problem in outcome.problems] == ["format_shared_id_list"]
    assert reading(classic(formats="", format_shared_id_list="")).meetings[0].types == ()


def test_the_english_key_counts():
    spanish_first = [{"id": 1, "translations": [{"key": "A", "language": "es"}, {"key": "B", "language": "en"}]}]
    assert reading(v1(formatIds=[1]), formats=json.dumps(spanish_first).encode()).meetings[0].types == ("B",)


def test_keys_that_bmlt_ships_say_their_language_undefined():
    (meeting,) = reading(classic(formats="ES,ENG,TC", virtual_meeting_link="https://zoom.us/j/1")).meetings
    assert (meeting.languages, meeting.closed, meeting.attendance) == (("es", "en"), True, "online")


LINK = {"virtual_meeting_link": "https://zoom.us/j/1"}


@pytest.mark.parametrize(("venue", "attendance"), [(1, "in_person"), (2, "online"), ("3", "hybrid"), (None, "hybrid")])
def test_the_venue_says_how_one_comes(venue, attendance):
    assert reading(v1(venueType=venue, **LINK)).meetings[0].attendance == attendance


def test_formats_say_it_where_the_venue_does_not():
    assert reading(v1(venueType=None, formatIds=[54], **LINK), formats=DEFINED).meetings[0].attendance == "online"
    assert reading(classic(venue_type="", formats="HY", **LINK)).meetings[0].attendance == "hybrid"
    assert problems(v1(formatIds=[55]), formats=DEFINED) == [("formatIds", [55], False)]


def test_bmlt_keeps_no_person():
    given = {
        "contact_name_1": "Jane",
        "contact_phone_1": "909-555-0100",
        "contact_email_1": "j@x.org",
        "email": "j@x.org",
    }
    kept = repr(reading(v1(**given)).meetings)
    assert "Jane" not in kept
    assert "j@x" not in kept


def test_languages_are_found_in_names():
    assert codes.languages_named("American Sign Language") == ("ase",)
    assert codes.languages_named("English speaking") == ("en",)
    assert codes.languages_named("Bi-Lingual") == ()


# --- is it a list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [
    b"", b"  \n", b"<!DOCTYPE html><html></html>", b"Time,Day\n1,2", b'[{"slug": "a"}] stray', b"[" * 100_000,
    '[{"name": "caf\u00e9"}]'.encode("latin-1"), '[{"slug": "a"}]'.encode("utf-16"), b"5", b'"text"', b"null",
    b'{"O": {"en": "Open"}}', b'[{"id": 1, "translations": []}]', b'[{"id": 1, "name": "Area", "type": "AS"}]',
    b"[1, 2]", b"[{}]", b'{"meetings": 5}', b'[{"key_string": "O", "id": "1"}]',
])  # fmt: skip
def test_what_is_no_list_is_refused_with_one_sentence(body):
    with pytest.raises(NoList, match=r"^It is .*\.$"):
        read(body)


def test_a_list_that_is_too_large_is_not_looked_at():
    with pytest.raises(NoList, match="larger than 60 MB"):
        read(bytes(LIMIT_BYTES + 1))


def test_a_format_that_was_asked_for_is_not_another():
    with pytest.raises(NoList, match="in the format bmlt"):
        reading(row(), format="bmlt")
    assert reading(row(), format="meeting-guide").format == "meeting-guide"
    assert reading(v1(), format="bmlt").format == "bmlt"


def test_formats_that_are_none_are_refused():
    with pytest.raises(NoList, match="file of formats"):
        reading(v1(), formats=b'[{"id": 1, "name": "Area"}]')
    assert reading(v1(), formats=b"[]").kept == 1


@pytest.mark.parametrize("how", [{}, {"format": "bmlt"}])
def test_an_empty_list_reads_nothing(how):
    outcome = reading(**how)
    assert (outcome.read, outcome.kept, outcome.format, outcome.problems) == (0, 0, None, [])
    assert read(b'{"meetings": []}').format is None


def test_a_mark_of_the_encoding_and_numbers_without_end_cost_nothing():
    body = b"\xef\xbb\xbf" + json.dumps([row()]).encode()
    assert read(body).kept == 1
    body = json.dumps([row(), row(slug="b")]).replace('"day": 6', '"day": 6, "x": NaN, "y": ' + "9" * 5000).encode()
    assert read(body).kept == 2


def test_a_row_that_is_no_object_is_not_kept():
    assert problems(row(), None, 5, "x", [1]) == [
        ("", None, False),
        ("", 5, False),
        ("", "x", False),
        ("", [1], False),
    ]
    assert problems(row(), 2**70) == [("", str(2**70), False)]


def test_the_stamp_is_of_bytes_and_of_how_they_are_read():
    body = json.dumps([row()]).encode()
    stamps = {
        source.stamp_of(body),
        source.stamp_of(body, format="bmlt"),
        source.stamp_of(body, formats=b"[]"),
        source.stamp_of(b""),
    }
    assert len(stamps) == 4
    assert read(body).stamp == source.stamp_of(body)


def test_garbage_is_collected_again_afterwards():
    import gc

    reading(row())
    assert gc.isenabled()
    gc.disable()
    try:
        reading(row())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_row_may_be_lost_for_one_reason_only():
    assert lost(name="", day="x", time="25:00")[0] == "name"
    assert lost(types=["ZZ"], time="25:00", notes="x" * 9999) == ("time", "25:00")
