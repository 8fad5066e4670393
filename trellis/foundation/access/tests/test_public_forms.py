"""What keeps a public form honest: the forms of two rooms know nothing of each other."""

import pytest

from trellis.foundation.access import public_forms
from trellis.foundation.access.public_forms import Stamps, TooMany, came_from_here, count_one


@pytest.fixture(autouse=True)
def one_window(monkeypatch):
    monkeypatch.setattr(public_forms, "_window", lambda: 7)


@pytest.mark.django_db
def test_a_stamp_is_good_once_and_for_its_own_form():
    ours, theirs = Stamps("ours"), Stamps("theirs")
    stamp = ours.new()
    assert ours.is_ours(stamp)
    assert not theirs.is_ours(stamp)
    assert not theirs.spend(stamp)
    assert ours.spend(stamp)
    assert not ours.spend(stamp)
    assert not ours.spend("made up")


@pytest.mark.django_db
def test_the_places_of_one_form_are_not_those_of_another():
    for _ in range(2):
        count_one("ours", "198.51.100.7", per_address=2, together=3)
    with pytest.raises(TooMany):
        count_one("ours", "198.51.100.7", per_address=2, together=3)
    count_one("theirs", "198.51.100.7", per_address=2, together=3)
    count_one("ours", "198.51.100.8", per_address=2, together=3)
    with pytest.raises(TooMany):
        count_one("ours", None, per_address=2, together=3)


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
    ],
)
def test_a_form_of_another_site_is_not_ours(rf, headers, ours):
    assert came_from_here(rf.post("/", headers=headers)) is ours
