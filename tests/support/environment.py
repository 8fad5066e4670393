"""What the settings read, for tests: nothing of the machine's own, and nothing left behind."""

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: files of this run: databases, uploads, secrets; gone when the run ends
RUN = Path(tempfile.mkdtemp(prefix="trellis-tests-"))


def settle() -> None:
    atexit.register(shutil.rmtree, RUN, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(OURS) and name not in KEPT]:
        del os.environ[name]
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{RUN / 'trellis.sqlite3'}"
    os.environ.update(FIXED)
    (RUN / "static").mkdir()  # WhiteNoise warns where there is none


OURS = (
    "TRELLIS_",
    "IDLE_MINUTES_",
    "ROOM_LOCK_",
    "SESSION_HOURS_",
    "EMAIL_",
    "SECRET_KEY",
    "FIELD_KEYS",
    "ALLOWED_HOSTS",
    "CSRF_",
    "DEBUG",
)

#: what a test run may be told from outside
KEPT = {
    "TRELLIS_RESULTS",
    "TRELLIS_SHARED",
    "TRELLIS_SCREENSHOTS",
    "TRELLIS_SOAK_SECONDS",
    "TRELLIS_SOAK_SEED",
}

FIXED: dict[str, str] = {
    "TRELLIS_VAR": str(RUN),
    "TRELLIS_STATIC": "plain",
    "SECRET_KEY": "a key for tests and for nothing else, long enough to please a check",
    "FIELD_KEYS": base64.urlsafe_b64encode(b"thirty-two bytes, for tests only").decode(),
}
