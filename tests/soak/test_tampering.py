"""Random hands on a sealed trail, as many as the time allows: about a thousand a database in an hour."""

import pytest
from django.db import connection

from trellis.foundation.audit import checkpoints, verifying
from trellis.foundation.audit.tests.test_tampering import tampered
from trellis.foundation.audit.tests.trail import happen

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("committed_db"), pytest.mark.timeout(600)]

#: in the shortest round, and in any
LEAST, MOST = 20, 250


def test_every_tampering_is_found_and_placed(soak, told):
    happen(600)
    kept = checkpoints.take()
    done = 0
    while done < MOST and (done < LEAST or soak.left > 0):
        tampered(10, soak.random.random(), kept)
        done += 10
    assert verifying.verify(kept).broken == []
    told(f"{connection.vendor}: {done} tamperings, each found and placed")
