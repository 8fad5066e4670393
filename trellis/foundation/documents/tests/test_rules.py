"""Which names and beginnings belong together, and where the room ends."""

import pytest
from hypothesis import given
from hypothesis.strategies import binary, integers, sampled_from, text

from trellis.foundation.documents import rules
from trellis.foundation.documents.apart.unfit import Why
from trellis.foundation.documents.rules import BEGINNINGS, ENDINGS, Kind, Unfit


@pytest.mark.parametrize(("ending", "kind"), ENDINGS.items())
def test_name_and_beginning_agree(ending, kind):
    for name in (f"scan{ending}", f"SCAN{ending.upper()}", f"../a.html/x{ending}", f"\u202e{ending}"):
        assert rules.kind_of(name, BEGINNINGS[kind] + b"x") is kind


@given(text(), binary(max_size=12))
def test_nothing_else_is_taken(name, data):
    try:
        kind = rules.kind_of(name, data)
    except Unfit:
        return
    assert name.casefold().endswith(tuple(end for end, one in ENDINGS.items() if one is kind))
    assert data.startswith(BEGINNINGS[kind])


@given(sampled_from(sorted(ENDINGS)), sampled_from(Kind))
def test_a_name_that_says_another_kind_is_refused(ending, kind):
    if ENDINGS[ending] is kind:
        assert rules.kind_of("x" + ending, BEGINNINGS[kind]) is kind
    else:
        with pytest.raises(Unfit, match="says one thing"):
            rules.kind_of("x" + ending, BEGINNINGS[kind])


def test_the_sentence_says_what_to_do():
    with pytest.raises(Unfit, match="is empty"):
        rules.kind_of("x.jpg", b"")
    with pytest.raises(Unfit, match="JPEG or PNG"):
        rules.kind_of("x.svg", b"<svg>")
    assert set(rules.SENTENCES) == set(Why)


@given(integers(0, 10**9), integers(0, 10**9))
def test_the_limit_of_a_file(size, most):
    if size <= most:
        rules.judge_size(size, most)
    else:
        with pytest.raises(Unfit, match="larger than"):
            rules.judge_size(size, most)


@given(integers(0, 30), integers(0, 300), integers(0, 300))
def test_the_room_of_a_record_and_of_a_subject(files, taken, size):
    given_ = {"files": files, "most_files": 20, "taken": taken, "size": size, "most_bytes": 200}
    if files < 20 and taken + size <= 200:
        rules.judge_room(**given_)
    else:
        with pytest.raises(Unfit, match="20 files" if files >= 20 else "all the room"):
            rules.judge_room(**given_)


def test_a_file_of_today_may_still_get_its_row():
    assert not rules.is_left_over(written=0, now=24 * 60 * 60)
    assert rules.is_left_over(written=0, now=24 * 60 * 60 + 1)


def test_every_kind_has_an_ending_and_a_type():
    assert set(rules.ENDING_OF) == set(rules.TYPE_OF) == set(BEGINNINGS) == set(Kind)
    assert all(ENDINGS[f".{rules.ENDING_OF[kind]}"] is kind for kind in Kind)
