"""Lists as a publisher sends them, for tests of what happens with them."""

import json


def rows(number, *, start=0, **more):
    """So many meetings of a Meeting Guide list, each on another minute of Monday."""
    return [
        {
            "slug": f"meeting-{n}", "name": f"Meeting {n}", "day": 1, "time": f"{8 + n // 60:02}:{n % 60:02}",
            "types": ["O"], "location": "Town Hall", "address": f"{n + 1} Main Street", "city": "Pomona", "state": "CA",
            **more,
        }
        for n in range(start, start + number)
    ]  # fmt: skip


def body(number, **more):
    return json.dumps(rows(number, **more)).encode()
