from django.template import engines
from django.utils.translation import gettext_lazy, override

from tests.support.pseudo import OPEN, spoken, unmarked
from trellis.ui.words import spoken_minutes

LAZY = gettext_lazy("Save")


def render(source: str, **values) -> str:
    return engines["django"].from_string("{% load i18n %}" + source).render(values)


def test_what_is_translated_is_bracketed_and_the_rest_is_seen(pseudo):
    page = render(
        "<h1>{% translate 'Welcome' %}</h1><p>{% blocktranslate count n=2 %}{{ n }} hour{% plural %}{{ n }} hours"
        "{% endblocktranslate %} {{ lazy }} {{ name }}</p><p title='Planted'>forgotten</p>",
        lazy=LAZY,
        name="Ana María",
    )
    assert unmarked(page, ["Ana María"]) == ["Planted", "forgotten"]


def test_afterwards_texts_are_as_before():
    with spoken():
        pass
    with override("en"):
        assert str(LAZY) == "Save"


def test_what_is_kept_for_a_language_is_neither_found_nor_left():
    assert spoken_minutes(61) == "1 h 1 min"
    with spoken():
        assert spoken_minutes(61).startswith(OPEN)
    assert spoken_minutes(61) == "1 h 1 min"
