"""Whatever somebody sends: it is refused with a sentence, or written anew. The server lives, and its memory stays."""

import resource
import time

import pytest

from trellis.foundation.documents import reworking, rules
from trellis.foundation.documents.apart.unfit import Why
from trellis.foundation.documents.reworking import clean
from trellis.foundation.documents.rules import Unfit
from trellis.foundation.documents.tests import corpus


@pytest.mark.parametrize("what", corpus.HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(what):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unfit) as refused:
        clean(*corpus.HOSTILE[what])
    assert str(refused.value).endswith(".")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000  # KiB: a file of 10 MB and what holds it; what it becomes, becomes elsewhere


@pytest.mark.parametrize("what", corpus.HIDING)
def test_nothing_of_what_came_is_in_what_stays(what):
    name, data = corpus.HIDING[what]
    kept = clean(name, data)
    for hidden in (corpus.MARK, corpus.PLACE.encode(), b"Exif", b"Marisol", b"JavaScript", b"OpenAction", b"http"):
        assert hidden not in kept.data
    assert kept.data.startswith(rules.BEGINNINGS[kept.kind])


@pytest.mark.parametrize(
    ("what", "why"),
    [("144 million points", Why.LARGE_PICTURE), ("41 million points", Why.LARGE_PICTURE),
     ("pdf locked", Why.LOCKED), ("pdf of 61 pages", Why.MANY_PAGES), ("half a jpeg", Why.BROKEN),
     ("pdf bomb", Why.BROKEN), ("pdf of circles", Why.BROKEN)],
)  # fmt: skip
def test_the_sentence_says_what_is_wrong(what, why):
    with pytest.raises(Unfit) as refused:
        clean(*corpus.HOSTILE[what])
    assert str(refused.value) == str(rules.SENTENCES[why])


def test_a_child_that_takes_too_long_is_stopped(settings):
    settings.DOCUMENT_SECONDS = 0
    begun = time.monotonic()
    with pytest.raises(Unfit, match="cannot be read"):
        clean("x.jpg", corpus.picture())
    assert time.monotonic() - begun < 20


def test_a_child_that_wants_too_much_memory_dies_alone(settings):
    settings.DOCUMENT_MEGABYTES = 20
    with pytest.raises(Unfit, match="cannot be read"):
        clean("x.jpg", corpus.picture())


def test_the_child_sees_no_secret_and_writes_no_file(monkeypatch):
    """What a fault in a library could take: an empty environment, and a limit of nothing for files."""
    monkeypatch.setattr(reworking, "START", (
        "import os, resource, sys; sys.path.insert(0, sys.argv[1]); sys.stdin.buffer.read();"
        "from trellis.foundation.documents.apart.main import confine; confine(megabytes=900, seconds=5);"
        "print(sorted(set(os.environ) - {'LANG', 'LC_CTYPE'}), resource.getrlimit(resource.RLIMIT_FSIZE),"
        "'django' in sys.modules)"
    ))  # fmt: skip
    assert reworking._apart("image", b"").decode().strip() == "[] (0, 0) False"
