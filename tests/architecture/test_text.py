"""Every word for people is marked, and said in Spanish."""

import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.text import (
    catalogue_faults,
    messages_in_template,
    untranslated_python,
    untranslated_templates,
)

PAGE = "trellis/ui/templates/ui/page.html"
CATALOGUE = "trellis/ui/locale/es/LC_MESSAGES/django.po"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


@pytest.mark.parametrize(
    "check", [untranslated_templates, untranslated_python, catalogue_faults], ids=lambda c: c.__name__
)
def test_every_word_is_marked_and_translated(root, check):
    assert_none(check(root))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Welcome back</p>",
        "<p>\n{% if x %}Hello{% endif %}</p>",
        "<img alt='A door'>",
        "<input placeholder='Your name'>",
        "<button aria-label='Close'></button>",
        "<input type=submit value='Send it'>",
        "<meta name=description content='About us'>",
        "<p title='{{ x }} hours'></p>",
        "{% include 'ui/card.html' with title='Your week' %}",
        "{{ name|default:'not yet known' }}",
    ],
)
def test_text_that_is_not_marked_is_found(plot, html):
    plot(PAGE, html)
    assert len(untranslated_templates(plot.path)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "{% load i18n %}<p>{% translate 'Welcome' %}</p>",
        "<p>{% blocktranslate %}Hello <b>{{ name }}</b>{% endblocktranslate %}</p>",
        "<p>{# a note #}{{ name }} · 988 — 5:30</p>",
        "<script>let words = 'none of them read'</script><style>p { color: red }</style>",
        "<body class='{% block body_class %}staff wide{% endblock %}'>",
        "<input type=hidden value='yes please'><a href='{% url 'ui:page' %}'>{% icon 'log-out' %}</a>",
        "<time>{{ at|date:'l j F' }}</time>",
        "{% include 'ui/card.html' with title=_('Your week') %}",
        "Trellis",
    ],
)
def test_text_that_needs_no_mark_is_left_alone(plot, html):
    plot(PAGE, html)
    assert untranslated_templates(plot.path) == []


@pytest.mark.parametrize(
    "line",
    ["raise Refused('The room is taken')", "forms.CharField(label='Your name')", "Status('new', 'Is new', _('x'))"],
)
def test_a_bare_sentence_in_code_is_found(plot, line):
    plot("trellis/journey/inquiry/forms.py", line)
    assert len(untranslated_python(plot.path)) == 1


def test_a_marked_sentence_and_a_keyword_are_left_alone(plot):
    plot(
        "trellis/journey/inquiry/forms.py",
        "CharField(label=_('Your name'))\nStatus('new', _('Is new'))\nRefused(SENTENCE)",
    )
    assert untranslated_python(plot.path) == []


def test_django_and_this_check_read_the_same_messages_from_a_template():
    found = messages_in_template(
        "{% translate \"It's 100% done\" %}{% translate 'May' context 'month' %}"
        "{% blocktranslate count n=x %}{{ n }} hour{% plural %}{{ n }} hours{% endblocktranslate %}"
        "{% blocktranslate trimmed %}\n  One\n  line\n{% endblocktranslate %}{{ _('In a variable') }}"
    )
    assert found == {
        (None, "It's 100%% done", None),
        ("month", "May", None),
        (None, "%(n)s hour", "%(n)s hours"),
        (None, "One line", None),
        (None, "In a variable", None),
    }


def room(plot, entries: str, source: str = "{% load i18n %}{% translate 'Welcome' %}"):
    plot("trellis/ui/apps.py")
    plot(PAGE, source)
    plot(CATALOGUE, HEADER + entries)
    return catalogue_faults(plot.path)


def test_a_whole_catalogue_has_no_fault(plot):
    assert room(plot, '\nmsgid "Welcome"\nmsgstr "Bienvenida"\n') == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "not in the catalogue"),
        ('\nmsgid "Welcome"\nmsgstr ""\n', "not translated"),
        ('\n#, fuzzy\nmsgid "Welcome"\nmsgstr "Bienvenida"\n', "fuzzy"),
        ('\nmsgid "Welcome"\nmsgstr "Hola"\n\nmsgid "Gone"\nmsgstr "Ido"\n', "nothing says this any more"),
        ('\nmsgid "Welcome"\nmsgstr "Hola %(name)s"\n', "placeholders differ"),
    ],
)
def test_a_gap_in_a_catalogue_is_found(plot, entries, fault):
    assert [fault in found for found in room(plot, entries)] == [True]


@pytest.mark.parametrize(("forms", "faults"), [(2, 0), (3, 1)])
def test_a_number_without_its_form_is_found(plot, forms, faults):
    plot("trellis/ui/apps.py")
    plot(
        PAGE,
        "{% load i18n %}{% blocktranslate count n=x %}{{ n }} hour{% plural %}{{ n }} hours{% endblocktranslate %}",
    )
    entry = 'msgid "%(n)s hour"\nmsgid_plural "%(n)s hours"\nmsgstr[0] "%(n)s hora"\nmsgstr[1] "%(n)s horas"\n'
    plot(CATALOGUE, HEADER + f'"Plural-Forms: nplurals={forms}; plural=(n != 1);\\n"\n\n' + entry)
    assert len(catalogue_faults(plot.path)) == faults


def test_a_room_without_a_catalogue_is_found(plot):
    plot("trellis/ui/apps.py")
    plot(PAGE, "{% load i18n %}{% translate 'Welcome' %}")
    assert "is not there" in catalogue_faults(plot.path)[0]
