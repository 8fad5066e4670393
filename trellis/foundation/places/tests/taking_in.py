"""Lists taken in, for tests of what becomes of them."""

import json

from trellis.foundation.access.actor import Actor
from trellis.foundation.places import actions, recalling
from trellis.foundation.places.tests.lists import row

COMMAND = Actor.of_system("meetings")
KEEPER = Actor(account_id=1, roles=frozenset({"program_administrator"}))
COUNSELOR = Actor(account_id=2, roles=frozenset({"counselor"}))


def take(*rows, name="pomona", by=COMMAND, **how):
    body = json.dumps(list(rows)).encode()
    return actions.import_list(by=by, name=name, outcome=recalling.outcome_of(name, body), body=body, **how)


def counts(reading):
    return reading.added, reading.changed, reading.unchanged, reading.ended


def many(number, **changes):
    return [row(slug=f"m{n}", **changes) for n in range(number)]
