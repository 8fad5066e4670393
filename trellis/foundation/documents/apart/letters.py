"""A letter as PDF: tagged, in a font that comes with the typesetter, from a text of ours and data of people.

The data come as data. None of it is ever part of the text that is read as commands.
"""

import json
from pathlib import Path
from typing import Any

import typst

from trellis.foundation.documents.apart.unfit import CannotTake, Why

#: what a source could read, if one of ours asked: this folder of code
HERE = str(Path(__file__).parent)
MISSING = "could not be displayed with font"


def typeset(source: str, data: dict[str, Any]) -> bytes:
    """PDF/UA-1. A sign that the typesetter's font lacks is looked for in the fonts of this machine, once."""
    try:
        return _typeset(source, data, own_fonts_alone=True)
    except typst.TypstError as fault:
        if MISSING not in str(fault):
            raise
    try:
        return _typeset(source, data, own_fonts_alone=False)
    except typst.TypstError as fault:
        raise CannotTake(Why.LETTERS) from fault


def _typeset(source: str, data: dict[str, Any], *, own_fonts_alone: bool) -> bytes:
    made, warned = typst.compile_with_warnings(  # type: ignore[call-overload]  # its root may be a path beside bytes
        source.encode(),
        root=HERE,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        ignore_system_fonts=own_fonts_alone,
    )
    if warned:  # a font that is not there is only warned of
        raise RuntimeError("; ".join(warning.message for warning in warned))
    return bytes(made)
