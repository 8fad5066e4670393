"""How long a list of 20,000 meetings takes: `python -m benchmarks.importing [--rows N]`.

Each figure is a whole process, `trellis meetings import`, as an operator starts it; beside it stands what an empty
command takes (`trellis meetings export` of no list). The database is the one of DATABASE_URL, which must be empty, or
a new SQLite file. On PostgreSQL: tools/with_postgres.sh .venv/bin/python -m benchmarks.importing
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACES = (("Pomona", 34.055, -117.75), ("Claremont", 34.097, -117.72), ("Ontario", 34.063, -117.65))
STREETS = ("Garey Ave", "Holt Ave", "Foothill Blvd", "Mission Blvd", "Towne Ave", "Arrow Hwy")
NOTES = "Park behind the building.<br>The room is on the second floor &amp; has an elevator."
DOOR = "Enter from the side street; somebody waits at the door ten minutes before."
TYPES = ("O", "C", "D", "W", "M", "S", "ST", "BE", "X", "LIT")
SITE = "https://lists.example.org"


def a_list(rows: int, seed: int = 1) -> list[dict[str, object]]:
    """Rows as the site of an intergroup publishes them: 800 to 900 bytes each, a third of them online too."""
    draw = random.Random(seed)
    return [_row(number, draw) for number in range(rows)]


def _row(number: int, draw: random.Random) -> dict[str, object]:
    city, latitude, longitude = draw.choice(PLACES)
    site = draw.randrange(3000)
    hour, minute = divmod(draw.randrange(12, 44) * 30, 60)
    row: dict[str, object] = {
        "id": 100_000 + number, "name": f"Group number {number} of {city}", "slug": f"group-{number}",
        "updated": "2026-05-01 12:00:00", "location_id": site, "url": f"{SITE}/meetings/group-{number}/",
        "day": number % 7, "time": f"{hour:02}:{minute:02}", "end_time": f"{hour + 1:02}:{minute:02}",
        "time_formatted": "7:30 pm", "edit_url": f"{SITE}/edit?post={number}&action=edit",
        "types": draw.sample(TYPES, 4), "location": f"Church number {site}",
        "location_url": f"{SITE}/locations/{site}/",
        "formatted_address": f"{site} {draw.choice(STREETS)}, {city}, CA 91766, USA", "approximate": "no",
        "latitude": round(latitude + site / 50_000, 7), "longitude": round(longitude - site / 60_000, 7),
        "region": city, "regions": [city], "attendance_option": "in_person",
        "notes": NOTES if number % 2 else "", "location_notes": DOOR if number % 3 else "",
    }  # fmt: skip
    if number % 3 == 0:
        row |= {
            "conference_url": f"https://zoom.example.org/j/{number:010}?pwd=abcdefgh",
            "conference_url_notes": f"Meeting ID: {number:010}, passcode: 123456", "attendance_option": "hybrid",
        }  # fmt: skip
    return row


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of one processor and the peak of memory in MB, of one process."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(said.decode())
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.json", Path(folder) / "second.json"
        listed = a_list(rows)
        first.write_text(json.dumps(listed))
        second.write_text(json.dumps([row | {"notes": "New."} if n % 20 == 0 else row for n, row in enumerate(listed)]))
        trellis = [sys.executable, "-m", "trellis"]
        environment = {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "TRELLIS_VAR": folder} | os.environ
        subprocess.run([*trellis, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        read_in = [*trellis, "meetings", "import", "--name", "bench"]
        print(f"{rows} rows, {first.stat().st_size / 1e6:.1f} MB, {environment['DATABASE_URL'].split(':')[0]}")
        for what, command in {
            "an empty command": [*trellis, "meetings", "export"],
            "dry run, no database": [*read_in, str(first), "--dry-run"],
            "first import": [*read_in, str(first)],
            "refresh, unchanged": [*read_in, str(first)],
            "refresh, one in twenty changed": [*read_in, str(second)],
            "export as JSON": [*trellis, "meetings", "export", "--json"],
        }.items():
            seconds, busy, megabytes = measured(command, environment)
            print(f"  {what:32} {seconds:6.2f} s  {busy:6.2f} s busy  {megabytes:5.0f} MB", flush=True)


if __name__ == "__main__":
    main()
