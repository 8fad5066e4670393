"""The blueprints that ship."""

from pathlib import Path

FOLDER = Path(__file__).parent
POMONA = FOLDER / "pomona.toml"


def file_of(named: str) -> Path:
    """The file of that name, or the blueprint that ships under it."""
    path, shipped = Path(named), FOLDER / f"{named}.toml"
    return shipped if not path.exists() and named.isidentifier() and shipped.is_file() else path
