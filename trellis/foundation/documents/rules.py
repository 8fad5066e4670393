"""Which files we take, and what somebody is told whose file we do not take. Pure."""

from enum import StrEnum
from pathlib import PurePosixPath

from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.permissions import Refused
from trellis.foundation.documents.apart.unfit import Why


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


#: how a name ends and how a file begins; both must say the same, and then the file must be read as that
ENDINGS = {".jpg": Kind.JPEG, ".jpeg": Kind.JPEG, ".png": Kind.PNG, ".pdf": Kind.PDF}
BEGINNINGS = {Kind.JPEG: b"\xff\xd8\xff", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.PDF: b"%PDF-"}
#: what it is called when it is given out, and as what
ENDING_OF = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.PDF: "pdf"}
TYPE_OF = {Kind.JPEG: "image/jpeg", Kind.PNG: "image/png", Kind.PDF: "application/pdf"}
#: what a browser offers to choose; an iPhone then turns its own kind of picture into a JPEG
ACCEPT = ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"

EMPTY = _("This file is empty. Choose another one.")
ANOTHER_KIND = _("We take photographs (JPEG or PNG) and PDF files only. Save it as one of these, and choose that.")
NOT_WHAT_IT_SAYS = _("The name of this file says one thing and what is in it says another. Take a photograph instead.")
TOO_LARGE = _("This file is larger than %(most)s MB. Take the photograph smaller, or send a page at a time.")
TOO_MANY = _("%(most)s files are kept with this already, and there is no room for more.")
NO_ROOM = _("The papers of this record take all the room they may have. Ask the program administrator.")
SENTENCES = {
    Why.BROKEN: _("This file cannot be read. It may be cut off. Take the photograph again, or choose another file."),
    Why.LARGE_PICTURE: _("This picture has too many points. Take the photograph smaller."),
    Why.LOCKED: _("This PDF is locked with a password. Save it without one, or take a photograph of the page."),
    Why.MANY_PAGES: _("This PDF has too many pages. Send only the pages that were signed."),
    Why.LETTERS: _("A letter cannot show every sign in it. Give it in another way, or write it in Latin letters."),
}


class Unfit(Refused):
    """The file is not taken; the sentence says why, and what to do."""


def kind_of(name: str, data: bytes) -> Kind:
    """What a file is by its name and by how it begins; raises Unfit where they differ, or it is nothing we take."""
    if not data:
        raise Unfit(EMPTY)
    said = ENDINGS.get(PurePosixPath(name.casefold()).suffix)
    if said is None:
        raise Unfit(ANOTHER_KIND)
    if not data.startswith(BEGINNINGS[said]):
        raise Unfit(NOT_WHAT_IT_SAYS)
    return said


def judge_size(size: int, most: int) -> None:
    """Both in bytes. Raises Unfit."""
    if size > most:
        raise Unfit(TOO_LARGE % {"most": most // 1_000_000})


def judge_room(*, files: int, most_files: int, taken: int, size: int, most_bytes: int) -> None:
    """`files` already with the record; `taken` bytes already with the subject, `size` more to come. Raises Unfit."""
    if files >= most_files:
        raise Unfit(TOO_MANY % {"most": most_files})
    if taken + size > most_bytes:
        raise Unfit(NO_ROOM)


def is_left_over(*, written: float, now: float) -> bool:
    """A file without a row, both in seconds of the wall's clock: whoever wrote it is surely done or dead."""
    return now - written > LEFT_AFTER


LEFT_AFTER = 24 * 60 * 60  # seconds
