"""Where documents lie in a test: a folder of its own, unless the test says otherwise."""

from pathlib import Path

import pytest


@pytest.fixture
def papers(settings, tmp_path: Path) -> Path:
    """The folder of documents; it is not there yet."""
    settings.MEDIA_ROOT = str(tmp_path / "papers")
    return tmp_path / "papers"
