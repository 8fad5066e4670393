"""A small house in a folder, for planting a fault in."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


class Plot:
    """`plot("trellis/ui/x.py", "…")` writes a file, with the folders and the __init__.py that it needs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, name: str, text: str = "") -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in file.parents:
            if folder == self.path:
                break
            if not {"templates", "locale"} & set(folder.parts):
                (folder / "__init__.py").touch()
        file.write_text(text)
        return file


@pytest.fixture
def plot(tmp_path: Path) -> Plot:
    return Plot(tmp_path)
