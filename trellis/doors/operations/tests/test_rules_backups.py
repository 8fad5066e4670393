"""Which backups stay, when the next is due, and what a first line says."""

import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trellis.doors.operations.backups import rules
from trellis.doors.operations.backups.faults import NoBackup

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
DIGEST = "0123456789abcdef" * 4
instants = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
names = st.builds(lambda at, digest: rules.name_of(at, f"{digest:08x}"), instants, st.integers(0, 0xFFFFFFFF))
strangers = st.one_of(
    st.text(max_size=60),
    names.map(lambda name: name + ".old"),
    names.map(str.upper),
    st.just("trellis-20261340T000000Z-00000000.backup"),
)


def every(step: timedelta, times: int) -> list[str]:
    return [rules.name_of(NOON - n * step, DIGEST) for n in range(times)]


def test_a_name_says_when():
    name = rules.name_of(NOON, DIGEST)
    assert name == "trellis-20260615T120000Z-01234567.backup"
    assert rules.made_at(name) == NOON


@given(strangers)
def test_a_name_that_is_not_ours_says_nothing(name):
    assert rules.made_at(name) is None


@given(st.lists(names, max_size=200), st.lists(strangers, max_size=20))
def test_pruning_takes_nothing_of_others_and_never_the_newest(ours, others):
    gone = rules.to_prune([*ours, *others])
    assert set(gone) <= set(ours) - set(others)
    assert len(gone) == len(set(gone))
    if ours:
        assert max(rules.ours(ours))[1] not in gone


@given(st.lists(names, max_size=200))
def test_pruning_twice_is_pruning_once_and_the_order_does_not_matter(ours):
    gone = rules.to_prune(ours)
    assert gone == rules.to_prune(reversed(ours))
    assert rules.to_prune(set(ours) - set(gone)) == []


@given(st.lists(names, min_size=1, max_size=200))
@example(every(timedelta(minutes=5), 2000))
@example(every(timedelta(hours=7), 900))
def test_the_newest_of_24_hours_35_days_and_12_months_stay(ours):
    kept = rules.to_keep(ours)
    for most, period in ((24, "%Y%m%d%H"), (35, "%Y%m%d"), (12, "%Y%m")):
        newest: dict[str, str] = {}
        for at, name in sorted(rules.ours(ours)):
            newest[at.strftime(period)] = name
        assert {newest[one] for one in sorted(newest)[-most:]} <= kept
    assert len(kept) <= 24 + 35 + 12


def test_a_year_of_backups_every_five_minutes():
    kept = rules.to_keep(every(timedelta(minutes=5), 12 * 24 * 366))
    assert len(kept) == 24 + 33 + 10  # the newest of two days are among the hours, of two months among the days


@pytest.mark.parametrize(
    ("minutes", "engine", "due", "late"),
    [
        (3, "sqlite", False, False),
        (4, "sqlite", True, False),
        (15, "sqlite", True, False),
        (16, "sqlite", True, True),
        (600, "postgresql", False, False),
        (24 * 60, "postgresql", True, False),
        (27 * 60, "postgresql", True, True),
    ],
)
def test_when_the_next_is_due_and_when_the_last_is_too_old(minutes, engine, due, late):
    last = NOON - timedelta(minutes=minutes)
    assert rules.is_due(last, NOON, engine) == due
    assert rules.is_late(last, NOON, engine) == late
    assert rules.is_due(None, NOON, engine)


# --- the first line ---------------------------------------------------------------------------------------------------


def line(length: int = 5000) -> bytes:
    return rules.Header(DIGEST, length).as_bytes()


def summed(said: bytes) -> bytes:
    return said + f"{zlib.crc32(said):08x}\n".encode()


@given(st.integers(0, 2**60), st.binary(max_size=300))
def test_a_first_line_is_read_as_it_was_written(length, behind):
    header = rules.Header(DIGEST, length)
    assert rules.read_header(header.as_bytes() + behind, rules.HEADER_LENGTH + length) == header


@given(st.integers(0, rules.HEADER_LENGTH - 1), st.integers(1, 255))
def test_one_byte_of_it_changed_is_named(place, change):
    changed = bytearray(line())
    changed[place] ^= change
    with pytest.raises(NoBackup, match=r"damaged|no backup of Trellis"):
        rules.read_header(bytes(changed) + b"x" * 300, rules.HEADER_LENGTH + 5000)


@pytest.mark.parametrize(
    ("start", "size", "sentence"),
    [
        (b"", 0, "The file is empty."),
        (b"PK\3\4", 4, "It is no backup of Trellis, or its beginning is damaged."),
        (b"trell", 5, "The file is cut off: not even its first line is whole."),
        (line()[:-1], 99, "The file is cut off: not even its first line is whole."),
        (
            line(),
            rules.HEADER_LENGTH + 4000,
            f"The file is cut off: 1000 of its {rules.HEADER_LENGTH + 5000} bytes are",
        ),
        (line(), rules.HEADER_LENGTH + 5001, "The file is damaged: 1 bytes stand behind its end."),
        (b"trellis-backup 1 " + b"x" * 300, 5000, "The file is damaged: its first line"),
        (summed(b"trellis-backup 2 anything "), 5000, "It was made by a newer Trellis (format 2)."),
        (summed(b"trellis-backup 1 anything "), 5000, "The file is damaged: its first line"),
    ],
)
def test_what_is_no_backup_is_told_in_a_sentence(start, size, sentence):
    with pytest.raises(NoBackup) as told:
        rules.read_header(start, size)
    assert str(told.value).startswith(sentence)
