import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.words import Words, words_not_said

WORDS = Words.read()


def test_nothing_is_said_that_is_not_said(root):
    assert_none(words_not_said(root))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Every addict is welcome."),
        ("en", "A NO-SHOW was recorded."),
        ("en", "He has been clean for a year."),
        ("en", "People who suffer from substance use disorder."),
        ("en", "Welcome!"),
        ("es", "Ayuda para adictos."),
        ("es", "El abuso de sustancias."),
        ("es", "Dinos cómo te llamas."),
        ("es", "Le damos la bienvenida a todos/as."),
        ("es", "¡Bienvenida!"),
    ],
)
def test_a_word_that_is_not_said_is_found(language, text):
    assert list(WORDS.faults(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Alcoholics Anonymous meets here. The room is clean."),
        ("en", "A person who lives with a substance use disorder."),
        ("en", "Substance Abuse and Mental Health Services Administration"),
        ("es", "Alcohólicos Anónimos se reúne aquí. Su equipo le llama."),
        ("es", "Puede venir los lunes y/o los miércoles."),
    ],
)
def test_a_word_that_only_looks_like_one_is_left_alone(language, text):
    assert list(WORDS.faults(text, language)) == []


def test_templates_catalogues_code_and_blueprints_are_read(plot):
    plot("trellis/ui/templates/ui/page.html", "{% load i18n %}{% translate 'For addicts' %}<p>junkies</p>")
    plot("trellis/ui/forms.py", "_('Drug abuse')")
    plot("trellis/ui/locale/es/LC_MESSAGES/django.po", 'msgid ""\nmsgstr ""\n\nmsgid "x"\nmsgstr "Para adictos"\n')
    plot("trellis/ui/plan.toml", '[page]\ntitle = {en = "Homeless people", es = "Tus horas"}\n')
    assert len(words_not_said(plot.path)) == 6
