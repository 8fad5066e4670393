"""What is kept is the same for everybody, and says nothing of anybody."""

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import override

from trellis.ui import kept

PAGE = Template(
    "{% load i18n ui %}{% kept phone %}{% translate 'Skip to the page' %} {{ phone }}{{ name }}{% endkept %}"
)


def test_each_language_is_drawn_for_itself() -> None:
    with override("en"):
        first = PAGE.render(Context({"phone": "555-0140"}))
    with override("es"):
        other = PAGE.render(Context({"phone": "555-0140"}))
    with override("en"):
        again = PAGE.render(Context({"phone": "555-0140"}))
    assert first == again == "Skip to the page 555-0140"
    assert other == "Ir al contenido 555-0140"


def test_a_value_that_is_named_makes_another_drawing() -> None:
    drawn = {PAGE.render(Context({"phone": phone})) for phone in ("1", 1, "<2>", SafeString("<2>"), None)}
    assert {text.rpartition(" ")[2] for text in drawn} == {"1", "&lt;2&gt;", "<2>", "None"}


def test_a_value_that_is_not_named_is_not_known() -> None:
    assert "Marisol" not in PAGE.render(Context({"phone": "3", "name": "Marisol"}))


def test_what_is_kept_stays_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    page = Template("{% load ui %}{% kept n %}{{ n }}{% endkept %}")
    assert [page.render(Context({"n": n})) for n in (1, 2, 3, 1, 3)] == ["1", "2", "3", "1", "3"]
    node: Any = page.nodelist[-1]
    assert len(node.drawn) == 2


def test_a_block_cannot_be_kept() -> None:
    with pytest.raises(TemplateSyntaxError, match="differs from page to page"):
        Template("{% load ui %}{% kept %}{% block help %}{% endblock %}{% endkept %}")
