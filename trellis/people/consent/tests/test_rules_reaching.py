"""In which way a client lets us reach them."""

from hypothesis import given
from hypothesis import strategies as st

from trellis.people.consent.rules.reaching import Ways, is_agreed

WAYS = Ways(frozenset({"Ana@Example.org ", ""}), "(909) 555-0142", may_text=True)


def test_the_same_address_however_it_is_written():
    assert is_agreed(WAYS, "mail", " ana@example.ORG")
    assert not is_agreed(WAYS, "mail", "anna@example.org")


def test_an_empty_address_is_none():
    assert not is_agreed(WAYS, "mail", "")
    assert not is_agreed(Ways(frozenset(), "", may_text=True), "sms", "")


def test_the_same_number_with_and_without_the_country():
    assert is_agreed(WAYS, "sms", "+1 909 555 0142")
    assert is_agreed(WAYS, "sms", "9095550142")
    assert not is_agreed(WAYS, "sms", "9095550143")
    assert is_agreed(Ways(frozenset(), "+52 55 1234 5678", may_text=True), "sms", "+525512345678")


def test_a_text_only_where_they_ticked_texts():
    assert not is_agreed(Ways(WAYS.emails, WAYS.telephone, may_text=False), "sms", WAYS.telephone)


@given(channel=st.text(), to=st.sampled_from(["ana@example.org", "(909) 555-0142"]))
def test_a_channel_that_nobody_knows_is_not_agreed(channel, to):
    assert is_agreed(WAYS, channel, to) == (channel == ("mail" if "@" in to else "sms"))
