"""The order of rooms: import-linter's table is the table of house.py, and an upward import breaks it."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.checks import assert_none
from tests.architecture.checks.names import rooms_named_upward
from tests.architecture.house import layers, may_know, room_of


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_two_tables_agree(root):
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["containers"][0]: contract["layers"] for contract in contracts} == layers()
    assert all(contract["exhaustive"] for contract in contracts)


def test_imports_go_down(root):
    result = lint(root)
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_upward_import_and_an_undeclared_room_are_found(root, tmp_path):
    shutil.copytree(root / "trellis", tmp_path / "trellis", ignore=shutil.ignore_patterns("static", "*.pyc"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "trellis/people/staff/planted.py").write_text("import trellis.journey.inquiry.apps\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "trellis.people.staff.planted -> trellis.journey.inquiry.apps" in result.stdout
    (tmp_path / "trellis/people/staff/planted.py").unlink()
    (tmp_path / "trellis/people/ghosts").mkdir()
    (tmp_path / "trellis/people/ghosts/__init__.py").touch()
    assert "ghosts" in lint(tmp_path).stdout


def test_no_room_is_known_by_its_name_alone(root):
    assert_none(rooms_named_upward(root))


def test_a_room_that_is_named_upward_is_found(plot):
    plot("trellis/foundation/audit/trail.py", "apps.get_model('clients', 'Client')\napps.get_model('clock.Shift')")
    plot("trellis/people/staff/late.py", "import_module('trellis.journey.inquiry.models')\nimport_module(name)")
    assert [fault.split(": ")[1] for fault in rooms_named_upward(plot.path, {})] == [
        "audit may not know clients",
        "staff may not know inquiry",
    ]
    assert len(rooms_named_upward(plot.path, {"trellis/ui/x.py -> clients": "why"})) == 3


def test_who_may_know_whom():
    assert may_know("clients", "accounts")
    assert may_know("inquiry", "ui")
    assert not may_know("accounts", "clients")
    assert not may_know("staff_desk", "demo")
    assert room_of("trellis/journey/inquiry/models.py") == "inquiry"
    assert room_of("trellis/ui/forms/fields.py") == "ui"
    assert room_of("trellis/config/settings.py") is None
