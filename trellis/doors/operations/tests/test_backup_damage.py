"""A backup that is damaged, cut off, foreign, newer, or for another key is named as such, and nothing is touched."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trellis.doors.operations.backups import keys, making, manifest, sealed
from trellis.doors.operations.backups.faults import NoBackup
from trellis.doors.operations.backups.rules import HEADER_LENGTH
from trellis.doors.operations.tests.backups import files, put_together, taken_apart
from trellis.foundation.audit.tests.trail import happen

pytestmark = pytest.mark.usefixtures("committed_db", "var")
WHAT = r"damaged|cut off|empty|no backup of Trellis|newer Trellis|other keys"


@pytest.fixture
def recipients(key, settings):
    return keys.recipients(settings.BACKUP_RECIPIENTS)


@pytest.fixture
def made(folder, recipients):
    happen(30)
    return making.create(folder, recipients).file


@pytest.fixture
def refused(run, key, other_place):
    """`refused(file)`: verify and restore say why in one sentence, and nothing appears in the other place."""

    def look(file: Path) -> str:
        code, out, err = run("verify", file, "--identity", key)
        assert (code, out) == (2, "")
        code, out, again = run("restore", file, "--identity", key, "--into", other_place)
        assert (code, out, again.split()[-3:]) == (2, "", err.split()[-3:])
        return err.removeprefix(f"{file}: ").strip()

    return look


# --- any damage at all ------------------------------------------------------------------------------------------------


def test_one_byte_changed_anywhere_is_named(made, key, tmp_path):
    whole, other = made.read_bytes(), tmp_path / "damaged"
    opens = keys.identities(key)

    @settings(max_examples=150)
    @given(st.integers(0, len(whole) - 1), st.integers(1, 255))
    @example(0, 1)
    @example(15, 3)
    @example(HEADER_LENGTH, 1)
    @example(len(whole) - 1, 255)
    def damaged(place, change):
        other.write_bytes(whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :])
        with pytest.raises(NoBackup, match=WHAT):
            making.proving.verify(other, opens)

    damaged()


def test_a_file_cut_off_anywhere_is_named(made, key, tmp_path):
    whole, other = made.read_bytes(), tmp_path / "cut"
    opens = keys.identities(key)

    @settings(max_examples=100)
    @given(st.integers(0, len(whole) - 1))
    @example(0)
    @example(5)
    @example(HEADER_LENGTH - 1)
    @example(HEADER_LENGTH)
    @example(len(whole) - 1)
    def cut(length):
        other.write_bytes(whole[:length])
        with pytest.raises(NoBackup, match=r"cut off|empty"):
            making.proving.verify(other, opens)

    cut()


def test_damage_behind_a_first_line_that_was_made_to_fit_is_named_too(made, key, tmp_path):
    """As a disk does not do it, and somebody could: the hash fits, what it holds does not."""
    inside, other = made.read_bytes()[HEADER_LENGTH:], tmp_path / "fitted"
    opens = keys.identities(key)

    @settings(max_examples=100)
    @given(st.integers(0, len(inside) - 1), st.integers(1, 255), st.booleans())
    def fitted(place, change, cut):
        changed = inside[:place] if cut else inside[:place] + bytes([inside[place] ^ change]) + inside[place + 1 :]
        other.write_bytes(first_line(changed) + changed)
        with pytest.raises(NoBackup, match=WHAT):
            making.proving.verify(other, opens)

    fitted()


def first_line(behind: bytes) -> bytes:
    digest = sealed.hashlib.sha256(behind).hexdigest()
    return sealed.Header(digest, len(behind)).as_bytes()


# --- each way by its name ---------------------------------------------------------------------------------------------


def test_damaged_cut_and_foreign_files_have_a_sentence_each(made, refused, tmp_path):
    whole = made.read_bytes()
    other = tmp_path / "file"
    other.write_bytes(whole[:4000] + bytes([whole[4000] ^ 1]) + whole[4001:])
    assert refused(other) == "The file is damaged: what it holds is not what was written."
    other.write_bytes(whole[:-7])
    assert refused(other) == f"The file is cut off: 7 of its {len(whole)} bytes are missing."
    other.write_bytes(b"SQLite format 3\0" + whole)
    assert refused(other) == "It is no backup of Trellis, or its beginning is damaged."
    assert refused(tmp_path / "none") == "It cannot be read: No such file or directory."
    assert refused(tmp_path) == "It cannot be read: Is a directory."


def test_a_backup_for_another_key_is_named(run, made, tmp_path):
    keys.make(tmp_path / "another")
    code, out, err = run("verify", made, "--identity", tmp_path / "another", "--json")
    assert (code, out) == (2, "")
    assert err == f"{made}: It was encrypted for other keys than the one that was given.\n"


def tar_of(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, "database"
    return made


STRAY = "It holds something that no backup of Trellis holds."
NO_ARCHIVE = "What it holds is no archive of Trellis, or a damaged one."
NO_MANIFEST = "It holds no manifest of Trellis, or a damaged one."


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (b"", NO_ARCHIVE),
        (b"a letter, encrypted for the same key", NO_ARCHIVE),
        (tar_of((member("database"), b"x" * 5000))[:-40], NO_ARCHIVE),
        (tar_of((member("../evil"), b"x")), STRAY),
        (tar_of((member("documents/../../evil"), b"x")), STRAY),
        (tar_of((member("/etc/evil"), b"x")), STRAY),
        (tar_of((member("documents/a", tarfile.SYMTYPE), b"")), STRAY),
        (tar_of((member("database"), b"x"), (member("database"), b"y")), STRAY),
        (tar_of((member("database"), b"x")), NO_MANIFEST),
        (tar_of((member("manifest.json"), b"{")), NO_MANIFEST),
        (tar_of((member("manifest.json"), b"[]")), NO_MANIFEST),
        (tar_of((member("manifest.json"), b'{"manifest": "{}", "seal": 7}')), NO_MANIFEST),
        (tar_of((member("manifest.json"), b"[" * 100_000)), NO_MANIFEST),
    ],
)
def test_what_somebody_else_encrypted_for_this_key_is_no_backup(refused, recipients, tmp_path, plain, sentence):
    file = sealed.write(tmp_path, lambda digest: "foreign", [plain], recipients)
    assert refused(file) == sentence
    assert "evil" not in files(tmp_path.parent) + files(tmp_path)


def test_a_manifest_that_somebody_else_wrote_is_named(made, refused, key, recipients, tmp_path):
    """Everybody may know the public key; the seal is made with the field keys, which nobody else has."""
    parts, said = taken_apart(made, key, tmp_path / "parts")
    text = json.dumps({"manifest": json.dumps({**said, "newest_event": 0}), "seal": "0" * 64}).encode()
    file = put_together(tmp_path, "forged", parts, text, recipients)
    assert refused(file).startswith("It was changed: it names this installation's key")


def resealed(said: dict) -> bytes:
    return manifest.written(manifest.Manifest.model_validate_json(json.dumps(said)))


def test_parts_that_the_manifest_does_not_name_are_named(made, refused, key, recipients, tmp_path):
    parts, said = taken_apart(made, key, tmp_path / "parts")
    (tmp_path / "more").write_bytes(b"more")
    more = [*parts, ("documents/more", tmp_path / "more")]
    file = put_together(tmp_path, "more.backup", more, resealed(said), recipients)
    assert refused(file) == "The file is damaged: what it holds is not what its manifest names."


def test_rows_that_are_missing_are_counted(run, made, key, recipients, other_place, tmp_path):
    parts, said = taken_apart(made, key, tmp_path / "parts")
    said["tables"]["audit_auditevent"] += 1
    said["newest_event"] += 1
    file = put_together(tmp_path, "fewer", parts, resealed(said), recipients)
    code, out, _ = run("verify", file, "--identity", key)
    assert code == 1
    assert "audit_auditevent has 30 rows, 31 were backed up." in out
    assert "The newest event is 30, 31 was backed up." in out
    code, _, err = run("restore", file, "--identity", key, "--into", other_place)
    assert (code, "What it holds is not what was backed up." in err) == (2, True)


def test_a_backup_of_a_newer_trellis_is_named(made, refused, key, recipients, tmp_path):
    parts, said = taken_apart(made, key, tmp_path / "parts")
    said["migrations"].append(["tomorrow", "0001_initial"])
    said["trellis"] = "9.0"
    file = put_together(tmp_path, "newer", parts, resealed(said), recipients)
    assert refused(file).startswith(
        "It was made by another Trellis (9.0), whose database has 1 migrations that this one"
    )


def test_a_disk_that_fills_while_it_is_opened_is_told(made, refused, monkeypatch):
    def full(self, piece):
        with self._kept():
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed._Sink, "write", full)
    assert refused(made).endswith("There is no room to open the backup: No space left on device.")
