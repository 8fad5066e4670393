"""Checks of the house: each takes a tree (or what runs) and answers with faults, each a sentence."""


def assert_none(faults: list[str]) -> None:
    __tracebackhide__ = True
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults)
