"""Runs inside Trellis, on a copy that is thrown away: forms, referrals and trajectories beside the bare work. JSON.

A referral of a size is made of the synthetic ones beside the project, or of the one in its tests: its entries again and
again under other ids, until the file is that large.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure
from benchmarks.importing import measured
from benchmarks.places import ROOT
from benchmarks.trust import COUNTED, in_turn
from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.referral import read
from trellis.journey.inquiry.tests.referrals import BUNDLE
from trellis.journey.measures.library import instruments
from trellis.journey.measures.models import Administration, Outcome
from trellis.journey.measures.rules import score
from trellis.journey.measures.tests.factories import every
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import sign_in
from trellis.people.clients.models import Client

#: forms scored at once, so that a clock can tell
AT_ONCE = 100
WEEKS = 104
SMALL, LARGE = 5, 50
MEGABYTE = 1024 * 1024
#: reading a file as JSON and nothing else, in a process of its own
BARE = "import json, sys; json.load(open(sys.argv[1], 'rb'))"
ROWS = """
    SELECT a."on", o.status, o.total, o.severity FROM measures_outcome o
    JOIN measures_administration a ON a.id = o.administration_id
    WHERE a.client_id = %s AND a.instrument = %s ORDER BY a."on"
"""


def measure(times: int, megabytes: int) -> Iterator[Figure]:
    with program.remembered():
        yield from scoring(times)
        yield over_time(times)
    with TemporaryDirectory() as folder:
        yield reading(Path(folder) / "small.json", min(SMALL, megabytes))
        yield memory(Path(folder) / "large.json", min(LARGE, megabytes))


# --- forms ------------------------------------------------------------------------------------------------------------


def scoring(times: int) -> Iterator[Figure]:
    """One form with every item answered; its floor adds the answers up and judges nothing."""
    for name, instrument in sorted(instruments().items()):
        answers = every(name, max)

        def scored(instrument: Any = instrument, answers: dict[str, int] = answers) -> None:
            for _ in range(AT_ONCE):
                score(instrument, answers, "female")

        def added(answers: dict[str, int] = answers) -> None:
            for _ in range(AT_ONCE):
                total = 0
                for answer in answers.values():
                    total += answer

        took = in_turn(max(times // 10, 1), {"score": scored, "sum": added})
        value, below = (1000 * took[one] / AT_ONCE for one in ("score", "sum"))
        yield Figure(f"score: {name}", value, "µs", "a plain sum", below, f"at most 1,000 µs; {len(answers)} items")


# --- how it has been, over time ---------------------------------------------------------------------------------------


def over_time(times: int) -> Figure:
    director = Account.objects.filter(grants__role="clinical_director", grants__until__isnull=True).order_by("pk")[0]
    client = Client.objects.filter(attendances__isnull=False).order_by("pk")[0]
    two_years(client)
    browser = Browser(SERVER_NAME="localhost")
    browser.cookies = sign_in(browser, director).cookies
    address = reverse("care:over_time", args=[client.public_id]) + "?measure=phq-9"

    def opens() -> bytes:
        response = browser.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} does not open")
        return bytes(response.content)

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, [client.pk, "phq-9"])
            cursor.fetchall()

    opens()
    with CaptureQueriesContext(connection) as captured:
        page = opens()
    asked = [one for one in captured.captured_queries if one["sql"].lstrip("( \n").upper().startswith(COUNTED)]
    took = in_turn(times, {"page": opens, "raw": raw})
    return Figure(
        "page: over time", took["page"], "ms", "its forms, raw", took["raw"],
        f"{len(asked)} statements (at most 15), {len(page) / 1000:.0f} KB (at most 40), {WEEKS} weekly forms",
    )  # fmt: skip


def two_years(client: Client) -> None:
    today, at = clock.today(program.zone()), clock.now()
    with writing("bench"):
        forms = Administration.objects.bulk_create(
            Administration(
                client=client, instrument="phq-9", version="1.0.0", language="en", way="phone", occasion="weekly",
                on=today - timedelta(weeks=n), at=at, by="bench",
            )
            for n in range(WEEKS)
        )  # fmt: skip
        Outcome.objects.bulk_create(
            Outcome(administration=form, total=n % 28, status="complete", severity="moderate", at=at, by="bench")
            for n, form in enumerate(forms)
        )


# --- referrals --------------------------------------------------------------------------------------------------------


def reading(file: Path, megabytes: int) -> Figure:
    write(file, megabytes)
    data, now, zone = file.read_bytes(), clock.now(), program.zone()
    began = time.perf_counter()
    sent = json.loads(data)
    parsed = time.perf_counter()
    found = read(sent, now=now, zone=zone)
    ended = time.perf_counter()
    return Figure(
        f"referral: {megabytes} MB", ended - began, "s", "json.loads alone", parsed - began,
        f"at most 3 s; {found['counts']['resources']:,} resources, {found['counts']['used']:,} used",
    )  # fmt: skip


def memory(file: Path, megabytes: int) -> Figure:
    """The peak of a process of its own, as an operator starts it."""
    write(file, megabytes)
    environment = dict(os.environ)
    _, busy, peak = measured([sys.executable, "-m", "trellis", "referral", "read", str(file), "--json"], environment)
    _, _, below = measured([sys.executable, "-c", BARE, str(file)], environment)
    return Figure(
        f"referral: {megabytes} MB, peak", peak, "MB", "json.load alone, peak", below,
        f"at most 512 MB; {busy:.1f} s of one processor",
    )  # fmt: skip


def write(file: Path, megabytes: int) -> None:
    """Just below so many megabytes, and never all of it in memory."""
    bundle = pattern()
    entries = bundle.pop("entry")
    patient = next(one for one in entries if one["resource"]["resourceType"] == "Patient")
    others = [one for one in entries if one["resource"]["resourceType"] != "Patient"]
    with file.open("w", encoding="utf-8") as out:
        head = json.dumps(bundle)[:-1]
        size = out.write(f'{head}, "entry": [{json.dumps(patient)}')
        while True:
            for entry in others:
                text = json.dumps(entry)
                if size + len(text) + 4 >= megabytes * MEGABYTE:
                    out.write("]}")
                    return
                size += out.write(f",\n{text}")
            others = [again(entry) for entry in others]


def again(entry: dict[str, Any]) -> dict[str, Any]:
    """The same under another id; what it points to stays."""
    resource = entry["resource"]
    named = {"id": f"{resource['id']}n"} if "id" in resource else {}
    return entry | {"resource": resource | named} | ({"fullUrl": f"{entry['fullUrl']}n"} if "fullUrl" in entry else {})


def pattern() -> dict[str, Any]:
    shared = Path(os.environ.get("TRELLIS_SHARED") or ROOT.parent / "shared")
    files = sorted((shared / "data" / "fhir" / "synthea-sud").glob("*.json"))
    found: dict[str, Any] = json.loads(files[0].read_bytes() if files else json.dumps(BUNDLE))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=LARGE)
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    if not settings.DEMO:
        raise SystemExit("Forms that nobody filled in would be written: this is for a demo's copy only.")
    json.dump([asdict(one) for one in measure(asked.times, max(asked.megabytes, 1))], sys.stdout)


if __name__ == "__main__":
    main()
