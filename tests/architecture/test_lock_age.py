"""Libraries are chosen anew within the days that are promised."""

from datetime import date

import pytest

from tools import check, lock_age

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("today", [DAY, date(2026, 12, 24)])
def test_for_thirty_days_nothing_is_wrong(today):
    assert lock_age.fault("2026-11-24\n", today) == ""


@pytest.mark.parametrize(
    ("said", "today", "sentence"),
    [
        ("2026-11-24", date(2026, 12, 25), "chosen 31 days ago, 30 are allowed"),
        ("2026-11-24", date(2026, 11, 23), "a day that is still to come"),
        ("", DAY, "holds no day"),
        ("soon", DAY, "holds no day"),
    ],
)
def test_older_or_unknown_is_a_fault_that_says_what_to_do(said, today, sentence):
    assert sentence in lock_age.fault(said, today)
    assert "make lock UPGRADE=1" in lock_age.fault(said, today)


def test_what_is_promised_is_what_is_checked(root):
    date.fromisoformat(lock_age.LOOKED_AT.read_text().strip())
    assert f"at least every {lock_age.DAYS} days" in " ".join((root / "SECURITY.md").read_text().split())
    assert check.CHECKS["age of libraries"] == ["python", "tools/lock_age.py"]
