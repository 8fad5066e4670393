import gzip
import re
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from trellis.ui import assets

TEMPLATES = sorted(assets.HERE.glob("templates/**/*.html"))


def test_the_stylesheet_is_made_of_its_parts() -> None:
    assert assets.STYLESHEET.read_text() == assets.stylesheet(), "run: trellis build_ui"


def test_the_sprite_holds_the_icons_that_are_listed() -> None:
    assert assets.SPRITE.read_text() == assets.sprite(), "run: trellis build_ui"
    symbols = ElementTree.fromstring(assets.SPRITE.read_text())
    assert [symbol.get("id") for symbol in symbols] == list(assets.ICONS)


def test_every_icon_of_the_sprite_stands_on_some_page() -> None:
    house = assets.HERE.parent
    sources = [f for kind in ("html", "py", "js") for f in house.glob(f"**/*.{kind}") if "tests" not in f.parts]
    words = "\n".join(f.read_text() for f in sources if f.name not in ("assets.py", "_gallery_side.html"))
    assert [name for name in assets.ICONS if not re.search(f"[\"'#]{name}[\"' }}]", words)] == []


def test_making_them_again_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STYLESHEET", tmp_path / "css/trellis.css")
    monkeypatch.setattr(assets, "SPRITE", tmp_path / "icons.svg")
    call_command("build_ui", stdout=StringIO())
    assert (tmp_path / "css/trellis.css").read_text() == assets.stylesheet()
    assert (tmp_path / "icons.svg").read_text() == assets.sprite()


def test_a_first_view_stays_small() -> None:
    css = len(gzip.compress(assets.STYLESHEET.read_bytes()))
    scripts = sum(len(gzip.compress(f.read_bytes())) for f in assets.HERE.glob("static/ui/*.js"))
    fonts = sum(f.stat().st_size for f in assets.HERE.glob("static/ui/fonts/*[!x][!t].woff2"))
    assert css <= 11_000
    assert scripts <= 5_000
    assert fonts <= 55_000
    assert len((assets.HERE / "templates/ui/drawings/orchard.html").read_bytes()) <= 3_072


def test_squeezing_keeps_every_declaration() -> None:
    assert assets.squeeze("/* a */\n.a , .b {\n  color: red; margin: 0 auto;\n}\n") == ".a,.b{color:red;margin:0 auto}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_no_template_carries_style_or_script_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=\"", text)
    assert "<style" not in text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_nothing_is_fetched_from_elsewhere(template: Path) -> None:
    assert not re.search(r"(src|<link[^>]*href)=\"(https?:)?//", template.read_text())


def test_nothing_readable_is_kept_in_the_browser() -> None:
    for script in assets.HERE.glob("static/ui/*.js"):
        text = script.read_text().replace("sessionStorage.removeItem(", "")  # taking away is what we want
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML|eval\(", text)


@pytest.mark.parametrize("script", sorted(assets.HERE.parent.glob("**/static/**/*.js")), ids=lambda f: f.name)
def test_no_script_of_any_room_runs_text_or_stops_pasting(script: Path) -> None:
    runs = r"\beval\b|\bFunction\(|document\.write|set(Timeout|Interval)\(\s*[\"'`]|javascript:|import\("
    assert not re.search(rf"{runs}|__proto__|[\"']paste[\"']|onpaste", script.read_text())


def test_motion_is_only_for_those_who_did_not_ask_for_less() -> None:
    css = assets.STYLESHEET.read_text()
    before, _, after = css.partition("@media (prefers-reduced-motion:no-preference)")
    assert after
    assert not re.search(r"[{;](transition|animation)", before)
