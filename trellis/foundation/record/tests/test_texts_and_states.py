import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from trellis.foundation.record import crypto
from trellis.foundation.record.ids import ALPHABET, new_public_id
from trellis.foundation.record.states import Machine, MoveNotAllowed, Status
from trellis.foundation.record.texts import check_bilingual, say

DOOR = Machine(
    "door",
    (Status("open", "Open", "You can go in."), Status("shut", "Shut", "Knock.")),
    {"open": {"close": "shut"}, "shut": {}},
)


def test_a_text_is_said_in_the_readers_language():
    text = {"en": "Today", "es": "Hoy"}
    with override("es"):
        assert say(text) == "Hoy"
    assert say(text, "en") == "Today"
    assert say({"en": "Only"}, "es") == "Only"


@pytest.mark.parametrize(
    "value", ["Today", {"en": "Today"}, {"en": "Today", "es": ""}, {"en": "a", "es": "b", "fr": "c"}]
)
def test_a_text_of_data_needs_both_languages(value):
    with pytest.raises(ValidationError, match="in English and in Spanish"):
        check_bilingual(value)


def test_both_languages_are_enough():
    check_bilingual({"en": "Today", "es": "Hoy"})


def test_public_ids_are_random_and_readable():
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(i) == 16 and set(i) <= set(ALPHABET) for i in ids)


def test_the_table_says_where_a_verb_leads_and_refuses_the_rest():
    assert DOOR.start == "open"
    assert DOOR.after("open", "close") == "shut"
    assert DOOR.may("open", "close")
    assert not DOOR.may("shut", "close")
    assert not DOOR.may("nowhere", "close")
    assert DOOR.ends() == {"shut"}
    assert DOOR.choices == [("open", "Open"), ("shut", "Shut")]
    assert DOOR.status("shut").sentence == "Knock."
    with pytest.raises(MoveNotAllowed, match="door: shut"):
        DOOR.after("shut", "close")


def test_a_sealed_text_opens_again_and_shows_nothing():
    sealed = crypto.seal("a quiet word")
    assert "quiet word" not in sealed
    assert crypto.unseal(sealed) == "a quiet word"


def test_a_text_sealed_elsewhere_does_not_open():
    with pytest.raises(crypto.CannotOpen):
        crypto.unseal("gAAAAA-not-ours")


def test_an_old_key_still_opens_while_keys_change(settings):
    from cryptography.fernet import Fernet

    sealed = crypto.seal("before")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert crypto.unseal(sealed) == "before"
