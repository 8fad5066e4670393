"""Text of strangers as plain text: no markup, nothing invisible, no tricks with direction, no persons' addresses."""

import html
import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3

#: more than this of one field is not even looked at
MOST = 20_000
MORE = "…"
LEFT_OUT = "[…]"

#: controls, halves of characters, marks that turn the direction of writing, and what takes no space. Joiners stay:
#: Persian and many small pictures need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAK = re.compile(r"<\s{0,9}(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_FORMATTING = re.compile(
    r"<\s{0,9}/?(?:br|p|div|span|font|b|i|u|em|strong|a|li|ul|ol|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE
)
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMAIL = re.compile(r"[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
#: numbers that are a telephone's or a room's online, told apart by the words before them
_MAYBE_NUMBER = re.compile(
    r"(?<![\w#*+,./=-])(?:(?:\+?1[ .-]?)?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}|[0-9]{10}"
    r"|\+[0-9]{1,3}(?:[ .-]?[0-9]{2,4}){3,4})(?![\w-]|\.[0-9])"
)
_OF_A_ROOM = re.compile(
    r"\b(?:id|code|pin|pass\w*|zoom|room|sala|código|contraseña|clave)\b[^\n]{0,20}$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\w#*+,-])(?:\+?1[ .-]?)?(?:\([0-9]{3}\) ?|[0-9]{3}[.-])[0-9]{3}[.-][0-9]{4}(?![\w-]|\.[0-9])"
)


def as_text(value: Any) -> str:
    """A text, or a number as text; everything else is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    return str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)


def line(value: Any) -> str:
    """One line of plain text."""
    text = as_text(value)
    return _line(text) if len(text) < 200 else _line.__wrapped__(text)


@lru_cache(maxsize=20_000)  # a list says the same places again and again
def _line(text: str) -> str:
    # Most values are plain already.
    if not (text.isascii() and text.isprintable() and "<" not in text and "&" not in text and "@" not in text):
        text = without_addresses(_plain(text[:MOST]))
    return " ".join(text.split())


def paragraphs(value: Any) -> str:
    """Plain text that may have lines: at most one empty one between two."""
    text = as_text(value)[:MOST]
    return _paragraphs(text) if len(text) < 500 else _paragraphs.__wrapped__(text)


@lru_cache(maxsize=5000)
def _paragraphs(text: str) -> str:
    text = without_addresses(_plain(text))
    lines = [" ".join(one.split()) for one in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    text = _LINES.sub("\n", text)
    if "<" in text or "&" in text:
        marked = _HIDDEN.sub("", _BREAK.sub("\n", text))
        text = html.unescape(nh3.clean(marked, tags=set(), clean_content_tags={"script", "style"}))
        text = _LINES.sub("\n", text)
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text))


def without_addresses(text: str) -> str:
    """E-mail addresses in free text belong to persons more often than not."""
    return _EMAIL.sub(LEFT_OUT, text) if "@" in text else text


def without_numbers(text: str) -> str:
    """The same for telephone numbers; the dial-in number has a field of its own, and the number of a room stays."""
    if sum(char.isdigit() for char in text) < 9:
        return text
    text = _NUMBER.sub(LEFT_OUT, text)
    return _MAYBE_NUMBER.sub(lambda found: found[0] if _OF_A_ROOM.search(text[: found.start()]) else LEFT_OUT, text)


def as_written(value: Any, most: int) -> str:
    """A line with its markup, as text: where something was written in it. Pages show it as text, too."""
    text = " ".join(_HIDDEN.sub("", as_text(value)[:MOST]).split())
    return cut(text, most) if any(map(str.isalnum, _FORMATTING.sub("", text))) else ""


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + MORE


# --- links and numbers ------------------------------------------------------------------------------------------------
_BARE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,20}(?:[:/?#].*)?", re.IGNORECASE)
_UNSAFE = re.compile("[\\s<>\"'`\\\\{}|^\x00-\x1f]")
MOST_OF_A_LINK = 1000


def link(value: Any) -> tuple[str, bool]:
    """A link that begins with https:// or http://, or ""; and whether something had to be mended."""
    given = _HIDDEN.sub("", as_text(value)[:MOST]).strip()
    first, *rest = given.split() or [""]
    if rest and not first[-1].isalnum():
        # `https://zoom.us/j/ 123`: the rest belongs to it when it is one number, and otherwise nobody knows
        first = first + rest[0] if len(rest) == 1 and rest[0].isdigit() else ""
    text = first.replace("&amp;", "&")
    if _BARE.fullmatch(text):
        text = f"https://{text}"
    return (text, text != given) if _may_be_opened(text) else ("", False)


def _may_be_opened(text: str) -> bool:
    if len(text) > MOST_OF_A_LINK or _UNSAFE.search(text):
        return False
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    # Somebody's name before the host makes a link look as if it led elsewhere.
    return parts.scheme in {"https", "http"} and "." in host and host.isascii() and "@" not in parts.netloc


def dial_in(value: Any) -> str:
    """A number that can be dialled, with the pauses and codes behind it, or ""."""
    text = line(value)
    return cut(text, 100) if sum(char.isdigit() for char in text[:100]) >= 5 else ""


# --- dates ------------------------------------------------------------------------------------------------------------
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: .{0,20})?")


def instant(value: Any) -> datetime | None:
    """When a row was last changed, in UTC; a date without a zone is UTC. None: it cannot be read."""
    if isinstance(value, dict):
        return _wrapped(value.get("$date"))
    text = as_text(value).strip()
    american = _AMERICAN.fullmatch(text)
    try:
        if american:
            month, day, year = (int(part) for part in american.groups())
            found = datetime(year, month, day, tzinfo=UTC)
        else:
            found = datetime.fromisoformat(text)
            found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found.replace(microsecond=0) if 1990 <= found.year <= 2100 else None


def _wrapped(value: Any) -> datetime | None:
    """Mongo writes a date as text, or as milliseconds since 1970."""
    if isinstance(value, dict):
        value = value.get("$numberLong")
    digits = as_text(value)
    if re.fullmatch("-?[0-9]{1,15}", digits):
        seconds = int(digits) // 1000
        return datetime.fromtimestamp(seconds, UTC) if 631_152_000 <= seconds <= 4_133_980_799 else None
    return instant(digits)
