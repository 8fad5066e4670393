"""A file on the shelf and its row: both or neither, sealed, private, and the very bytes again."""

import errno
import os
import stat
import time
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, transaction

from trellis.foundation.documents import clearing, giving, queries, shelf
from trellis.foundation.documents.models import Document, DocumentKey
from trellis.foundation.documents.rules import Unfit
from trellis.foundation.record import crypto, sealed
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db
TOMORROW = 25 * 60 * 60


def files(papers):
    return [path for path in papers.rglob("*") if path.is_file()]


def test_the_very_bytes_come_back(keep, papers):
    document = keep(b"signed")
    assert queries.read(document) == b"signed"
    assert (document.size, document.kind, document.subject) == (6, "pdf", "client:17")


def test_who_finds_the_disk_finds_noise(keep, papers):
    document = keep(b"a page that was signed" * 50)
    (file,) = files(papers)
    assert b"signed" not in file.read_bytes()
    assert file.name == document.public_id
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (papers, file.parent, file)]
    assert modes == [0o700, 0o700, 0o600]


def test_each_file_has_a_key_of_its_own(keep):
    one, other = keep(), keep()
    keys = [crypto.unseal(document.key.sealed) for document in (one, other)]
    assert keys[0] != keys[1]
    with pytest.raises(shelf.Damaged):
        shelf.take(one.public_id, keys[1])


def test_one_file_in_the_place_of_another_is_found_out(keep, papers):
    one, other = keep(), keep()
    (papers / one.public_id[:2] / one.public_id).write_bytes(
        (papers / other.public_id[:2] / other.public_id).read_bytes()
    )
    with pytest.raises(shelf.Damaged):
        queries.read(one)


@pytest.mark.parametrize("damage", [lambda file: file.write_bytes(b""), lambda file: file.unlink(),
                                    lambda file: file.write_bytes(file.read_bytes()[:-1])])  # fmt: skip
def test_a_damaged_file_is_named(keep, papers, damage):
    document = keep()
    damage(files(papers)[0])
    with pytest.raises(shelf.Damaged):
        queries.read(document)


def test_a_lost_field_key_or_row_of_the_key_is_damage_too(keep, settings):
    document = keep()
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(shelf.Damaged):
        queries.read(document)
    with writing("test"):
        DocumentKey.objects.all().delete()
    with pytest.raises(shelf.Damaged):
        queries.read(document)


def test_a_change_of_the_field_keys_finds_every_file(keep, settings):
    document, old = keep(), settings.FIELD_KEYS
    (place,) = [place for place in sealed.places() if place.model is DocumentKey]
    assert not place.never_changes
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *old]
    with writing("test"):
        DocumentKey.objects.update(sealed=crypto.seal_anew(document.key.sealed))
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert queries.read(document) == b"a page that was signed"


def test_a_document_never_changes(keep):
    keep()
    with pytest.raises(DatabaseError, match="append-only"), writing("test"), transaction.atomic():
        Document.objects.update(sha256="0")


def test_the_limits_are_the_settings(keep, settings):
    settings.DOCUMENTS_OF_A_RECORD, settings.DOCUMENT_BYTES_OF_A_SUBJECT = 2, 100
    keep(record="consent:1")
    keep(record="consent:1")
    with pytest.raises(Unfit, match="2 files are kept"):
        keep(record="consent:1")
    keep(record="consent:2")
    keep(b"x" * 34)
    with pytest.raises(Unfit, match="all the room"):
        keep(b"x")
    assert keep(b"x", subject="client:18").subject == "client:18"
    assert Document.objects.count() == 5


def test_keeping_asks_a_fixed_number_of_times(keep, statements):
    with statements() as few:
        keep(record="consent:1")
    for _ in range(9):
        keep(record="consent:1")
    with statements() as many:
        keep(record="consent:1")
    assert len(few) == len(many)


def test_a_full_disk_leaves_nothing_behind(keep, papers, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep()
    assert files(papers) == []
    assert not Document.objects.exists()


def test_a_file_whose_row_never_came_is_cleared_away_after_a_day(keep, papers):
    document = keep()
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    assert len(files(papers)) == 2
    assert clearing.clear(time.time()) == 0
    assert clearing.clear(time.time() + TOMORROW) == 1
    assert [path.name for path in files(papers)] == [document.public_id]
    assert clearing.clear(time.time() + TOMORROW) == 0


def test_many_are_cleared_in_batches(keep, papers, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    kept = keep()
    for _ in range(5):
        shelf.put(Document().public_id, b"x")
    assert clearing.clear(time.time() + TOMORROW) == 5
    assert [path.name for path in files(papers)] == [kept.public_id]


def test_a_shelf_that_is_not_there_holds_nothing(papers):
    assert clearing.clear(time.time() + TOMORROW) == 0
    assert not papers.exists()


def test_the_newest_are_named(keep, clock_at):
    names = [keep().public_id for _ in range(3)]
    assert queries.newest(2) == [names[2], names[1]]
    assert all(shelf.has(name) for name in names)


def test_it_is_given_out_as_a_file_to_save(keep):
    response = giving.attachment(keep(b"signed"), "consent")
    assert response.content == b"signed"
    said = {name: response[name] for name in response.headers}
    assert said == {
        "Content-Type": "application/pdf", "Content-Disposition": 'attachment; filename="consent.pdf"',
        "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
    }  # fmt: skip


def test_the_worker_clears_once_a_day():
    from trellis.foundation.jobs.registry import repeats

    (repeat,) = [one for one in repeats() if "clear_left_over_documents" in one.name]
    assert repeat.interval == timedelta(days=1)
