"""A photograph, decoded and written anew: nothing of the file that came is in the file that stays."""

import warnings
from io import BytesIO

from PIL import Image

from trellis.foundation.documents.apart.unfit import CannotTake, Why

LONGEST = 4000  # points on the longer side: a page of letter paper at more than 300 to the inch
QUALITY = 85
#: how a camera was held → how the picture is turned
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def rework(data: bytes, kind: str, points: int) -> bytes:
    """Upright, at most LONGEST on a side, without place, time, camera or comment. Raises CannotTake."""
    Image.MAX_IMAGE_PIXELS = points
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _written(_read(data, kind, points), kind)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
            raise CannotTake(Why.LARGE_PICTURE) from fault


def _read(data: bytes, kind: str, points: int) -> Image.Image:
    with Image.open(BytesIO(data), formats=(kind.upper(),)) as image:
        if image.width * image.height > points:
            raise CannotTake(Why.LARGE_PICTURE)
        turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
        image.thumbnail((LONGEST, LONGEST))
        found = _on_paper(image)
    return found if turn is None else found.transpose(turn)


def _on_paper(image: Image.Image) -> Image.Image:
    """Plain colours or greys; what is see-through lies on white."""
    if image.mode.startswith("I"):  # greys of a scanner, 16 bits deep
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    if image.mode in ("1", "L") and "transparency" not in image.info:
        return image.convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA", "RGBA", "RGBa"):
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")


def _written(image: Image.Image, kind: str) -> bytes:
    bare, out = Image.new(image.mode, image.size), BytesIO()
    bare.paste(image)  # the points alone, none of what stood beside them
    bare.save(out, kind.upper(), **({"quality": QUALITY} if kind == "jpeg" else {}))
    return out.getvalue()
