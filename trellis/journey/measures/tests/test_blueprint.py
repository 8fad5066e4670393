import pytest

from trellis.foundation.program.check import check, read
from trellis.foundation.program.tests.factories import TEXT
from trellis.journey.measures.blueprint import Measures, measures
from trellis.journey.measures.library import forms

DAILY = 'daily = ["craving-nrs"]'


def test_the_pomona_program_asks_in_its_rhythm():
    found = measures(read(TEXT)).by_occasion
    assert (found["daily"], found["weekly"]) == (("craving-nrs",), ("bam-iop", "phq-9", "gad-7"))
    assert {key for keys in found.values() for key in keys} <= set(forms())
    assert measures(read(TEXT)).reviewed_spanish == ()


@pytest.mark.parametrize(
    ("line", "path", "says"),
    [
        ('daily = ["craving-nsr"]', "measures.sets.daily[0]", 'Did you mean "craving-nrs"?'),
        ('daily = ["zzzz"]', "measures.sets.daily[0]", "Name one of:"),
        ('daily = ["ace-adult-ca"]', "measures.sets.daily[0]", "There is no instrument"),
        ('daily = ["phq-9", "phq-9"]', "measures.sets.daily[1]", "a second time"),
        ("hourly = []", "measures.sets.hourly", ""),
    ],
)
def test_what_nobody_knows_is_a_fault_with_a_sentence(line, path, says):
    (fault,) = check(TEXT.replace(DAILY, line))
    assert fault.path == path
    assert says in fault.sentence


def test_only_our_own_translations_wait_for_a_review():
    text = TEXT.replace("reviewed_spanish = []", 'reviewed_spanish = ["craving-nrs", "bam"]')
    (fault,) = check(text)
    assert (fault.path, "no translation of ours" in fault.sentence) == ("measures.reviewed_spanish[1]", True)
    assert check(text.replace(', "bam"', "")) == []


def test_a_program_without_the_section_asks_nothing_by_itself():
    before, _, rest = TEXT.partition("[measures]")
    without = before + "[[pages]]" + rest.partition("[[pages]]")[2]
    assert check(without) == []
    assert measures(read(without)) == Measures()
