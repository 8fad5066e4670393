"""The fonts are the one kind of foreign file that lies here, so they are held by their hashes."""

from hashlib import sha256

from trellis.ui.assets import HERE

FONTS = HERE / "static/ui/fonts"
HASHES = {
    "OFL-atkinson-hyperlegible-next.txt": "474a034e99845062f661855caaa505880d0e9009deddc2727a92795eab374955",
    "OFL-newsreader.txt": "26028ec4e13b650065fa525a09532176f8a668b76ff849ea01c564a7480f91e7",
    "atkinson-hyperlegible-next-ext.woff2": "5465b8b2c6b7605b3e8d33009c99d8aaa7b4015a161d87068afc60a6ffa0cfc1",
    "atkinson-hyperlegible-next.woff2": "ae4ea1a6e565e1686d5e3bae4fa1ad70f94893255202984196a6dcf63e4d6c1f",
    "newsreader-display.woff2": "4d1f5d5291b36d9a04c55fba336c88c27ea891fc4473b93cbdadb2e619357b1c",
}


def test_the_fonts_are_the_ones_we_cut() -> None:
    assert {f.name: sha256(f.read_bytes()).hexdigest() for f in FONTS.iterdir()} == HASHES


def test_each_font_has_its_licence_beside_it() -> None:
    for licence in FONTS.glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()
        assert list(FONTS.glob(f"{licence.stem.removeprefix('OFL-')}*.woff2"))
