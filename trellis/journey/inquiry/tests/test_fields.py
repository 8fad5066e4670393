from datetime import timedelta

import pytest

from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.asking import Asker
from trellis.journey.inquiry.tests.factories import MORNING, asked

pytestmark = pytest.mark.usefixtures("morning")


def test_fields_that_the_form_does_not_show_change_nothing():
    before = asked(name="Somebody else")
    row = Inquiry.objects.values().get()
    asker = Asker()
    extra = {
        "id": before.pk, "pk": before.pk, "public_id": before.public_id, "status": "closed", "owner": "1",
        "owner_id": "1", "same_as": before.pk, "client_subject": "client:1", "close_reason": "answered",
        "channel": "walk_in", "asked_at": "2001-01-01", "respond_by": "2099-01-01", "call_by": "", "digest": "0" * 64,
        "is_staff": "on", "role": "biller",
    }  # fmt: skip
    last = asker.until_last()
    assert "/help/thanks/" in asker.send(last, words="hello", **extra)["Location"]
    assert Inquiry.objects.filter(pk=before.pk).values().get() == row
    new = Inquiry.objects.exclude(pk=before.pk).get()
    assert (new.channel, new.status, new.owner_id, new.same_as_id) == ("web", row["status"], None, None)
    assert (new.client_subject, new.close_reason, new.asked_at) == ("", "", MORNING)
    assert new.public_id != before.public_id
    assert new.respond_by == new.call_by == MORNING + timedelta(hours=1, minutes=3)
