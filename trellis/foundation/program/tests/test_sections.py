"""What other rooms add to a blueprint."""

from collections.abc import Iterator

import pytest
from pydantic import Field

from trellis.foundation.program import actions, queries
from trellis.foundation.program.check import CHECKS, check, read, register_check
from trellis.foundation.program.schema import SECTIONS, Part, register_section
from trellis.foundation.program.tests.factories import OPERATOR, TEXT

EXTRA = "\n[garden]\nbeds = 4\n"


class Garden(Part):
    beds: int = Field(ge=1)


@pytest.fixture
def garden() -> Iterator[None]:
    register_section("garden", Garden)
    yield
    del SECTIONS["garden"]
    actions.LOADERS.pop("garden", None)


def test_a_section_that_nobody_registered_is_a_fault():
    assert [fault.path for fault in check(TEXT + EXTRA)] == ["garden"]


@pytest.mark.usefixtures("garden")
def test_a_registered_section_is_checked_and_kept():
    assert check(TEXT + EXTRA) == []
    assert read(TEXT + EXTRA).section("garden") == Garden(beds=4)
    assert read(TEXT + "\n# without\n").section("garden") is None
    (fault,) = check(TEXT + EXTRA.replace("4", "0"))
    assert (fault.path, fault.sentence) == ("garden.beds", "Use 1 or more.")


@pytest.mark.usefixtures("garden")
def test_a_room_may_add_sense():
    def few_beds(draft):
        if draft.sections.get("garden") and draft.sections["garden"].beds > 9:
            yield ("garden", "beds"), "Nobody can water so many."

    register_check(few_beds)
    register_check(few_beds)
    try:
        (fault,) = check(TEXT + EXTRA.replace("4", "10"))
        assert fault.sentence == "Nobody can water so many."
    finally:
        CHECKS.remove(few_beds)


@pytest.mark.usefixtures("garden")
def test_a_name_is_taken_once():
    register_section("garden", Garden)
    with pytest.raises(ValueError, match="taken"):
        register_section("garden", Part)
    with pytest.raises(ValueError, match="taken"):
        register_section("tracks", Garden)


@pytest.mark.django_db
@pytest.mark.usefixtures("garden")
def test_a_loader_gets_both_and_says_what_it_could_not_keep(monkeypatch):
    monkeypatch.setattr(actions, "LOADERS", {})
    seen = []

    def load(by, old, new):
        seen.append((by, old and old.section("garden"), new.section("garden")))
        return ["The bed with the fig stays."] if old else None

    actions.register_loader("garden", load)
    actions.register_loader("garden", load)
    first = actions.load_blueprint(by=OPERATOR, source=TEXT + EXTRA)
    second = actions.load_blueprint(by=OPERATOR, source=TEXT)
    assert seen == [(OPERATOR, None, Garden(beds=4)), (OPERATOR, Garden(beds=4), None)]
    assert (first.not_kept, second.not_kept) == ((), ("The bed with the fig stays.",))
    with pytest.raises(ValueError, match="loader already"):
        actions.register_loader("garden", lambda by, old, new: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("garden")
def test_a_loader_that_fails_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(actions, "LOADERS", {})

    def load(by, old, new):
        raise RuntimeError("no water")

    actions.register_loader("garden", load)
    with pytest.raises(RuntimeError, match="no water"):
        actions.load_blueprint(by=OPERATOR, source=TEXT)
    assert queries.current_version() is None
    assert not queries.rooms().exists()
