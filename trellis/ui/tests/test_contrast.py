"""Every pair of colours that the look uses, computed from the stylesheet that is served."""

import re

import pytest

from trellis.ui.assets import STYLESHEET

TONES = ("leaf", "citrus", "gold", "dusk", "rose")
TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "soft", "deep", *TONES) for ground in ("paper", "card")],
    *[(tone, f"{tone}-wash") for tone in TONES],
    *[("ink", f"{tone}-wash") for tone in TONES],
    ("deep", "leaf-wash"),
    ("soft", "leaf-wash"),
    ("soft", "gold-wash"),
    ("soft", "track"),
    ("on-leaf", "leaf"),
    ("on-leaf", "deep"),
    ("on-panel", "panel"),
    ("on-panel-soft", "panel"),
    ("panel", "on-panel"),
    ("ink", "work"),
    ("ink", "sky-1"),
    ("soft", "sky-1"),
]
EDGE_PAIRS = [("edge", "paper"), ("edge", "card"), ("leaf", "card"), ("rose", "card"), ("dusk", "paper")]


def tokens(theme: str) -> dict[str, str]:
    css = STYLESHEET.read_text()
    if theme == "device":
        block = re.search(r"prefers-color-scheme:dark\)\s*\{:root:not\(\.light\)\{([^}]*)", css)
    else:
        selector = {"light": r":root,\.light", "dark": r"(?<=\n)\.dark"}[theme]
        block = re.search(selector + r"\s*\{\s*([^}]*color-scheme[^}]*|[^}]*--paper[^}]*)", css)
    assert block, theme
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", block[1]))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reaches_four_and_a_half_to_one(theme: str, text: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), EDGE_PAIRS)
def test_edges_of_controls_reach_three_to_one(theme: str, line: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[line], found[ground]) >= 3


def test_the_dark_of_the_device_is_the_dark_of_the_gallery() -> None:
    assert tokens("device") == tokens("dark")


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
