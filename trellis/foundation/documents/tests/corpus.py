"""Files that people send, and files that somebody sends who means harm; all made here."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

MARK = b"<script>alert(1)</script>"
PLACE = "34.0551 N, 117.7500 W"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    """Left half dark, right half light."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1]))
    if mode == "I;16":
        image = image.convert("I").point(lambda grey: grey * 256).convert(mode)
    else:
        image = image.convert(mode)
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """As a telephone takes it: turned, with the place and a comment in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, PLACE
    return picture(exif=exif, comment=MARK)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int) -> bytes:
    """A PNG that says how large it is and packs its points, all white, as small as they go."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    squeeze, row = zlib.compressobj(9), b"\0" + b"\xff" * width
    points = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def commented() -> bytes:
    """A comment between the head of a PNG and its points."""
    head, rest = picture("PNG")[:33], picture("PNG")[33:]
    return head + chunk(b"tEXt", b"k\0" + MARK) + rest


def pdf(pages: int = 1, *, acting: bool = False, password: str = "") -> bytes:
    """`acting`: everything in it that a viewer would run, open or take out."""
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Contents")] = writer._add_object(_stream(b"0 0 m 10 10 l S /A Do"))
        form = _stream(b"1 0 0 rg 0 0 9 9 re f", Type="/XObject", Subtype="/Form")
        if acting:
            form[NameObject("/Metadata")] = writer._add_object(_stream(MARK))
            form[NameObject("/AA")] = _javascript()
            form[NameObject("/F")] = TextStringObject("http://example.org/x")
            page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): _javascript()})
        drawn = DictionaryObject({NameObject("/A"): writer._add_object(form)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    if acting:
        writer.add_attachment("evil.html", MARK)
        writer.root_object["/Names"].get_object()[NameObject("/JavaScript")] = _javascript()
        writer.add_uri(0, "http://example.org/x", [0, 0, 10, 10])
        writer.root_object[NameObject("/OpenAction")] = _javascript()
        writer.add_metadata({"/Author": "Marisol Ruiz"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _stream(data: bytes, **names: str) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{name}"): NameObject(value) for name, value in names.items()})
    return made


def _javascript() -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})


def pdf_bomb() -> bytes:
    """An object stream that grows a thousandfold when it is opened."""
    packed = zlib.compress(b"1 0 << >> " + b" " * 300_000_000, 9)
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    bomb = _stream(b"", Type="/ObjStm")
    bomb._data = packed
    bomb[NameObject("/Filter")], bomb[NameObject("/N")] = NameObject("/FlateDecode"), NumberObject(1)
    bomb[NameObject("/First")] = NumberObject(4)
    writer._root_object[NameObject("/Pages")] = writer._add_object(bomb)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of_circles() -> bytes:
    """Pages that are their own children."""
    return pdf().replace(b"/Kids [", b"/Kids [ 1 0 R 1 0 R 1 0 R 1 0 R ")


def pages_of(data: bytes) -> int:
    return len(PdfReader(BytesIO(data)).pages)


HOSTILE: dict[str, tuple[str, bytes]] = {
    "svg": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "svg called png": ("x.png", b"<svg onload='alert(1)'/>"),
    "html called png": ("scan.png", b"<!DOCTYPE html>" + MARK),
    "html called pdf": ("scan.pdf", b"<!DOCTYPE html>" + MARK),
    "gif that is javascript": ("x.gif", b"GIF89a=1;alert(1)"),
    "gif called jpg": ("x.jpg", picture("GIF")),
    "webp": ("x.webp", picture("WEBP")),
    "jpeg called png": ("x.png", picture("JPEG")),
    "png called jpg": ("x.jpg", picture("PNG")),
    "picture called pdf": ("x.pdf", picture("JPEG")),
    "two endings": ("scan.jpg.html", picture()),
    "no ending": ("scan", picture()),
    "empty": ("x.jpg", b""),
    "the first bytes alone": ("x.jpg", b"\xff\xd8\xff"),
    "only a beginning": ("x.png", b"\x89PNG\r\n\x1a\n" + MARK),
    "half a jpeg": ("x.jpg", picture(size=(900, 900))[:-400]),
    "half a png": ("x.png", picture("PNG")[:-30]),
    "144 million points": ("x.png", png_of(12_000, 12_000)),
    "41 million points": ("x.png", png_of(6_400, 6_400)),
    "a million by one": (
        "x.png",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)),
    ),
    "pdf that is html": ("x.pdf", b"%PDF-1.7\n<html>" + MARK),
    "pdf cut off": ("x.pdf", pdf()[:200]),
    "pdf locked": ("x.pdf", pdf(password="secret")),
    "pdf of 61 pages": ("x.pdf", pdf(61)),
    "pdf bomb": ("x.pdf", pdf_bomb()),
    "pdf of circles": ("x.pdf", pdf_of_circles()),
    "office": ("x.docx", b"PK\x03\x04" + MARK),
    "program": ("x.exe", b"MZ" + MARK),
    "a name of 300 letters": ("x" * 300 + ".svg", MARK),
}
#: taken, and written anew: what was hidden in them is gone
HIDING: dict[str, tuple[str, bytes]] = {
    "photograph": ("IMG_0001.JPG", photograph()),
    "html behind a jpeg": ("x.jpeg", picture() + MARK),
    "html behind a png": ("x.png", picture("PNG") + MARK),
    "comment in a png": ("x.png", commented()),
    "archive behind a png": ("x.png", picture("PNG") + b"PK\x03\x04" + MARK),
    "html behind a pdf": ("x.pdf", pdf() + MARK),
    "pdf that acts": ("x.pdf", pdf(2, acting=True)),
    "a name that climbs": ("../../../etc/x.png", picture("PNG") + MARK),
    "a name with a null": ("x\0.png", picture("PNG") + MARK),
    "a name that reads backwards": ("x\u202egnp.jpg", picture() + MARK),
    "a name of 300 letters": ("x" * 300 + ".jpg", picture() + MARK),
    "a name of another system": ("C:\\scan\\x.jpg", picture() + MARK),
}  # fmt: skip
