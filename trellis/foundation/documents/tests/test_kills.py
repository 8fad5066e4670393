"""kill -9 at each step: what was acknowledged has its file, and nothing without a row is ever read."""

import os
import subprocess
import sys
import time

import pytest

from tests.support.environment import ROOT
from trellis.foundation.documents import clearing, queries
from trellis.foundation.documents.models import Document


@pytest.mark.parametrize(
    ("moment", "rows"), [("in the file", 0), ("before the row", 0), ("before the commit", 0), ("after the commit", 1)]
)
def test_a_kill_leaves_both_or_a_file_that_goes(committed_db, database_url, papers, moment, rows):
    environment = os.environ | {
        "DATABASE_URL": database_url, "TRELLIS_DOCUMENTS": str(papers),
        "DJANGO_SETTINGS_MODULE": "trellis.config.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "trellis.foundation.documents.tests.dying", moment]
    died = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()
    kept = list(Document.objects.all())
    assert len(kept) == rows
    assert [queries.read(one) for one in kept] == [b"signed"] * rows
    assert sum(path.is_file() for path in papers.rglob("*")) == 1
    assert clearing.clear(time.time() + 25 * 60 * 60) == 1 - rows
    assert [queries.read(one) for one in kept] == [b"signed"] * rows
