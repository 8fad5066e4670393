"""Faults of TOML itself, in sentences."""

import re
import tomllib
from typing import Any

#: tomllib's words → ours; the first that fits
SENTENCES = (
    ("Cannot overwrite", "This key or table stands here a second time. Remove one of them."),
    ("Cannot declare", "This table stands here a second time. Remove one of them."),
    ("Cannot mutate", "This table was closed before. Move these keys to where it stands first."),
    ("Cannot redefine", "This key stands here a second time. Remove one of them."),
    ("Duplicate inline", "This key stands here a second time. Remove one of them."),
    ("Expected '=' after", "Write the key, then =, then the value."),
    ("Invalid initial character for a key", "A key starts here, with letters, digits, - or _. Correct this line."),
    ("Unterminated string", 'Close this text with a quotation mark (").'),
    ('Expected \'"""\'', 'Close this text with three quotation marks (""").'),
    ("Illegal character", "Remove the character that may not stand here, often a line break inside quotes."),
    ("Unclosed array", "Close this list with ] and part its items with commas."),
    ("Unclosed inline table", "Close this { with } on the same line and part its keys with commas."),
    ("Unescaped", "Write a backslash twice (\\\\) inside quotes."),
    ("Expected ']'", "Close the header with ]."),
    ("Expected ']]'", "Close the header with ]]."),
    ("Expected newline", "Begin a new line here: one key and its value stand on one line."),
    ("Invalid date", "This day or time does not exist. Correct it."),
    ("Invalid value", "Write the value after =: text in quotes, or a number, a date, true, false, or a list."),
)
_WHERE = re.compile(r"\(at line (\d+), column \d+\)")


class NotToml(Exception):
    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


def parse(text: str) -> dict[str, Any]:
    """The document; NotToml with line and sentence where the text is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        line = int(where.group(1)) if where else max(1, len(text.splitlines()))
        raise NotToml(line, _sentence(message)) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise NotToml(1, "The file holds a value too deep or too long to read. Write it more simply.") from error


def _sentence(message: str) -> str:
    return next(
        (sentence for words, sentence in SENTENCES if message.startswith(words)),
        f"This is not TOML. {message.split(' (at ')[0]}.",
    )
