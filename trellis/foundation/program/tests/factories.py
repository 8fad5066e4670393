"""A loaded program, for tests of any room."""

import re

from trellis.foundation.access.actor import Actor
from trellis.foundation.program import actions
from trellis.foundation.program.blueprints import POMONA
from trellis.foundation.program.check import read
from trellis.foundation.program.models import BlueprintVersion
from trellis.foundation.program.schema import Blueprint

TEXT = POMONA.read_text(encoding="utf-8")
#: what a language of templates or of patterns would do something with
SIGNS = ("{{ settings.SECRET_KEY }}", "{% include 'ui/errors/500.html' %}", "${x}", "%(x)s", "{0.__class__}", "{y}")
_WORDS = re.compile(r'(\b(?:en|es) = "(?!"")(?:[^"\\]|\\.)+)(?=")|[^\s="](?=""")')
OPERATOR = Actor.of_system("tests")


def pomona() -> Blueprint:
    return read(TEXT)


def load_pomona(**changes: str) -> BlueprintVersion:
    """The shipped blueprint in the database; `load_pomona(**{"silence_days = 7": "silence_days = 9"})` changes it."""
    return actions.load_blueprint(by=OPERATOR, source=changed(**changes))


def changed(**changes: str) -> str:
    """The shipped text with each old passage replaced once, where it stands first."""
    text = TEXT
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def load_signs() -> BlueprintVersion:
    """The shipped blueprint, and behind each of its texts all signs of SIGNS."""
    source = _WORDS.sub(lambda text: f"{text[0]} {' '.join(SIGNS)}", TEXT)
    assert source.count(SIGNS[0]) > 700
    return actions.load_blueprint(by=OPERATOR, source=source)


def line_of(text: str, passage: str, after: str = "") -> int:
    """The line on which `passage` begins, the first after `after`."""
    start = text.index(passage, text.index(after))
    return text.count("\n", 0, start) + 1
