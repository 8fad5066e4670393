"""Where papers lie: whether they can be written, whether others can read them, whether the newest are there."""

import os
import stat

from trellis.doors.operations.checks.finding import Finding, ok, wrong
from trellis.foundation.documents import queries, shelf

NEWEST = 200


def documents() -> Finding:
    root = shelf.root()
    lost = [name for name in queries.newest(NEWEST) if not shelf.has(name)]
    if lost:
        return wrong(
            "documents",
            f"{len(lost)} of the newest papers are not in {root}, {lost[0]} for one.",
            "Name the folder that holds them in TRELLIS_DOCUMENTS, or bring them back from a backup.",
        )
    if not root.is_dir():
        return _not_there_yet()
    if stat.S_IMODE(root.stat().st_mode) & 0o077:
        return wrong("documents", f"Others on this machine can look into {root}.", f"Run: chmod 700 {root}")
    if not os.access(root, os.W_OK | os.X_OK):
        return wrong("documents", f"Nothing can be written in {root}.", "Give it to the user that Trellis runs as.")
    return ok("documents", f"Papers lie in {root}, each sealed; only its owner opens the folder.")


def _not_there_yet() -> Finding:
    root = shelf.root()
    above = next(one for one in root.absolute().parents if one.exists())
    if not os.access(above, os.W_OK | os.X_OK):
        return wrong("documents", f"{root} cannot be made in {above}.", "Give it to the user that Trellis runs as.")
    return ok("documents", f"No paper was kept yet; they will lie in {root}.")
