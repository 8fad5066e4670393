"""ZIP codes and places, from the table that comes with the program."""

import pytest

from trellis.foundation.places import spots
from trellis.foundation.places.rules.where import Spot, miles
from trellis.foundation.places.spots import home_spot, of_zip, spot_of
from trellis.foundation.program.tests.factories import load_pomona

POMONA = Spot(34.0551, -117.7523)


@pytest.mark.parametrize("text", ["91766", " 91766-1234 ", "Pomona", "POMONA, CA", "pomona ca", "Phillips Ranch"])
def test_pomona_is_found_as_people_write_it(text):
    found = spot_of(text, POMONA)
    assert found is not None
    assert miles(POMONA, found.latitude, found.longitude) < 5


@pytest.mark.parametrize("text", ["", "00000", "123", "9176", "Narnia", "Narnia, CA", "91766 Pomona", "ca"])
def test_what_is_no_place_is_none(text):
    assert spot_of(text, POMONA) is None


def test_of_several_towns_with_one_name_the_nearest_is_meant_unless_the_state_is_said():
    near, far = spot_of("Pomona", POMONA), spot_of("Pomona, NY", POMONA)
    assert near.name == "Pomona, CA"
    assert far.name == "Pomona, NY"
    assert spot_of("Pomona") is not None  # without a home, some Pomona
    assert spot_of("Narnia") is None


@pytest.mark.parametrize("text", ["La Cañada Flintridge", "St. Louis, MO", "Ft Worth, TX", "Mount Shasta"])
def test_accents_and_short_forms_are_understood(text):
    assert spot_of(text, POMONA) is not None


def test_a_zip_code_without_coordinates_is_no_place(monkeypatch):
    import zipcodes

    of_zip.cache_clear()
    for wrong in ({"lat": "", "long": ""}, {"lat": None, "long": None}, {"lat": "0.0", "long": "0.0"}):
        monkeypatch.setattr(zipcodes, "matching", lambda code, wrong=wrong: [{"city": "X", **wrong}])
        of_zip.cache_clear()
        assert of_zip("91766") is None
    of_zip.cache_clear()


@pytest.mark.django_db
def test_home_is_where_the_program_is():
    load_pomona()
    found = home_spot()
    assert found is None or miles(POMONA, found.latitude, found.longitude) < 10


def test_what_is_warm_answers_from_memory(monkeypatch):
    spots.warm()
    monkeypatch.setattr(spots.zipcodes, "filter_by", None)
    assert spots.spot_of("Pomona, CA") is not None
