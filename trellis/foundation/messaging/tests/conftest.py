"""An outbox with one kind of message and one person."""

from datetime import timedelta

import pytest

from trellis.foundation.messaging import kinds, senders
from trellis.foundation.messaging.models import Channel
from trellis.foundation.messaging.tests import factories
from trellis.foundation.messaging.tests.factories import NOON


@pytest.fixture
def world(monkeypatch, clock_at, settings, tmp_path):
    """A kind of message of its own, a person who says yes to everything, mail that is kept and not sent, noon."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_checks", {"person": [lambda message: None]})
    monkeypatch.setattr(senders, "_senders", {Channel.MAIL: senders.send_mail})
    words = tmp_path / factories.TEMPLATE
    words.parent.mkdir(parents=True)
    words.write_text("Hello. Please open {{ link }}\n")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    factories.register_hello()
    clock_at(NOON)
    return words


@pytest.fixture
def at(clock_at):
    return lambda **after: clock_at(NOON + timedelta(**after))
