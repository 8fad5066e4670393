"""Where a meeting is: place, way in, attendance, coordinates, zone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.reading import addresses, points, sentences, zones
from trellis.foundation.places.tests.lists import classic, lost, one, problems, reading, row, v1

LINK = {"conference_url": "https://zoom.us/j/1"}
NOWHERE = {"formatted_address": None, "location": None, "latitude": None, "longitude": None}


def a(**changes):
    """A row that says nothing about place or way in, but what is given."""
    return row(**NOWHERE | changes)


@pytest.mark.parametrize("place", [
    {"address": "676 N Gibbs St"},
    {"formatted_address": "676 N Gibbs St, Pomona, CA 91767, USA"},
    {"location": "Josh's house", "city": "San Francisco"},
    {"latitude": 34.06, "longitude": -117.75},
    {"address": "676 N Gibbs St", "approximate": "yes"},
    {"location": "UC Irvine", "formatted_address": "Irvine, CA 92697, USA", "approximate": "no"},
])  # fmt: skip
def test_a_place_is_where_somebody_could_go(place):
    (meeting,) = reading(a(**place)).meetings
    assert meeting.attendance == "in_person"


@pytest.mark.parametrize("place", [
    {},
    {"city": "Pomona"},
    {"formatted_address": "Pomona, CA 91767, USA"},
    {"formatted_address": "Orange County, CA, USA", "location": "Somewhere"},
    {"formatted_address": "Cuttyhunk Island, Gosnold, MA 02713, USA", "approximate": "yes"},
    {"location": "Church", "approximate": True},
    {"latitude": 34.06, "longitude": -117.75, "approximate": "yes"},
    {"latitude": 0, "longitude": 0},
    {"location": "Zoom"}, {"location": "Online Meeting"}, {"address": "virtual"},
    {"address": "Pomona", "city": "Pomona"},
    {"address": "Main Street", "approximate": "yes"},
])  # fmt: skip
def test_a_city_alone_is_no_place(place):
    outcome = reading(a(**place))
    assert [(p.problem, p.kept) for p in outcome.problems] == [(sentences.NOWHERE, False)]
    (meeting,) = reading(a(**place, **LINK)).meetings
    assert meeting.attendance == "online"
    assert not meeting.placed


@pytest.mark.parametrize("no_way", [{"email": "a@b.org"}, {"website": "https://a.test"}, {"notes": "https://zoom.us/j/1"},
                                    {"conference_url_notes": "ID 1"}])  # fmt: skip
def test_mail_website_and_notes_are_no_way_in(no_way):
    assert reading(a(**no_way)).kept == 0


def test_a_dial_in_number_is_a_way_in():
    (meeting,) = reading(a(conference_phone="6699006833")).meetings
    assert meeting.attendance == "online"


def test_place_and_way_in_are_hybrid_unless_the_source_says_otherwise():
    assert one(**LINK).attendance == "hybrid"
    assert one(**LINK, attendance_option="hybrid").attendance == "hybrid"
    assert one(**LINK, attendance_option="in_person").attendance == "in_person"
    assert one(**LINK, attendance_option="online").attendance == "online"
    assert one(attendance_option="hybrid").attendance == "in_person"
    assert one(attendance_option="anything").attendance == "in_person"


def test_what_meets_online_only_and_gives_no_way_in_is_not_kept():
    assert lost(attendance_option="online") == ("attendance_option", "online")
    assert problems(v1(venueType=2)) == [("venueType", 2, False)]


def test_a_closed_place_is_none():
    assert lost(types=["O", "TC"]) == ("types", ["O", "TC"])
    meeting = one(types=["TC"], **LINK)
    assert (meeting.attendance, meeting.closed, meeting.placed) == ("online", True, False)
    assert problems(v1(temporarilyVirtual=True)) == [("temporarilyVirtual", True, False)]
    (meeting,) = reading(v1(temporarilyVirtual=True, virtual_meeting_link="https://zoom.us/j/1")).meetings
    assert meeting.attendance == "online"


@pytest.mark.parametrize("gone", [{"attendance_option": "inactive"}, {"archived": True}, {"archived": "yes"},
                                  {"inactive": 1}, {"published": False}, {"published": "0"}])  # fmt: skip
def test_what_does_not_meet_now_is_not_kept(gone):
    assert lost(**gone)[0] == next(iter(gone))


def test_what_is_not_archived_is_kept():
    assert problems(row(archived=False, inactive="no", published=True)) == []


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("whole", "parts"), [
    ("3186 Pullman St, Costa Mesa, CA 92626, USA", ("3186 Pullman St", "Costa Mesa", "CA", "92626", "USA")),
    ("Lincoln Building, 1425 E Lincoln Ave, Anaheim, CA 92805, USA",
     ("Lincoln Building, 1425 E Lincoln Ave", "Anaheim", "CA", "92805", "USA")),
    ("123 Main St, Anytown, OK 12345", ("123 Main St", "Anytown", "OK", "12345", "")),
    ("12 High St, Reno, Nevada 89501, USA", ("12 High St", "Reno", "NV", "89501", "USA")),
    ("San Jose, CA, USA", ("", "San Jose", "CA", "", "USA")),
    ("Orange County, CA, USA", ("", "", "CA", "", "USA")),
    ("CA, USA", ("", "", "CA", "", "USA")),
    ("1 Yonge St, Toronto, ON M5E 1W7, Canada", ("1 Yonge St", "Toronto", "ON", "M5E 1W7", "Canada")),
    ("Hauptstraße 5, 10115 Berlin, Germany", ("Hauptstraße 5", "Berlin", "", "10115", "Germany")),
    ("10115 Berlin, Germany", ("", "Berlin", "", "10115", "Germany")),
    ("Mitte, Berlin, Germany", ("", "Mitte", "", "", "Germany")),
    ("Georgia", ("", "Georgia", "", "", "")),
    ("12 Main St", ("12 Main St", "", "", "", "")),
    ("USA", ("", "", "", "", "USA")),
    (" , ", ("", "", "", "", "")),
])  # fmt: skip
def test_an_address_in_one_line_is_taken_apart(whole, parts):
    found = addresses.taken_apart(whole)
    assert (found.street, found.city, found.state, found.postal_code, found.country) == parts


@given(st.text(max_size=80))
def test_no_address_crashes(wild):
    addresses.taken_apart(wild)


def test_fields_of_their_own_count_before_the_whole():
    meeting = one(city="Claremont", state="CA", postal_code="91711", address="1 First St")
    assert (meeting.address, meeting.city, meeting.postal_code) == ("1 First St", "Claremont", "91711")


# --- coordinates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [{"latitude": 95}, {"latitude": "north"}, {"longitude": 181}, {"longitude": None},
                                 {"latitude": 0, "longitude": 0}, {"latitude": True}, {"latitude": [34]},
                                 {"latitude": "1e999"}, {"latitude": 10**400}])  # fmt: skip
def test_coordinates_that_are_no_place_on_earth_are_left_empty(bad):
    meeting = one(**bad)
    assert (meeting.point, meeting.placed) == (None, False)
    assert [problem[2] for problem in problems(row(**bad))] == [True]


def test_half_a_pair_names_the_half_that_is_there():
    assert problems(row(latitude=None)) == [("longitude", -117.7506, True)]


def test_coordinates_may_be_text():
    assert one(latitude="34.0632", longitude=" -117.7506").point == (34.0632, -117.7506)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_distances_are_the_same_both_ways_and_never_longer_than_half_the_earth(lat, lon, lat2, lon2):
    there, back = points.kilometres((lat, lon), (lat2, lon2)), points.kilometres((lat2, lon2), (lat, lon))
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


def test_a_known_distance():
    assert points.kilometres((34.0522, -118.2437), (34.0551, -117.7500)) == pytest.approx(45.5, abs=0.2)


def berlin(number, **changes):
    place = {"latitude": 52.5 + number / 1000, "longitude": 13.4, "location_province": "Berlin",
    "location_nation": "DE",
             "location_municipality": "Berlin", "location_postal_code_1": "10115"}  # fmt: skip
    return v1(**{"id": number, **place, **changes})


def test_a_list_of_berlin_has_no_meeting_in_los_angeles():
    angeles = {"latitude": 34.2355342, "longitude": -118.5636597}
    default = {"latitude": 34.235918, "longitude": -118.563659}
    outcome = reading(*map(berlin, range(6)), berlin(6, **angeles), berlin(7, **default))
    assert [meeting.placed for meeting in outcome.meetings] == [True] * 6 + [False] * 2
    assert [meeting.zone for meeting in outcome.meetings] == ["Europe/Berlin"] * 6 + [""] * 2
    assert outcome.problems == []
    assert outcome.meetings[6].point == (34.2355342, -118.5636597)


def test_the_default_of_a_server_is_no_place_even_alone():
    (meeting,) = reading(v1(latitude=34.235918, longitude=-118.563659)).meetings
    assert not meeting.placed
    assert meeting.zone == "America/Los_Angeles"  # of its state


def test_a_list_from_all_over_has_no_middle():
    cities = [(34, -118), (52.5, 13.4), (-33.9, 151.2), (40.7, -74)]
    assert points.middle_of(cities) is None
    assert points.middle_of(cities[:2]) is None
    assert [
        m.placed for m in reading(*(v1(id=n, latitude=a, longitude=o) for n, (a, o) in enumerate(cities))).meetings
    ] == [True] * 4


def test_approximate_coordinates_place_nothing():
    meeting = one(approximate="yes", **LINK)
    assert (meeting.approximate, meeting.placed) == (True, False)
    meeting = one(formatted_address="Pomona, CA, USA", **LINK)
    assert (meeting.approximate, meeting.placed, meeting.attendance) == (True, False, "hybrid"), "a church in Pomona"


# --- zones ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "read"), [("America/New_York", "America/New_York"), ("america/new_york",
"America/New_York"),
                                             ("UTC", "UTC"), ("Europe/Kiev", "Europe/Kiev")])  # fmt: skip
def test_the_zone_of_the_source_counts_first(given, read):
    assert one(timezone=given).zone == read


@pytest.mark.parametrize("given", ["Mars/Olympus", "PST", "../../etc/passwd", 8, ["UTC"], "Etc/GMT+8"])
def test_a_zone_that_is_none_is_reported_and_found_from_the_place(given):
    assert one(timezone=given).zone == "America/Los_Angeles"
    assert [problem[0] for problem in problems(row(timezone=given))] == ["timezone"]


@pytest.mark.parametrize(("lat", "lon", "zone"), [
    (34.05, -117.75, "America/Los_Angeles"), (32.53, -117.03, "America/Tijuana"), (52.52, 13.4, "Europe/Berlin"),
    (36.1, -110.3, "America/Denver"), (33.45, -112.07, "America/Phoenix"), (40.4, -86.9,
    "America/Indiana/Indianapolis"),
    (30.0, -150.0, ""),
])  # fmt: skip
def test_coordinates_say_in_which_zone(lat, lon, zone):
    assert zones.of_point((lat, lon)) == zone


@pytest.mark.parametrize(("place", "zone"), [
    ({"state": "CA", "city": "Pomona"}, "America/Los_Angeles"),
    ({"state": "California"}, "America/Los_Angeles"),
    ({"state": "TX"}, ""),
    ({"state": "TX", "postal_code": "79901"}, "America/Denver"),
    ({"state": "TX", "postal_code": "75201-1234"}, "America/Chicago"),
    ({"state": "TX", "postal_code": "10115"}, ""),
    ({"state": "TX", "postal_code": "x"}, ""),
    ({"postal_code": "79901"}, ""),
    ({"state": "DE", "country": "Deutschland"}, ""),
    ({"state": "Berlin"}, ""),
    ({"formatted_address": "Orange County, CA, USA", "latitude": 33.7, "longitude": -117.8}, "America/Los_Angeles"),
    ({"formatted_address": "Texas, USA", "latitude": 31.9, "longitude": -99.9}, ""),
    ({"formatted_address": "United States", "latitude": 37.1, "longitude": -95.7}, ""),
    ({"formatted_address": "Amarillo, TX, USA", "latitude": 35.2, "longitude": -101.8}, "America/Chicago"),
    ({"state": "HI", "latitude": 30.0, "longitude": -150.0}, "Pacific/Honolulu"),
    ({}, ""),
])  # fmt: skip
def test_unknown_is_empty_and_never_a_guess(place, zone):
    (meeting,) = reading(a(**place, **LINK)).meetings
    assert meeting.zone == zone


def test_states_in_one_zone_are_known_to_the_table_of_zip_codes_as_such():
    import zipcodes

    seen: dict[str, set[str]] = {}
    for entry in zipcodes.list_all():
        seen.setdefault(entry["state"], set()).add(entry["timezone"])
    for state, zone in zones.ONE_ZONE.items():
        assert seen[state] == {zone}, state
        assert state in addresses.STATES


def test_classic_rows_have_their_place_too():
    (meeting,) = reading(classic()).meetings
    assert (meeting.zone, meeting.placed, meeting.address) == ("America/Los_Angeles", True, "676 N Gibbs St")
