"""What a person reads of an answer."""

import html
import re
from typing import Any


def text(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
