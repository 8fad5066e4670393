"""`trellis referral import`, as an operator or another program types it."""

import io
import json
import types

import pytest

from trellis.journey.inquiry.models import Referral
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.inquiry.tests.referrals import BUNDLE, bundle, resource

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def bring(trellis, tmp_path):
    def call(body, *arguments):
        path = tmp_path / "bundle.json"
        path.write_text(json.dumps(body))
        return trellis("referral", "import", path, "--json", *arguments)

    return call


def test_it_stores_and_prints_what_was_read_with_the_referral(bring):
    code, out, _ = bring(BUNDLE)
    found = json.loads(out)
    assert (code, found.pop("referral")) == (0, Referral.objects.get().public_id)
    assert found == Referral.objects.get().found


def test_twice_is_one_and_it_says_so(bring):
    bring(BUNDLE)
    code, out, err = bring(BUNDLE)
    assert (code, json.loads(out)["referral"]) == (0, Referral.objects.get().public_id)
    assert "here already" in err


def test_problems_are_exit_code_1_and_it_is_stored(bring):
    assert bring(bundle(resource("Condition", "c", code=7)))[0] == 1
    assert Referral.objects.count() == 1


def test_it_joins_an_inquiry_that_is_named(bring):
    inquiry = asked(for_whom="referring", name="Dana")
    assert bring(BUNDLE, "--inquiry", inquiry.public_id)[0] == 0
    assert Referral.objects.get().inquiry == inquiry


@pytest.mark.parametrize(("body", "more"), [({"name": "x"}, []), (BUNDLE, ["--inquiry", "nobody"])])
def test_what_cannot_be_stored_is_exit_code_2(bring, body, more):
    code, out, err = bring(body, *more)
    assert (code, out) == (2, "")
    assert err
    assert not Referral.objects.exists()


def test_the_standard_input_is_a_file_too(trellis, monkeypatch):
    stdin = types.SimpleNamespace(buffer=io.BytesIO(json.dumps(BUNDLE).encode()))
    monkeypatch.setattr("trellis.journey.inquiry.management.commands.referral.sys.stdin", stdin)
    assert trellis("referral", "import", "-", "--json")[0] == 0
    assert Referral.objects.count() == 1
