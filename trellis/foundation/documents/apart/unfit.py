"""Why a file is not taken, as the process that reads files says it. It imports nothing of the house."""

from enum import StrEnum


class Why(StrEnum):
    BROKEN = "broken"
    LARGE_PICTURE = "large_picture"
    LOCKED = "locked"
    MANY_PAGES = "many_pages"
    LETTERS = "letters"


class CannotTake(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
