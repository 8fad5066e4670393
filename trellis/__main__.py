"""The `trellis` command: the management commands under one name."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    command = sys.argv[1:2]
    if command == ["demo"] or (command == ["serve"] and "--demo" in sys.argv):
        _choose_demo_database()
    if command == ["serve"]:
        os.environ.setdefault("TRELLIS_POOL", "1")
    from trellis.config.commands import run

    run(sys.argv)


def _choose_demo_database() -> None:
    """A demo lives in a file of its own unless DATABASE_URL says otherwise."""
    var = Path(os.environ.get("TRELLIS_VAR", ROOT / "var"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{var / 'demo.sqlite3'}")
    os.environ.setdefault("TRELLIS_DEMO", "1")
    os.environ.setdefault("TRELLIS_LOG_LEVEL", "WARNING")  # its terminal is for the list of sign-ins


if __name__ == "__main__":
    main()
