"""The two made files of the look: one stylesheet out of `css/`, one icon sprite out of the package `lucide`.

They are committed, so that nothing has to be built to run; `trellis build_ui` makes them again and a test compares.
"""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

HERE = Path(__file__).parent
STYLESHEET = HERE / "static/ui/css/trellis.css"
SPRITE = HERE / "static/ui/icons.svg"

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")

ICONS = (
    "archive",
    "calendar",
    "calendar-days",
    "check",
    "chevron-left",
    "chevron-right",
    "circle-alert",
    "circle-check",
    "clipboard-list",
    "clock",
    "door-open",
    "download",
    "file-text",
    "heart-handshake",
    "house",
    "inbox",
    "info",
    "key-round",
    "leaf",
    "list",
    "log-out",
    "mail",
    "menu",
    "pencil",
    "phone",
    "printer",
    "search",
    "sprout",
    "sun",
    "undo-2",
    "user",
    "user-plus",
    "users",
    "video",
    "x",
)

_SVG = "{http://www.w3.org/2000/svg}"


def stylesheet() -> str:
    parts = [f"@layer {','.join(LAYERS)};", squeeze(_css("fonts"))]
    parts += [f"@layer {layer}{{{squeeze(_css(layer))}}}" for layer in LAYERS]
    return "\n".join(parts) + "\n"


def squeeze(css: str) -> str:
    """Comments and needless white space go; a line per rule stays, so that a diff can be read."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"[ \t]*\n\s*", "\n", css)
    css = re.sub(r" *([{};,]) *", r"\1", css)
    css = re.sub(r": +", ":", css)
    css = re.sub(r";\n", ";", css).replace("{\n", "{").replace(";}", "}").replace("\n}", "}")
    return css.strip()


def sprite() -> str:
    archive = ZipFile(BytesIO(_lucide_zip()))
    symbols = "".join(_symbol(name, archive.read(f"{name}.svg").decode()) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _css(name: str) -> str:
    return (HERE / "css" / f"{name}.css").read_text()


def _lucide_zip() -> bytes:
    from importlib.resources import files

    return files("lucide").joinpath("lucide.zip").read_bytes()


def _symbol(name: str, svg: str) -> str:
    shapes = []
    for node in ElementTree.fromstring(svg):  # noqa: S314, the file comes with the package
        attributes = "".join(f' {key}="{value}"' for key, value in node.attrib.items())
        shapes.append(f"<{node.tag.removeprefix(_SVG)}{attributes}/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>\n'
