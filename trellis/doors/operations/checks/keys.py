"""Whether the field keys open what lies sealed in the database, and whether it lies under the first one."""

from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.doors.operations.rotation import rules
from trellis.doors.operations.rotation.looking import look as look_at_texts
from trellis.foundation.record import keys

#: rows at each end of a table: the doctor is asked often. A lost key shows among the oldest, a change of keys that was
#: cut off among the newest
ENDS = 1000
ALL = "trellis keys status"


def sealed_texts() -> Finding:
    found, held = look_at_texts(lambda *_: None, ENDS), keys.current()
    closed = [f"{one.place} ({len(one.closed)})" for one in found if one.closed]
    if closed:
        return wrong(
            "keys",
            f"No field key opens some of the sealed texts in {', '.join(closed)}.",
            f"Put the key that sealed them back behind the others. Which rows: {ALL}",
        )
    waiting = rules.waiting(found, held)
    if waiting:
        return look("keys", f"At least {waiting} sealed texts lie under an older key.", "Run: trellis keys reseal")
    staying = rules.staying(found, held)
    if staying:
        return ok("keys", "Sealed texts open. Some lie under an older key, in rows that never change: it stays.")
    return ok("keys", "Sealed texts open, and lie under the first field key.")
