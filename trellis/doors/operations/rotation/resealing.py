"""Every text under an older key is sealed anew. A run that was cut off needs no note of it: what is done shows."""

from typing import Any

from trellis.doors.operations.rotation import actions
from trellis.doors.operations.rotation.looking import Tell, batches
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import crypto, keys, sealed
from trellis.foundation.record.sealed import Place

#: rows that somebody else held or changed are tried again, so many times in all
PASSES = 3


def reseal_all(by: Actor, tell: Tell) -> int:
    """How many rows were sealed anew. Rows that never change are left as they are."""
    places = [place for place in sealed.places() if not place.never_changes]
    done = 0
    for number, place in enumerate(places, 1):
        done += _reseal_place(by, place)
        tell("Sealed anew", number, len(places))
    return done


def _reseal_place(by: Actor, place: Place) -> int:
    done = 0
    for _ in range(PASSES):
        passed, left = _pass(by, place)
        done += passed
        if not left:
            break
    return done


def _pass(by: Actor, place: Place) -> tuple[int, int]:
    done = left = 0
    for batch in batches(place):
        was = dict(filter(lambda row: _older(place, row[1]), batch))
        if was:
            # Sealed before the transaction begins: it holds its rows no longer than writing takes.
            now = {pk: place.changed(value, _anew) for pk, value in was.items()}
            passed = actions.reseal(by=by, place=place, was=was, now=now)
            done, left = done + passed, left + len(was) - passed
    return done, left


def _older(place: Place, value: Any) -> bool:
    """Whether a text in it is opened by an older key alone. What no key opens is left for whoever finds the key."""
    held = keys.current()
    opened = {crypto.opened_by(text, held) for text in place.texts(value)}
    return bool(opened - {held[0], None})


def _anew(text: str) -> str:
    try:
        return crypto.seal_anew(text)
    except crypto.CannotOpen:
        return text
