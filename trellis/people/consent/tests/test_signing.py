"""What is signed is complete, by the right person, and kept with every word that was shown."""

from datetime import timedelta
from hashlib import sha256

import pytest

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.people.clients.tests.factories import SINCE, ClientFactory, actor, actor_of
from trellis.people.consent import actions
from trellis.people.consent.actions import Incomplete
from trellis.people.consent.models import Consent
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import Signature
from trellis.people.consent.rules.words import Signer, Who
from trellis.people.consent.tests.factories import for_care, signed, terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def test_every_word_that_was_shown_is_kept(marisol):
    consent = signed(marisol, by=actor_of(marisol.account))
    assert (consent.shown, consent.shown_sha256) == ("What it says", sha256(b"What it says").hexdigest())
    assert (consent.signed_at, consent.signer_name) == (clock.now(), "Maria Ruiz Vega")
    assert consent.recorded_by == f"account:{marisol.account_id}"


LACKS = {
    "recipients": {"recipients": ()},
    "information": {"information": ()},
    "purposes": {"purposes": ()},
    "expires": {"expires_at": None},
}


@pytest.mark.parametrize("part", LACKS)
def test_a_consent_without_a_required_element_is_not_saved_and_says_which(marisol, part):
    with pytest.raises(Incomplete) as refused:
        signed(marisol, terms(**LACKS[part]))
    assert list(refused.value.parts) == [part]
    assert not Consent.objects.exists()


def test_a_signature_without_a_name_is_none(marisol):
    with pytest.raises(Incomplete) as refused:
        signed(marisol, signature=Signature(Signer.CLIENT, "  "))
    assert list(refused.value.parts) == ["signer_name"]


def test_somebody_elses_signature_does_not_serve(marisol):
    with pytest.raises(Incomplete, match="client signs this"):
        signed(marisol, signature=Signature(Signer.PARENT_OR_GUARDIAN, "Rosa Vega"))


def test_a_minor_signs_with_a_parent_or_alone_where_the_law_lets_them():
    young = ClientFactory(born_on=(SINCE - timedelta(days=15 * 365)).date())
    both = Signature(Signer.CLIENT_AND_PARENT, "Lupe Vega", "Rosa Vega")
    with pytest.raises(Incomplete, match="a minor"):
        signed(young)
    with pytest.raises(Incomplete) as refused:
        signed(young, signature=Signature(Signer.CLIENT_AND_PARENT, "Lupe Vega"))
    assert list(refused.value.parts) == ["second_signer_name"]
    assert signed(young, signature=both).second_signer_name == "Rosa Vega"
    actions.set_standing(
        by=US, client=young, deceased=False, minor_consented_alone=True, guardian_appointed=False, restricted=()
    )
    assert signed(young).signed_by == Signer.CLIENT


def test_nobody_signs_before_the_date_of_birth_is_known():
    with pytest.raises(Refused, match="date of birth"):
        signed(ClientFactory(born_on=None))


def test_nobody_signs_what_they_were_not_shown(marisol):
    with pytest.raises(Refused, match="whole text"):
        signed(marisol, shown=" ")


def test_a_paper_lies_somewhere(marisol):
    with pytest.raises(Incomplete) as refused:
        signed(marisol, signed_on="paper")
    assert list(refused.value.parts) == ["paper_place"]
    assert signed(marisol, signed_on="paper", paper_place="Cabinet 2").paper_place == "Cabinet 2"


def test_a_consent_for_care_may_hold_until_it_is_taken_back(marisol):
    assert signed(marisol, for_care()).never_expires


def test_it_is_taken_back_once(marisol):
    consent = signed(marisol)
    actions.revoke(by=actor_of(marisol.account), consent=consent, how="portal")
    with pytest.raises(Refused, match="already"):
        actions.revoke(by=US, consent=consent, how="writing")


def test_nobody_signs_or_takes_back_for_another_client(marisol):
    other = actor_of(ClientFactory(with_account=True).account)
    with pytest.raises(NotPermitted):
        signed(marisol, by=other)
    with pytest.raises(NotPermitted):
        actions.revoke(by=other, consent=signed(marisol), how="portal")


def test_the_front_desk_stops_what_it_cannot_sign(marisol):
    with pytest.raises(NotPermitted):
        signed(marisol, by=actor("front_desk"))
    assert actions.revoke(by=actor("front_desk"), consent=signed(marisol), how="voice")


def test_names_are_kept_on_one_line(marisol):
    consent = signed(marisol, terms(recipients=(Recipient(Who.PERSON, "  Ana \n Ruiz "),)))
    assert consent.recipients == [{"kind": "person", "name": "Ana Ruiz"}]


def test_facts_that_are_not_owed_are_not_taken(marisol):
    with pytest.raises(Refused, match="already"):
        actions.complete_disclosure(by=US, client=marisol, disclosure=_some(marisol), facts={"nature": "x"})


def _some(client):
    from trellis.people.consent.actions.gate import disclose
    from trellis.people.consent.tests.factories import say, wanted

    signed(client)
    return disclose(by=US, client=client, wanted=wanted(), how="spoken", make=say).disclosure
