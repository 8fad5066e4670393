"""Field keys in a file: both forms are read, a change is whole at any instant, and what another process did is seen."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.record import crypto, keys
from trellis.foundation.record.sealed import Place, SealedText

KEYS = [Fernet.generate_key().decode() for _ in range(5)]


@pytest.fixture
def file(settings, tmp_path):
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"secret_key": "kept", "field_key": KEYS[0]}))
    settings.FIELD_KEYS_FILE = path
    return path


def test_a_file_of_before_keys_could_be_changed_is_read(file):
    assert keys.current() == (KEYS[0],)


def test_a_new_key_comes_first_and_the_rest_stays(file):
    keys.put_first(file, KEYS[1])
    assert json.loads(file.read_text()) == {"secret_key": "kept", "field_keys": [KEYS[1], KEYS[0]]}
    assert keys.current() == (KEYS[1], KEYS[0])
    keys.let_go(file, KEYS[0])
    assert keys.current() == (KEYS[1],)


def test_the_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(file):
    file.chmod(0o644)
    before = file.stat()
    keys.put_first(file, KEYS[1])
    after = file.stat()
    assert stat.S_IMODE(after.st_mode) == 0o600
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert os.listdir(file.parent) == [file.name]


def test_where_a_link_leads_is_changed_and_the_link_stays(file, tmp_path):
    link = tmp_path / "elsewhere" / "secrets.json"
    link.parent.mkdir()
    link.symlink_to(file)
    keys.put_first(link, KEYS[1])
    assert link.is_symlink()
    assert keys.current() == (KEYS[1], KEYS[0])


def test_a_run_that_was_killed_while_writing_changed_nothing_and_is_in_nobodys_way(file, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(keys.Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            keys.put_first(file, KEYS[1])
    assert keys.current() == (KEYS[0],)
    keys.put_first(file, KEYS[2])
    assert keys.current() == (KEYS[2], KEYS[0])


def killed(*arguments):
    raise KeyboardInterrupt


def test_two_who_change_it_at_once_both_do(file):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda key: keys.put_first(file, key), KEYS[1:]))
    assert set(keys.current()) == set(KEYS)
    assert keys.current()[-1] == KEYS[0]


def test_what_is_sealed_under_a_key_that_another_process_just_made_opens(file):
    crypto.seal("the keys are known by now")
    keys.put_first(file, KEYS[1])
    sealed = Fernet(KEYS[1]).encrypt(b"from another process").decode()
    assert crypto.unseal(sealed) == "from another process"


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_file_in_the_middle_of_somebodys_editing_is_as_it_was_at_the_start(file, settings, text):
    settings.FIELD_KEYS = [KEYS[3]]
    file.write_text(text)
    assert keys.current() == (KEYS[3],)
    file.unlink()
    assert keys.current() == (KEYS[3],)


def test_keys_of_the_environment_are_no_matter_of_a_file(settings):
    settings.FIELD_KEYS_FILE, settings.FIELD_KEYS = None, KEYS[:2]
    assert keys.current() == tuple(KEYS[:2])


def test_a_name_says_which_key_and_nothing_of_it():
    names = {keys.name_of(key) for key in KEYS}
    assert len(names) == len(KEYS)
    assert not any(name in key for name in names for key in KEYS)


@given(st.text(), st.lists(st.sampled_from(KEYS), min_size=1, unique=True), st.sampled_from(KEYS))
def test_a_text_opens_while_its_key_is_held_and_sealed_anew_it_needs_the_first_alone(settings, text, held, sealing):
    settings.FIELD_KEYS_FILE, settings.FIELD_KEYS = None, held
    sealed = Fernet(sealing).encrypt(text.encode()).decode()
    assert crypto.opened_by(sealed, tuple(held)) == (sealing if sealing in held else None)
    if sealing not in held:
        with pytest.raises(crypto.CannotOpen):
            crypto.seal_anew(sealed)
    else:
        settings.FIELD_KEYS = [held[0]] if crypto.opened_by(anew := crypto.seal_anew(sealed), (held[0],)) else []
        assert crypto.unseal(anew) == text


@given(st.dictionaries(st.sampled_from(["secret", "seed", "other"]), st.text()))
def test_only_what_lies_under_the_names_is_changed(data):
    place = Place(SealedText, "data", ("secret", "seed"))
    changed = place.changed(data, lambda text: f"{text}!")
    assert changed == {name: f"{text}!" if name != "other" and text else text for name, text in data.items()}
    assert sorted(place.texts(changed)) == sorted(f"{text}!" for name, text in data.items() if name != "other" and text)


def test_a_whole_text_is_changed_and_nothing_stays_nothing():
    place = Place(SealedText, "words")
    assert (place.texts(""), place.texts("x"), place.changed("", str.upper), place.changed("x", str.upper)) == (
        [], ["x"], "", "X",
    )  # fmt: skip
