"""The one settings module under another environment."""

import json
import os
import subprocess
import sys
from typing import Any


def settings_of(*names: str, **environment: str) -> dict[str, Any]:
    said = f"{{name: getattr(settings, name) for name in {names}}}"
    ask = f"import json; from trellis.config import settings; print(json.dumps({said}))"
    told = subprocess.run(
        [sys.executable, "-c", ask], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found
