"""The words of a summary as they are signed: one text, whose hash stands beside it. Pure."""

import hashlib
import json
from collections.abc import Mapping

from trellis.journey.continuity.leaving.rules import SECTIONS


def written(words: Mapping[str, str]) -> str:
    """The parts that say something, in their order."""
    parts = [(key, words[key].strip()) for key in SECTIONS if words.get(key, "").strip()]
    return json.dumps(parts, ensure_ascii=False)


def read(text: str) -> dict[str, str]:
    return dict(json.loads(text))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
