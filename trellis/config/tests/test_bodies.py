"""A file comes in only where a page asks for one, from whoever may open that page, and only as large as it says."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.files import takes_file
from trellis.foundation.access.roles import FrontDesk, ProgramAdministrator

ADMINISTRATOR = Actor(account_id=1, roles=frozenset({ProgramAdministrator.key}))


def sent(*sizes, actor=ADMINISTRATOR, most=10):
    """What arrives of files of these sizes at a page that takes one of `most` bytes."""
    files = {f"file{number}": SimpleUploadedFile("list.json", b"x" * size) for number, size in enumerate(sizes)}
    request = RequestFactory().post("/", files)
    request.actor = actor

    def view(request): ...

    if most:
        takes_file(most)(view)
    view.access = SimpleNamespace(verb="places.keep_lists")
    request.resolver_match = SimpleNamespace(func=view)
    return [(file.size, file.read()) for file in request.FILES.values()]


def test_a_file_that_is_asked_for_arrives_whole():
    assert sent(10) == [(10, b"x" * 10)]
    assert sent(0) == [(0, b"")]


def test_of_a_file_that_is_too_large_only_the_length_arrives():
    assert sent(11) == [(11, b"")]


@pytest.mark.parametrize(
    ("sizes", "more"),
    [((41,), {}), ((1, 1), {}), ((1,), {"most": 0}), ((1,), {"actor": Actor()}),
     ((1,), {"actor": Actor(account_id=2, roles=frozenset({FrontDesk.key}))})],
    ids=["far too large", "two files", "not asked for", "a stranger", "somebody who may not"],
)  # fmt: skip
def test_other_files_are_refused(sizes, more):
    with pytest.raises(RequestDataTooBig):
        sent(*sizes, **more)
