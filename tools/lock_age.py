"""Whether every library was looked at anew within the days that SECURITY.md names: `make lock UPGRADE=1` does that."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

LOOKED_AT = Path(__file__).resolve().parent.parent / "requirements" / "looked_at.txt"
DAYS = 30


def fault(said: str, today: date) -> str:
    """`said` is what the file holds: the day on which all locked versions were chosen anew. Empty: nothing is wrong."""
    try:
        age = (today - date.fromisoformat(said.strip())).days
    except ValueError:
        return f"{LOOKED_AT.name} holds no day, such as 2026-11-24. Run: make lock UPGRADE=1"
    if age < 0:
        return f"{LOOKED_AT.name} names a day that is still to come. Run: make lock UPGRADE=1"
    return (
        f"The libraries were chosen {age} days ago, {DAYS} are allowed. Run: make lock UPGRADE=1" if age > DAYS else ""
    )


if __name__ == "__main__":
    found = fault(LOOKED_AT.read_text(), datetime.now(UTC).date())
    print(found or "The libraries are of this month.")
    sys.exit(bool(found))
