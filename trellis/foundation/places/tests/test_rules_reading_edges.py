"""What nearly is a list, nearly a street, nearly a name: each a row or a file that was once read wrongly."""

import json

import pytest

from trellis.foundation.places.reading import NoList, read
from trellis.foundation.places.tests.lists import classic, lost, one, problems, reading, row, v1

LONG_NUMBER = "1" * 5000


@pytest.mark.parametrize("value", ["\ud800", "25:00\0", "x" * 10_000])
def test_what_no_file_can_hold_costs_no_row_and_no_report(value):
    outcome = reading(row(slug="good"), row(time=value), row(slug="dated", updated=value))
    assert [meeting.source_id for meeting in outcome.meetings] == ["good", "dated"]
    for problem in outcome.problems:
        told = json.dumps(problem.as_json(), ensure_ascii=False)
        assert told.encode()
        assert "\\u0000" not in told


@pytest.mark.parametrize("body", [f"[{LONG_NUMBER}, {{bad]", f"[{LONG_NUMBER}, {'[' * 200_000}"])
def test_a_broken_file_is_broken_whatever_else_is_in_it(body):
    with pytest.raises(NoList):
        read(body.encode())


def test_a_file_of_formats_is_told_from_the_list():
    with pytest.raises(NoList, match="file of formats"):
        reading(v1(), formats=b"<html>")
    with pytest.raises(NoList, match="no list of BMLT formats"):
        reading(v1(), formats=b"{}")
    whole = {"meetings": [], "formats": [{"id": 9, "translations": [{"key": "WC", "language": "en", "name": "x"}]}]}
    assert reading(v1(formatIds=[9]), formats=json.dumps(whole).encode()).meetings[0].types == ("WC",)


class TestShapes:
    def test_a_short_row_of_bmlt_is_one(self):
        short = {
            "id": 1,
            "name": "X",
            "day": 0,
            "startTime": "18:00",
            "duration": "01:00",
            "location_street": "1 Elm St",
        }
        assert (reading(short).format, reading(short).kept) == ("bmlt", 1)

    def test_a_place_beside_a_name_is_a_list(self):
        assert reading({"name": "By appointment", "location": "Trinity Church", "city": "Pomona"}).kept == 1

    @pytest.mark.parametrize("stranger", [{"slug": "hello", "title": {}}, {"time": "2020", "level": "x"}])
    def test_one_word_in_common_makes_no_list(self, stranger):
        with pytest.raises(NoList):
            reading(stranger)


class TestStreets:
    @pytest.mark.parametrize("address", [
        "Hollywood, Los Angeles, CA, USA", "Brooklyn, New York, NY 11201, USA", "Newport Beach, Orange County, CA, USA",
        "Kreuzberg, 10999 Berlin, Germany", "22000 Tijuana, Baja California, Mexico",
    ])  # fmt: skip
    def test_a_part_of_a_town_is_none(self, address):
        assert lost(formatted_address=address, location=None, latitude=None, longitude=None)[0] == "formatted_address"

    @pytest.mark.parametrize(("address", "street", "city"), [
        ("E Pacific Coast Hwy, Long Beach, CA 90803, USA", "E Pacific Coast Hwy", "Long Beach"),
        ("Broadway, Kansas City, MO, USA", "Broadway", "Kansas City"),
        ("12 Elm St, Newport Beach, Orange County, CA, USA", "12 Elm St", "Newport Beach"),
        ("Calle Mayor, Madrid, España", "Calle Mayor", "Madrid"),
    ])  # fmt: skip
    def test_a_street_without_a_number_is_one(self, address, street, city):
        found = one(formatted_address=address, location=None)
        assert (found.address, found.city) == (street, city)

    def test_a_named_place_counts_where_the_address_is_only_a_town(self):
        town = {"formatted_address": "Pomona, CA 91766, USA", "latitude": None, "longitude": None}
        assert one(location="St. Mark Church", **town).location == "St. Mark Church"
        assert lost(location="St. Mark Church", approximate="yes", **town)[0] == "formatted_address"
        assert lost(location="Pomona", **town)[0] == "formatted_address"
        assert lost(location="Los Angeles County", **town)[0] == "formatted_address"


def test_nothing_in_a_list_of_days_is_a_bad_day():
    assert problems(row(day=[1, None])) == [("day", None, True)]
    assert problems(row(day=[1, ""])) == [("day", "", True)]
    assert reading(row(day=[None, ""], time=None)).meetings[0].day is None


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "<Women only>", "<svg/onload=alert(1)>"])
def test_a_name_of_nothing_but_markup_is_shown_as_text(name):
    assert one(name=name).name == name


def test_a_type_may_be_written_out():
    assert lost(types=["Temporarily Closed"])[0] == "types"


def test_what_closes_the_place_is_named():
    closed = v1(temporarilyVirtual=True, formatIds=[])
    assert problems(closed) == [("temporarilyVirtual", True, False)]


def test_a_double_is_named_by_the_key_that_says_who_it_is():
    twice = row(slug=None, id=5)
    assert problems(twice, twice) == [("id", "5", True)]


def test_an_end_that_does_not_fit_is_told_once():
    assert problems(row(end_time="7:30 PM")) == [("end_time", "7:30 PM", True)]
    assert problems(row(end_time="8:30 PM")) == [("end_time", "8:30 PM", True)]


def test_a_format_is_a_language_by_its_kind():
    spanish = {"id": 5, "type": "LANGUAGE", "translations": [{"key": "SP", "name": "Spanish", "language": "en"}]}
    assert reading(v1(formatIds=[5]), formats=json.dumps([spanish]).encode()).meetings[0].languages == ("es",)
    old = {"id": "5", "key_string": "SP", "name_string": "Spanish", "lang": "en", "format_type_enum": "LANG"}
    assert reading(classic(formats="SP"), formats=json.dumps([old]).encode()).meetings[0].languages == ("es",)


class TestNumbers:
    @pytest.mark.parametrize("text", ["Call Bob 555 555 0100", "Bob: 5555550100", "+44 20 7946 0958", "(555) 555 0100"])
    def test_a_telephone_in_words_is_left_out(self, text):
        assert "[…]" in one(notes=text).notes

    def test_the_number_of_a_room_stays(self):
        assert one(notes="Zoom ID: 123 456 7890, code 555").notes == "Zoom ID: 123 456 7890, code 555"
        assert one(notes="Room 2 from 7 to 8").notes == "Room 2 from 7 to 8"

    def test_nor_does_one_stand_in_a_name_a_place_or_a_report(self):
        found = one(name="Women 555-555-0100", location="Call (555) 555-0100")
        assert (found.name, found.location) == ("Women […]", "Call […]")
        assert lost(time="call 555-555-0100") == ("time", "call […]")


def test_a_report_repeats_what_the_source_said():
    assert lost(day=[8, 9]) == ("day", [8, 9])
    assert lost(day=1.5) == ("day", 1.5)
    deep = "x"
    for _ in range(900):
        deep = [deep]
    assert lost(day={"a": deep})[0] == "day"
