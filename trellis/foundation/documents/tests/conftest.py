import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.documents import actions
from trellis.foundation.documents.reworking import Clean
from trellis.foundation.documents.rules import Kind


@pytest.fixture
def keep(papers):
    """Keeps some bytes of ours, about `client:17` unless the test says so."""

    def kept(data=b"a page that was signed", **more):
        given = {"by": Actor.of_system("test"), "subject": "client:17", "file": Clean(Kind.PDF, data)}
        return actions.keep(**(given | more))

    return kept
