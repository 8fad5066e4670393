"""What is installed is all of it: templates, static files, migrations, Spanish, blueprints."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools import messages


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory) -> set[str]:
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source)
    shutil.copytree(root / "trellis", source / "trellis", ignore=shutil.ignore_patterns("__pycache__", "*.mo*"))
    messages.main(source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source]
    # The build backend looks for its own program on the path.
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    built = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return set(zipfile.ZipFile(next(out.glob("*.whl"))).namelist())


@pytest.mark.parametrize("folder", ["templates", "static", "migrations", "locale", "blueprints", "instruments"])
def test_the_wheel_holds_every_file_of_the_house(root, wheel, folder):
    wanted = {
        path.relative_to(root).as_posix()
        for path in (root / "trellis").rglob(f"{folder}/**/*")
        if path.is_file() and path.suffix not in {".pyc", ".mo"} and "tests" not in path.parts
    }
    assert wanted
    assert wanted - wheel == set()


def test_the_wheel_speaks_spanish(root, wheel):
    catalogues = {path.relative_to(root).as_posix() for path in (root / "trellis").rglob("locale/**/*.po")}
    assert catalogues
    assert {f"{name.removesuffix('.po')}.mo" for name in catalogues} - wheel == set()


def test_the_wheel_carries_its_licence(wheel):
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
