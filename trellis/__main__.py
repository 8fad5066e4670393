"""The `trellis` command: the management commands under one name."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    if sys.argv[1:2] == ["demo"]:
        _choose_demo_database()
    from trellis.config.commands import run

    run(sys.argv)


def _choose_demo_database() -> None:
    """A demo lives in a file of its own unless DATABASE_URL says otherwise."""
    var = Path(os.environ.get("TRELLIS_VAR", ROOT / "var"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{var / 'demo.sqlite3'}")
    os.environ.setdefault("TRELLIS_DEMO", "1")


if __name__ == "__main__":
    main()
