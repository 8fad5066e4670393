"""The blueprint that ships."""

import re
from datetime import time

import pytest
from django.utils import translation

from trellis.foundation.access.roles import BY_KEY
from trellis.foundation.program.blueprints import POMONA, file_of
from trellis.foundation.program.check import check
from trellis.foundation.program.schema import PAGES, PRINCIPLES, ROLES
from trellis.foundation.program.tests.factories import TEXT, pomona


def test_it_has_no_fault():
    assert check(POMONA) == []


def test_the_evening_track_is_what_the_program_promises():
    series = pomona().series_of("evening")
    assert {s.weekday for s in series} == {"mon", "wed", "thu"}
    assert min(s.start for s in series) == time(17, 30)
    assert max(s.end for s in series) == time(20, 30)
    assert pomona().track("evening").individual.week_minutes == 60


def test_a_saturday_completes_a_track():
    assert "sat" in {s.weekday for s in pomona().series_of("weekend")}


def test_every_kind_of_group_meets_in_both_languages():
    kinds = {kind.key for kind in pomona().service_kinds} - {"individual", "recreation", "social-support"}
    for language in ("en", "es"):
        assert {s.kind for s in pomona().series if language in s.languages} >= kinds


def test_the_curricula_keep_their_number_of_topics_and_where_they_are_from():
    topics = {one.key: one.topics for one in pomona().curricula}
    assert {key: len(topics[key]) for key in topics} == {
        "early-recovery-skills": 8,
        "relapse-prevention": 32,
        "relapse-prevention-electives": 3,
        "family-education": 12,
        "social-support": 36,
        "individual": 3,
        "body-and-mind": 8,
        "twelve-step-study": 5,
        "secular-study": 5,
    }
    assert topics["early-recovery-skills"][0].status == "V"
    assert topics["individual"][0].status == "O"


def test_principles_and_pages_are_whole_and_in_order():
    assert [one.key for one in pomona().principles] == list(PRINCIPLES)
    assert [one.key for one in pomona().pages] == list(PAGES)


def test_nobody_real_is_called_or_written_to():
    for number in re.findall(r"\d{3}-\d{3}-\d{4}", TEXT):
        assert re.fullmatch(r"909-555-01\d\d", number)
    contact = pomona().program.contact
    assert contact.email.endswith(".example.org")
    assert contact.website.endswith(".example.org")


def test_texts_are_said_in_the_readers_language():
    names = pomona().track("evening-es").names
    with translation.override("es"):
        assert str(names) == "Horario de noche"
    with translation.override("en"):
        assert str(names) == "Evening track in Spanish"
    assert names.as_dict() == {"en": names["en"], "es": names["es"]}
    assert "es" in names
    assert "fr" not in names


def test_paragraphs_are_kept_and_lines_are_joined():
    text = pomona().page("iop").parts[2].text.en
    assert len(text.split("\n\n")) == 2
    assert "\n" not in text.replace("\n\n", "")


def test_roles_that_lead_are_roles_of_the_house():
    assert set(ROLES) <= set(BY_KEY)


def test_things_are_found_by_key():
    blueprint = pomona()
    assert blueprint.room("garden-room").capacity == 30
    assert blueprint.kind("process").group_max == 12
    assert blueprint.therapy("emdr").individual
    assert blueprint.curriculum("family-education").minutes == 90
    assert blueprint.payer("medi-cal").key == "medi-cal"
    assert blueprint.principle("surrender").secular.name.en == "Letting others help"
    assert blueprint.series_by_key("evening-wed-skills").net_minutes == 90
    assert blueprint.section("nothing") is None
    assert len(blueprint.holidays_in(2026)) == 11
    with pytest.raises(KeyError):
        blueprint.track("midnight")


def test_a_name_that_ships_stands_for_its_file(tmp_path, monkeypatch):
    assert file_of("pomona") == POMONA
    assert str(file_of("elsewhere")) == "elsewhere"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pomona").write_text("")
    assert str(file_of("pomona")) == "pomona"
