"""What every test obeys; a test that does not is refused when it is collected."""

import os

import pytest

from tests.support.environment import ROOT

RULES_FILES = ("test_rules",)
#: inspections of the house look at files, whatever the database
INSPECTIONS = ROOT / "tests" / "architecture"

#: fixtures whose test has a database of its own
COMMITTING = {"committed_db", "live"}
BROWSING = {"browser_page", "chromium"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.path.name.startswith(RULES_FILES) or INSPECTIONS in item.path.parents:
            item.add_marker("rules")
        if fixtures & COMMITTING:
            item.add_marker("commits")
        if fixtures & BROWSING:
            item.add_marker("browser")
        refuse_flush(item, fixtures)


def refuse_flush(item: pytest.Item, fixtures: set[str]) -> None:
    from django.test import TransactionTestCase

    mark = item.get_closest_marker("django_db")
    transactional = bool(mark and (mark.kwargs.get("transaction") or mark.args[:1] == (True,)))
    case = getattr(item, "cls", None)
    flushes = isinstance(case, type) and issubclass(case, TransactionTestCase)
    if transactional or flushes or fixtures & {"transactional_db", "live_server", "django_db_reset_sequences"}:
        raise pytest.UsageError(
            f"{item.nodeid} would flush the database, which takes its guards away. "
            "A test that commits asks for the fixture committed_db (or live)."
        )
    if fixtures & COMMITTING and (mark or "db" in fixtures):
        raise pytest.UsageError(f"{item.nodeid} asks for committed_db and for db: take committed_db alone.")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def missing(what: str) -> None:
    """Skip, with a reason that tests/allowed_skips.txt lists; in CI nothing may be missing."""
    if in_ci():
        pytest.fail(f"{what} (in CI it has to be there)", pytrace=False)
    pytest.skip(what)
