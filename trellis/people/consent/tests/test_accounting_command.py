import json

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.tests.factories import say, signed, wanted

pytestmark = pytest.mark.django_db


def test_the_accounting_of_one_client(trellis, marisol):
    consent = signed(marisol)
    disclose(by=Actor.of_system("test"), client=marisol, wanted=wanted(address="12 Alder"), how="spoken", make=say)
    code, out, _ = trellis("disclosures", "list", "--client", marisol.public_id, "--json")
    (row,) = json.loads(out)
    assert code == 0
    assert (row["ground"], row["notice"], row["purpose"]) == (f"consent:{consent.public_id}", True, "family_support")
    assert row["recipient"] == {"kind": "person", "name": "Ana Ruiz", "address": "12 Alder"}
    assert row["information"] == ["attendance"]
    assert AuditEvent.objects.get(verb="disclosure.account").subjects == [f"client:{marisol.pk}"]


def test_for_people(trellis, marisol):
    assert trellis("disclosures", "list", "--client", marisol.public_id)[1].strip() == "Nothing was disclosed."
    signed(marisol)
    disclose(by=Actor.of_system("test"), client=marisol, wanted=wanted(), how="spoken", make=say)
    assert (
        "Ana Ruiz: attendance (family_support; consent:"
        in trellis("disclosures", "list", "--client", marisol.public_id)[1]
    )


def test_nobody_has_this_id(trellis, marisol):
    code, out, err = trellis("disclosures", "list", "--client", "0" * 16, "--json")
    assert (code, out) == (2, "")
    assert "There is no client" in err
