"""What waits, what stays, and which key may be let go."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.operations.rotation import rules
from trellis.doors.operations.rotation.rules import Found

KEYS = ["new", "old", "oldest"]
found = st.builds(
    Found,
    place=st.just("room_table.words"),
    never_changes=st.booleans(),
    texts=st.dictionaries(st.sampled_from(KEYS), st.integers(0, 5)).map(Counter),
    closed=st.lists(st.integers(1, 9)),
)


@given(st.lists(found))
def test_every_text_under_an_older_key_waits_or_stays(places):
    older = sum(one.texts["old"] + one.texts["oldest"] for one in places)
    assert rules.waiting(places, KEYS) + rules.staying(places, KEYS) == older


@given(st.lists(found), st.sampled_from(KEYS))
def test_a_key_goes_when_it_opens_nothing_and_does_not_seal(places, key):
    needed = any(one.texts[key] for one in places)
    assert (rules.why_not(key, KEYS, places) == "") == (not needed and key != "new")


def test_a_refusal_says_what_to_do_or_that_there_is_nothing_to_do():
    waits = Found("a.words", texts=Counter(old=2))
    stays = Found("b.note", never_changes=True, texts=Counter(old=1))
    assert rules.why_not("new", KEYS, []).endswith("trellis keys rotate")
    assert rules.why_not("old", KEYS, [waits, stays]) == (
        "It is needed: 3 texts lie under it, in a.words (2), b.note (1). Run first: trellis keys reseal"
    )
    assert rules.why_not("old", KEYS, [stays]) == (
        "It is needed: 1 texts lie under it, in b.note (1). These rows never change, so it stays."
    )
