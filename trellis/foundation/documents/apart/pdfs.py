"""A PDF, its pages taken out and put into a new one. It is never drawn: a page keeps what it shows and nothing that
acts. What a viewer would run, open, send or take out of it stays behind."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from trellis.foundation.documents.apart.unfit import CannotTake, Why

#: of a page we take what it shows
OF_A_PAGE = ("/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate")
#: what may lie in the fonts and pictures of a page and is more than a picture
ACTING = frozenset({
    "/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/Names", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF",
    "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/RichMedia", "/RichMediaContent", "/3D",
    "/Movie", "/Sound", "/Rendition", "/XFA", "/AcroForm", "/Annots", "/OPI", "/Ref", "/PS", "/PieceInfo", "/Metadata",
})  # fmt: skip
#: tables in which a page may call its fonts and pictures whatever it likes
FREELY_NAMED = ("/XObject", "/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs")
#: a stream that says so lies in another file
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms", "/FileSpec")


def rework(data: bytes, pages: int) -> bytes:
    """At most so many pages. Raises CannotTake."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise CannotTake(Why.LOCKED)
    number = len(reader.pages)
    if not number:
        raise CannotTake(Why.BROKEN)
    if number > pages:
        raise CannotTake(Why.MANY_PAGES)
    writer = _copied(reader)
    _strip(writer)
    # Once more: what nothing points to any longer stays behind, and what is kept was read strictly.
    return _bytes(_copied(PdfReader(BytesIO(_bytes(writer)), strict=True)))


def _copied(reader: PdfReader) -> PdfWriter:
    """The pages and what they point to, and nothing else of the file."""
    writer = PdfWriter()
    for page in reader.pages:
        for name in set(page) - {*OF_A_PAGE, "/Type", "/Parent"}:
            del page[name]
        writer.add_page(page)
    return writer


def _bytes(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(writer: PdfWriter) -> None:
    """Every dictionary of the new file, whoever points to it."""
    found = [thing for one in writer._objects for thing in _dictionaries(one)]
    tables = {id(thing[name].get_object()) for thing in found for name in FREELY_NAMED if name in thing}
    for thing in found:
        _bare(thing, is_table=id(thing) in tables)


def _dictionaries(one: Any) -> Iterator[DictionaryObject]:
    """One object and what lies in it; what it only points to has its own turn."""
    waiting = [one]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, ArrayObject):
            waiting += thing


def _bare(thing: DictionaryObject, *, is_table: bool) -> None:
    for name in [name for name in thing if name in ACTING]:
        if not (is_table and isinstance(thing[name], DictionaryObject)):
            del thing[name]
    for name in ELSEWHERE if isinstance(thing, StreamObject) else ():
        thing.pop(name, None)
    for name in ("/S", "/Subtype"):
        if thing.get(name) in ACTING:
            del thing[name]
