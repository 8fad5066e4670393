"""Codes in words, in both languages; what nobody knows stays as the list wrote it."""

import json

import pytest
from django.utils.translation import override

from trellis.foundation.places import kinds


def test_a_code_means_what_its_own_format_says():
    assert kinds.type_words("meeting-guide", ["B"]) == ["Reading: the Big Book"]
    assert kinds.type_words("bmlt", ["B"]) == ["For newcomers"]
    with override("es"):
        assert kinds.type_words("bmlt", ["B"]) == ["Para quienes llegan por primera vez"]


def test_each_word_is_said_once_and_what_is_said_elsewhere_not_at_all():
    assert kinds.type_words("meeting-guide", ["O", "o", "ONL", "S", "TC", "Q9", 11]) == [
        "Open: anyone may come", "Q9", "Meditation on the eleventh step",
    ]  # fmt: skip
    assert kinds.type_words("bmlt", ["ES", "O"]) == ["Open: anyone may come"], "a language stands among languages"


def test_every_code_of_the_official_list_has_words(shared):
    official = json.loads((shared / "data/meetings/meeting-types-i18n.json").read_text())
    said = kinds.LANGUAGE_CODES | kinds.SAID | set(kinds._GUIDE_WORDS)
    assert [code for code in official if code.upper() not in said] == []


@pytest.mark.parametrize(("code", "english", "spanish"), [("es", "Spanish", "Español"), ("xx", "xx", "xx")])
def test_languages_have_names(code, english, spanish):
    assert kinds.language_name(code) == english
    with override("es"):
        assert kinds.language_name(code).capitalize() == spanish.capitalize()
