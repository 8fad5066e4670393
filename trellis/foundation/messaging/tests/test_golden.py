"""What every message of the house says, in both languages: nothing that a stranger may not read over a shoulder."""

import pytest

from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.rules import revealing_words
from trellis.foundation.program.tests.factories import SIGNS

LANGUAGES = ("en", "es")
#: what a room's sample may not contain and its template may not say
NAMES = ("Pomona", "Trellis")


def every_message():
    return [(kind, language) for kind in kinds.kinds() for language in LANGUAGES if kind.name != "hello"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", list(kinds.Subject), ids=lambda s: s.name)
def test_a_subject_is_neutral(subject, language):
    from django.utils.translation import override

    with override(language):
        assert revealing_words(str(subject.value), NAMES) == []


@pytest.mark.parametrize(("kind", "language"), every_message(), ids=lambda x: getattr(x, "name", x))
def test_a_message_is_neutral_and_whole(kind, language):
    written = kinds.write(kind, language, kind.sample)
    assert revealing_words(f"{written.subject}\n{written.body}", NAMES) == []
    assert "{{" not in written.body
    assert written.body.strip()


@pytest.mark.parametrize(("kind", "language"), every_message(), ids=lambda x: getattr(x, "name", x))
def test_signs_of_templates_in_a_value_are_printed_as_they_are(kind, language):
    written = kinds.write(kind, language, dict.fromkeys(kind.sample, " ".join(SIGNS)))
    plain = kinds.write(kind, language, dict.fromkeys(kind.sample, "plainly"))
    assert written.body.replace(" ".join(SIGNS), "plainly") == plain.body
    assert written.subject == plain.subject


@pytest.mark.parametrize("kind", [k for k in kinds.kinds() if k.name != "hello"], ids=lambda k: k.name)
def test_a_message_differs_by_language(kind):
    assert kinds.write(kind, "en", kind.sample).body != kinds.write(kind, "es", kind.sample).body
