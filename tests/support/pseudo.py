"""A language that nobody speaks: what was translated stands in ⟦brackets⟧, so what was not can be seen."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation

from tests.architecture.checks.source import Reader
from tests.architecture.checks.text import LETTERS, NAMES
from trellis.doors.public_site import kept

OPEN, CLOSE = "⟦", "⟧"
_INNER = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


@contextmanager
def spoken() -> Iterator[None]:
    """Inside, every translated text is bracketed, lazy ones and Django's own included."""
    kept.forget()
    trans = translation._trans
    names = ("gettext", "pgettext", "ngettext", "npgettext")
    own = {name: getattr(trans, name) for name in names}
    for name in names:
        setattr(trans, name, bracketed(own[name]))
    try:
        yield
    finally:
        for name in names:
            setattr(trans, name, own[name])
        kept.forget()


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
    for words in known:
        text = text.replace(words, "")
    return text


@pytest.fixture
def pseudo() -> Iterator[None]:
    with spoken():
        yield
