"""A language that nobody speaks: what was translated stands in ⟦brackets⟧, so what was not can be seen."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation

from tests.architecture.checks.source import Reader
from tests.architecture.checks.text import LETTERS, NAMES
from trellis.doors.public_site import kept as public_pages
from trellis.foundation.places.presenters import finder
from trellis.ui import kept, words

OPEN, CLOSE = "⟦", "⟧"
_INNER = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


@contextmanager
def spoken() -> Iterator[None]:
    """Inside, every translated text is bracketed, lazy ones and Django's own included."""
    public_pages.forget()
    trans = translation._trans
    with pytest.MonkeyPatch.context() as changed:
        for name in ("gettext", "pgettext", "ngettext", "npgettext"):
            changed.setattr(trans, name, bracketed(getattr(trans, name)))
        # What is kept for each language is neither found there nor left there.
        for keeper in (kept, words, finder):
            changed.setattr(keeper, "get_language", lambda: f"{OPEN}{translation.get_language()}{CLOSE}")
        try:
            yield
        finally:
            public_pages.forget()


def bracketed(translate):
    def said(*arguments):
        text = translate(*arguments)
        return f"{OPEN}{text}{CLOSE}" if str(text).strip() else text

    return said


def unmarked(html: str, data: Iterable[str] = ()) -> list[str]:
    """What a person reads on this page that no catalogue translates. `data` is what people or the blueprint wrote."""
    while _INNER.search(html):
        html = _INNER.sub("", html)
    known = sorted(filter(None, data), key=len, reverse=True)
    reader = Reader()
    reader.feed(html)
    reader.close()
    texts = (without(piece.text, known) for piece in reader.pieces)
    return [text.strip() for text in texts if LETTERS.search(NAMES.sub("", text))]


def without(text: str, known: list[str]) -> str:
    for known_words in known:
        text = text.replace(known_words, "")
    return text


@pytest.fixture
def pseudo() -> Iterator[None]:
    with spoken():
        yield
