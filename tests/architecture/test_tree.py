"""The tree of files, and each check of it with a fault planted."""

import pytest

from tests.architecture.checks import assert_none, tree
from tests.architecture.house import HOUSE

CHECKS = [
    tree.folders_without_init,
    tree.locks_with_addresses,
    tree.traces_of_machines,
    tree.long_files,
    tree.rooms_not_declared,
    tree.pages_without_urlpatterns,
    tree.dependencies_without_reason,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_tree_is_as_the_house_wants_it(root, check):
    assert_none(check(root))


def test_a_folder_without_init_is_found(plot):
    plot("trellis/people/rules.py")
    (plot.path / "trellis/people/__init__.py").unlink()
    assert tree.folders_without_init(plot.path) == ["trellis/people: no __init__.py"]


@pytest.mark.parametrize(
    "line", ["--find-links https" + "://x/simple", "pkg @ file:///" + "work/x", "--index" + "-url x"]
)
def test_an_address_in_a_lock_is_found(plot, line):
    plot("requirements/dev.lock", f"django==5.2 --hash=sha256:0\n{line}\n")
    assert len(tree.locks_with_addresses(plot.path)) == 1


@pytest.mark.parametrize("line", ["see /ro" + "ot/x", "cd /wo" + "rk/main", "from https://pypi" + ".org/simple"])
def test_a_trace_of_a_machine_is_found(plot, line):
    plot("docs/notes.md", f"fine\n{line}\n")
    assert [fault.split(" names")[0] for fault in tree.traces_of_machines(plot.path)] == ["docs/notes.md:2:"]


def test_a_path_of_the_site_is_no_trace(plot):
    plot("docs/notes.md", "open /accounts/login/ and https://example.org/home/x and ~/work/x")
    assert tree.traces_of_machines(plot.path) == []


def test_a_long_file_is_found(plot):
    plot("trellis/ui/x.py", "a = 1\n" * 351)
    assert len(tree.long_files(plot.path)) == 1


def test_a_room_that_nobody_declared_is_found(plot):
    for floor, rows in HOUSE.items():
        for room in (room for row in rows for room in row):
            plot(f"trellis/{floor}/{room}/apps.py")
    assert tree.rooms_not_declared(plot.path) == []
    plot("trellis/people/ghosts/apps.py")
    plot("trellis/attic/apps.py")
    assert len(tree.rooms_not_declared(plot.path)) == 2


def test_a_room_that_left_is_found(plot):
    assert any("not there" in fault for fault in tree.rooms_not_declared(plot.path))


def test_pages_without_urls_are_found(plot):
    plot("trellis/people/staff/pages/staff.py", "@page('staff.see')\ndef one(request): ...")
    plot("trellis/people/staff/pages/shell.py", "def helper(): ...")
    plot("trellis/people/staff/pages/client.py", "urlpatterns: list = []")
    assert tree.pages_without_urlpatterns(plot.path) == ["trellis/people/staff/pages/staff.py: exports no urlpatterns"]


def test_a_dependency_without_a_reason_or_outside_the_lock_is_found(plot):
    plot("pyproject.toml", 'dependencies = [\n    "Django>=5",  # the web framework\n    "rich>=15",\n]\nx = ["y"]\n')
    plot("requirements/runtime.lock", "django==5.2 --hash=sha256:0\nrich==15.0\n")
    plot(
        "requirements/dev.in",
        "# One line, one reason.\n-c runtime.lock\nFactory_Boy  # people\npolib  # x y\n",
    )
    plot("requirements/dev.lock", "factory-boy==3.3\n")
    assert tree.dependencies_without_reason(plot.path) == [
        'pyproject.toml:3: says no reason: "rich>=15",',
        "requirements/dev.in:4: not in dev.lock: polib  # x y; run make lock",
    ]
