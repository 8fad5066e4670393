"""One of several processes that reach for the same room and the same person at once; started by test_races.py.

`python -m trellis.journey.schedule.tests.race 3 7 11,12,13`: when a line comes in, tries to hold room 3 and person 7
for each of the sessions. Prints how many attempts at each won and how many were refused.
"""

import json
import sys
from collections import Counter


def main(room_key: int, staff_key: int, sessions: list[int]) -> None:
    import django

    django.setup()
    from trellis.foundation.access.actor import Actor
    from trellis.foundation.access.permissions import Refused
    from trellis.foundation.program.models import Room
    from trellis.journey.schedule.actions import change_facilitator, change_room
    from trellis.journey.schedule.models import Session
    from trellis.people.staff.models import StaffMember

    by = Actor(account_id=1, roles=frozenset({"clinical_director"}))
    room, person = Room.objects.get(pk=room_key), StaffMember.objects.get(pk=staff_key)
    rows = [Session.objects.get(pk=key) for key in sessions]
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    found: Counter[str] = Counter()
    for session in rows:
        for kind, act, wanted in (
            ("room", change_room, {"room": room}),
            ("person", change_facilitator, {"staff_member": person}),
        ):
            try:
                act(by=by, session=session, **wanted)
                found[f"{kind} won"] += 1
            except Refused:
                found[f"{kind} refused"] += 1
    print(json.dumps(found), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [int(key) for key in sys.argv[3].split(",")])
