"""Field keys come from the environment, or from the file that setup made, in today's form or the one before."""

import json
import stat

import pytest

from trellis.config.secrets import read_or_make
from trellis.config.tests.environments import settings_of
from trellis.foundation.record import keys

UNSAID = {"FIELD_KEYS": "", "SECRET_KEY": ""}


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path):
    file = tmp_path / "var" / "secrets.json"
    made = read_or_make(file)
    assert read_or_make(file) == made
    assert len(keys.of(made)) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("held", [{"field_key": "a"}, {"field_keys": ["b", "a"]}])
def test_settings_read_both_forms_of_the_file(tmp_path, held):
    file = tmp_path / "secrets.json"
    file.write_text(json.dumps({"secret_key": "kept", **held}))
    found = settings_of("SECRET_KEY", "FIELD_KEYS", TRELLIS_VAR=str(tmp_path), **UNSAID)
    assert found == {"SECRET_KEY": "kept", "FIELD_KEYS": keys.of(held)}


def test_the_environment_comes_before_the_file(tmp_path):
    found = settings_of("FIELD_KEYS", "FIELD_KEYS_FILE", TRELLIS_VAR=str(tmp_path), FIELD_KEYS="b,a", SECRET_KEY="c")
    assert found == {"FIELD_KEYS": ["b", "a"], "FIELD_KEYS_FILE": None}
    assert not (tmp_path / "secrets.json").exists()
