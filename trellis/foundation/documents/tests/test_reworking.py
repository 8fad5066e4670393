"""What is kept of a photograph and of a PDF: what it shows, upright and readable."""

from io import BytesIO

import pytest
from hypothesis import given, settings, strategies
from PIL import Image
from pypdf import PdfReader

from trellis.foundation.documents.apart import images, main, pdfs
from trellis.foundation.documents.apart.unfit import CannotTake, Why
from trellis.foundation.documents.reworking import clean
from trellis.foundation.documents.tests import corpus

POINTS = 40_000_000


def seen(data):
    return Image.open(BytesIO(data))


def corners(data):
    """Dark or light, at the left and right ends of the top and bottom edge."""
    image = seen(data).convert("L")
    right, low = image.width - 1, image.height - 1
    return [image.getpixel(at) < 128 for at in ((0, 0), (right, 0), (0, low), (right, low))]


#: the corpus' picture is dark at the left; what a viewer sees of it, as it was held
@pytest.mark.parametrize(
    ("orientation", "size", "dark"),
    [(1, (60, 40), [True, False, True, False]), (2, (60, 40), [False, True, False, True]),
     (3, (60, 40), [False, True, False, True]), (4, (60, 40), [True, False, True, False]),
     (5, (40, 60), [True, True, False, False]), (6, (40, 60), [True, True, False, False]),
     (7, (40, 60), [False, False, True, True]), (8, (40, 60), [False, False, True, True])],
)  # fmt: skip
def test_a_photograph_stands_upright(orientation, size, dark):
    kept = images.rework(corpus.photograph(orientation), "jpeg", POINTS)
    assert (seen(kept).size, corners(kept)) == (size, dark)
    assert not seen(kept).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_stays_readable(mode):
    kept = images.rework(corpus.picture("PNG", mode=mode), "png", POINTS)
    assert seen(kept).mode in ("L", "RGB")
    assert corners(kept) == [True, False, True, False]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_stays_readable(mode):
    kept = images.rework(corpus.picture(mode=mode), "jpeg", POINTS)
    assert corners(kept)[1] != corners(kept)[0]


def test_what_is_see_through_lies_on_white():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert seen(images.rework(out.getvalue(), "png", POINTS)).getpixel((1, 1)) == (255, 255, 255)


def test_a_large_photograph_gets_smaller_and_keeps_its_shape():
    kept = images.rework(corpus.picture(size=(6000, 3000)), "jpeg", POINTS)
    assert seen(kept).size == (4000, 2000)


def test_the_limit_of_points_is_exact():
    assert images.rework(corpus.picture(size=(10, 10)), "jpeg", 100)
    for size in ((10, 11), (10, 30)):  # a little more; more than twice
        with pytest.raises(CannotTake) as refused:
            images.rework(corpus.picture(size=size), "jpeg", 100)
        assert refused.value.why is Why.LARGE_PICTURE


def test_a_pdf_keeps_its_pages_and_what_they_show():
    kept = pdfs.rework(corpus.pdf(3, acting=True), 3)
    pages = PdfReader(BytesIO(kept)).pages
    assert len(pages) == 3
    for page in pages:
        assert b"/A Do" in page.get_contents().get_data()
        drawn = page["/Resources"]["/XObject"]["/A"]  # an action is called so too, and this is none
        assert drawn.get_data() == b"1 0 0 rg 0 0 9 9 re f"
        assert not {"/AA", "/Metadata", "/F"} & set(drawn)
        assert not {"/AA", "/Annots"} & set(page)


def test_a_pdf_that_acts_acts_no_more():
    kept = PdfReader(BytesIO(pdfs.rework(corpus.pdf(acting=True), 1)))
    assert set(kept.trailer["/Root"]) == {"/Type", "/Pages"}
    assert not kept.attachments


@pytest.mark.parametrize(
    ("data", "why"),
    [(corpus.pdf(password="x"), Why.LOCKED), (corpus.pdf(4), Why.MANY_PAGES), (corpus.pdf(0), Why.BROKEN)],
)
def test_a_pdf_that_is_not_taken(data, why):
    with pytest.raises(CannotTake) as refused:
        pdfs.rework(data, 3)
    assert refused.value.why is why


def test_the_work_of_the_child():
    assert main.work("image", corpus.picture(), {"kind": "jpeg", "points": POINTS})[0] == 0
    assert main.work("pdf", corpus.pdf(2), {"pages": 1}) == (main.REFUSED, b"many_pages")
    assert main.work("pdf", b"nothing", {"pages": 1}) == (main.REFUSED, b"broken")


@settings(max_examples=150, deadline=None)
@given(strategies.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    """Bytes changed anywhere: the child answers one of its words."""
    job, name, options = data.draw(strategies.sampled_from([
        ("image", corpus.photograph(), {"kind": "jpeg", "points": POINTS}),
        ("image", corpus.picture("PNG"), {"kind": "png", "points": POINTS}),
        ("pdf", corpus.pdf(2, acting=True), {"pages": 9}),
    ]))  # fmt: skip
    changed = bytearray(name)
    for _ in range(data.draw(strategies.integers(1, 8))):
        changed[data.draw(strategies.integers(0, len(changed) - 1))] = data.draw(strategies.integers(0, 255))
    code, answer = main.work(job, bytes(changed), options)
    assert code == 0 or (code == main.REFUSED and Why(answer.decode()))
    if code == 0 and job == "pdf":
        assert b"/JS" not in answer


def test_what_is_kept_is_the_same_when_it_is_cleaned_again():
    once = clean("x.png", corpus.picture("PNG"))
    assert clean("x.png", once.data).sha256 == once.sha256
    assert corpus.pages_of(clean("x.pdf", clean("x.pdf", corpus.pdf(2)).data).data) == 2
