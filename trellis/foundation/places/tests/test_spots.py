"""ZIP codes and places, from the table that comes with the program."""

import subprocess
import sys

import pytest

from trellis.foundation.places import gazetteer, spots
from trellis.foundation.places.rules.where import Spot, miles
from trellis.foundation.places.spots import home_spot, spot_of
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


ROW = {
    "zip_code": "91766",
    "city": "Pomona",
    "state": "CA",
    "acceptable_cities": ["Phillips Rnch"],
    "lat": "34.0",
    "long": "-117.0",
}


@pytest.mark.parametrize("wrong", [{"lat": "", "long": ""}, {"lat": None, "long": None}, {"lat": "0.0", "long": "0.0"}])
def test_a_zip_code_without_coordinates_is_no_place(wrong):
    found = gazetteer.compact([ROW | wrong])
    assert found.codes.rows("91766") == found.towns.rows("pomona") == []


def test_a_town_is_in_the_middle_of_its_zip_codes():
    rows = [ROW | {"zip_code": str(91766 + n), "lat": str(34.0 + n)} for n in range(3)]
    found = gazetteer.compact(
        [*rows, ROW | {"zip_code": "10970", "state": "NY"}, ROW | {"zip_code": "09001", "state": "AE"}]
    )
    assert found.towns.rows("pomona") == [(35.0, -117.0, "Pomona, CA"), (34.0, -117.0, "Pomona, NY")]
    assert found.towns.rows("phillips rnch")[0] == (35.0, -117.0, "Phillips Rnch, CA")
    assert found.codes.rows("91768") == [(36.0, -117.0, "Pomona")]
    assert found.codes.rows("09001") == [(34.0, -117.0, "Pomona")]  # the army has codes and no towns


@pytest.mark.django_db
def test_home_is_where_the_program_is():
    load_pomona()
    found = home_spot()
    assert found is None or miles(POMONA, found.latitude, found.longitude) < 10


def test_what_is_warm_answers_from_memory(monkeypatch):
    spots.warm()
    monkeypatch.setattr(gazetteer, "opened", None)
    assert spots.spot_of("Pomona, CA") is not None


def test_the_table_of_the_package_stays_out_of_this_process():
    asked = (
        "import sys; from trellis.foundation.places import gazetteer; "
        "print(len(gazetteer.opened().codes.keys), 'zipcodes' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert int(said[0]) > 40_000
    assert said[1] == "False"
