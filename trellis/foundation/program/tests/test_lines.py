from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.program.check.lines import Lines, path_of

TEXT = """\
name = "x"
a.b = 1
[one]
"a key" = 2
inline = { en = "e", es = "s" }
list = [
  1,
  # a remark
  { deep = [3, 4] },
]
[[many]]
k = 1
[many.sub]
s = 1
[[many.more]]
m = 1
[[many.more]]
m = 2
[[many]]
# a remark
k = 2
"""


def test_every_way_to_write_a_key_has_its_line():
    lines = Lines(TEXT)
    expected = {
        ("name",): 1,
        ("a", "b"): 2,
        ("one",): 3,
        ("one", "a key"): 4,
        ("one", "inline", "es"): 5,
        ("one", "list"): 6,
        ("one", "list", 0): 7,
        ("one", "list", 1, "deep", 1): 9,
        ("many",): 11,
        ("many", 0): 11,
        ("many", 0, "k"): 12,
        ("many", 0, "sub", "s"): 14,
        ("many", 0, "more", 0, "m"): 16,
        ("many", 0, "more", 1, "m"): 18,
        ("many", 1): 19,
        ("many", 1, "k"): 21,
    }
    assert {loc: lines.of(loc) for loc in expected} == expected


def test_what_is_not_there_has_the_line_of_what_holds_it():
    lines = Lines(TEXT)
    assert lines.of(("many", 1, "missing", "deeper")) == 19
    assert lines.of(("nothing",)) == 1


def test_a_path_reads_like_the_file():
    assert path_of(("series", 3, "start")) == "series[3].start"
    assert path_of(()) == "file"


@given(text=st.text(max_size=200))
def test_no_text_is_too_odd_to_find_lines_in(text):
    assert Lines(text).of(("anything", 0)) == 1 or text
