"""Compiles every catalogue (.po) beside its source to .mo. Needs no gettext; quick when nothing changed."""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_catalogue(po: Path) -> None:
    # Written beside and moved: a server or a test running meanwhile never reads half a file.
    fresh = po.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(po)).save_as_mofile(str(fresh))
    fresh.replace(po.with_suffix(".mo"))


def main(root: Path = ROOT) -> int:
    made = 0
    for po in sorted((root / "trellis").rglob("locale/*/LC_MESSAGES/*.po")):
        if stale(po):
            compile_catalogue(po)
            made += 1
    if made:
        print(f"Compiled {made} catalogue{'' if made == 1 else 's'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
