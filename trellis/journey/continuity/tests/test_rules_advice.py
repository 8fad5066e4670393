"""What speaks for each way: total over records, in sentences with figures that move with the record."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.admission.levels.rules import DIMENSIONS, LEVELS, RATINGS
from trellis.journey.continuity.advice import rules, words
from trellis.journey.continuity.advice.keeping import kept, read
from trellis.journey.continuity.advice.rules import WAYS, Dose, Measured, Rated, Reason, Record, Terms, advise

TODAY = date(2026, 11, 25)
TERMS = Terms(
    old_days=30, short_days=21, long_days=90, most_percent=80, few_percent=60, late_percent=33, moved_percent=25
)
days = st.integers(0, 60).map(lambda back: TODAY - timedelta(days=back))
ratings = st.dictionaries(st.sampled_from([*map(str, DIMENSIONS), "living"]), st.sampled_from([*RATINGS, None]))
numbers = st.integers(0, 27).map(float)
doses = st.builds(
    lambda offered, absent, late, asked, part: Dose(
        offered, max(0, offered - absent), min(late, max(0, offered - absent)), asked, asked * part // 10
    ),
    st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 600), st.integers(0, 12),
)  # fmt: skip
measured = st.builds(
    Measured, st.sampled_from(["phq-9", "gad-7", "bam-iop", "new"]), st.sampled_from(["", "use", "other"]), numbers,
    numbers, st.integers(1, 100), st.sampled_from(["improved", "none", "worsened", None]),
    st.sampled_from([True, False, None]), st.sampled_from(["", "better", "worse", "steady"]),
    st.lists(numbers, max_size=3).map(tuple), numbers,
)  # fmt: skip
records = st.builds(
    Record, level=st.sampled_from([*LEVELS, "0.5", ""]), days=st.integers(0, 900), today=st.just(TODAY),
    rated=st.lists(st.builds(Rated, days, st.sampled_from(LEVELS), ratings), max_size=3).map(
        lambda rows: sorted(rows, key=lambda row: row.on)
    ),
    weeks=st.lists(doses, max_size=4), measures=st.lists(measured, max_size=3), alerts=st.lists(days, max_size=3),
    uses=st.lists(st.tuples(days, st.booleans()), max_size=4),
)  # fmt: skip


@given(records)
def test_whatever_the_record_holds_all_four_ways_stand_there_in_sentences_of_both_languages(record):
    advice = advise(record, TERMS)
    assert {one.way for one in advice.options} == set(WAYS)
    assert len(advice.options) == 4
    assert len(advice.even) != 1
    assert read(kept(advice)) == advice
    said = [*advice.missing, *(reason for one in advice.options for reason in (*one.speaks_for, *one.against))]
    for language in ("en", "es"):
        with translation.override(language):
            assert all(words.sentence(one).endswith((".", "?")) for one in said)
            named = [words.in_short(one) for one in said[len(advice.missing) :]]
            assert all(len(one) < 60 and "%(" not in one and not one.endswith(".") for one in named)
    for one in advice.options:
        assert not {reason.key for reason in one.speaks_for} & {
            reason.key for reason in one.against if not reason.key.startswith(("measure", "trend", "off"))
        }


@given(records)
def test_an_alert_never_speaks_for_less(record):
    calm, alarmed = advise(replace(record, alerts=()), TERMS), advise(replace(record, alerts=(TODAY,)), TERMS)
    for way in ("step_down", "discharge"):
        assert _reasons(alarmed, way, "speaks_for") <= _reasons(calm, way, "speaks_for")
        assert "alerts" in _reasons(alarmed, way, "against")
    assert _place(alarmed, "step_up") <= _place(calm, "step_up")


def _reasons(advice, way, side):
    return {reason.key for one in advice.options if one.way == way for reason in getattr(one, side)}


def _place(advice, way):
    return [one.way for one in advice.options].index(way)


# --- a record as they are ---------------------------------------------------------------------------------------------

RATINGS_NOW = {"dimension_1": "0", "dimension_2": "0", "dimension_3": "1", "dimension_4": "1", "dimension_5": "1"}
BETTER = Record(
    level="2.1", days=62, today=TODAY,
    rated=(
        Rated(date(2026, 9, 24), "2.1", {**RATINGS_NOW, "dimension_4": "3"}),
        Rated(date(2026, 11, 20), "1.5", RATINGS_NOW),
    ),
    weeks=(Dose(3, 3, 0, 540, 540), Dose(3, 3, 0, 540, 560), Dose(3, 2, 1, 540, 360), Dose(3, 3, 0, 540, 540)),
    measures=(Measured("phq-9", "", 17, 8, 9, "improved", False, "better"),),
    uses=((date(2026, 11, 8), False), (date(2026, 11, 15), False)),
)  # fmt: skip


def said(record, way, side="speaks_for"):
    option = next(one for one in advise(record, TERMS).options if one.way == way)
    return [words.sentence(reason) for reason in getattr(option, side)]


def test_somebody_who_got_better_reads_as_a_colleague_would_say_it():
    advice = advise(BETTER, TERMS)
    assert advice.options[0].way == "step_down"
    assert said(BETTER, "step_down") == [
        "By the program’s rules the ratings of Nov. 20, 2026 call for less: 1.5 Outpatient; the stay is 2.1 Intensive "
        "outpatient.",
        "PHQ-9 went from 17 to 8, more than chance.",
        "All 2 forms about use in the last four weeks say none.",
        "No answer about safety that could not wait in the last four weeks.",
        "Rated lower than on Sept. 24, 2026: 4. Substance use-related risks from 3 to 1.",
        "Came to 11 of 12 sessions in the last 4 whole weeks (33 h 20 min of 36 h).",
    ]
    assert [words.sentence(one) for one in advice.missing] == ["Drug tests are not recorded here yet."]


@pytest.mark.parametrize(("changes", "way", "side", "sentence"), [
    ({"measures": (Measured("phq-9", "", 17, 6, 9, "improved", False),)}, "step_down", "speaks_for",
     "PHQ-9 went from 17 to 6, more than chance."),
    ({"measures": (Measured("phq-9", "", 17, 4, 9, "improved", True),)}, "discharge", "speaks_for",
     "PHQ-9 went from 17 to 4, more than chance, and is where one hopes to be."),
    ({"measures": (Measured("gad-7", "", 8, 15, 9, "worsened", False),)}, "step_up", "speaks_for",
     "GAD-7 rose from 8 to 15, more than chance."),
    ({"measures": (Measured("gad-7", "", 8, 9, 9, "none", False),)}, "continue", "speaks_for",
     "GAD-7 was 8 and is 9: that may be chance."),
    ({"measures": (Measured("bam-iop", "risk", 14, 6, 9, None, None, "better"),)}, "step_down", "speaks_for",
     "BAM-IOP (risk): the last three look better than those before (14 at first, 6 now)."),
    ({"measures": (Measured("phq-9", "", 12, 19, 9, "none", False, "worse", (16, 17, 18, 19), 14),)}, "step_up",
     "speaks_for",
     "PHQ-9 stays harder than is usual here, 4 weeks in a row (lately 17, 18, 19). In such a week nine of ten people "
     "were at 14 or better."),
    ({"alerts": (date(2026, 11, 3), date(2026, 11, 12))}, "step_down", "against",
     "2 answers about safety that could not wait in the last four weeks, the last on Nov. 12, 2026."),
    ({"uses": ((date(2026, 11, 8), True), (date(2026, 11, 15), False))}, "discharge", "against",
     "1 of 2 forms in the last four weeks say some use, the last on Nov. 8, 2026."),
    ({"weeks": (Dose(3, 3, 0, 540, 540),) * 2 + (Dose(3, 1, 0, 540, 180),) * 2}, "step_down", "against",
     "Comes less: 2 of 6 sessions in the last two weeks, 6 of 6 in the two before."),
    ({"weeks": (Dose(3, 1, 0, 540, 180),) * 2 + (Dose(3, 3, 0, 540, 540),) * 2}, "continue", "speaks_for",
     "Comes more: 6 of 6 sessions in the last two weeks, 2 of 6 in the two before."),
    ({"weeks": (Dose(4, 1, 1, 540, 180),)}, "continue", "speaks_for",
     "Came to 1 of 4 sessions in the last whole week (3 h of 9 h). This level was hardly tried in full: ask what makes "
     "it hard to come."),
    ({"weeks": (Dose(4, 3, 3, 540, 500),)}, "continue", "speaks_for", "Came late to 3 of 3 sessions."),
    ({"rated": (Rated(date(2026, 11, 20), "2.5", {**RATINGS_NOW, "dimension_3": "3"}),)}, "step_up", "speaks_for",
     "The ratings of Nov. 20, 2026 call for 2.5 High-intensity outpatient by the program’s rules; the stay is 2.1 "
     "Intensive outpatient."),
    ({"rated": (Rated(date(2026, 11, 20), "2.1", RATINGS_NOW),)}, "continue", "speaks_for",
     "The ratings of Nov. 20, 2026 call for what the stay is: 2.1 Intensive outpatient."),
    ({"rated": (Rated(date(2026, 11, 20), "1", RATINGS_NOW),)}, "discharge", "speaks_for",
     "By the program’s rules the ratings of Nov. 20, 2026 call for no more than 1 Staying in touch in long-term "
     "remission."),
    ({"rated": (Rated(date(2026, 9, 24), "2.1", RATINGS_NOW),
                Rated(date(2026, 11, 20), "2.5", {**RATINGS_NOW, "dimension_3": "3"}))}, "step_up", "speaks_for",
     "Rated higher than on Sept. 24, 2026: 3. Psychiatric and cognitive conditions from 1 to 3."),
    ({"days": 9}, "discharge", "against", "Here for 9 days: it has hardly begun."),
    ({"days": 120}, "step_down", "speaks_for", "Here for 120 days at this level."),
])  # fmt: skip
def test_a_reason_changes_when_its_figures_change(changes, way, side, sentence):
    changed = replace(BETTER, **changes)
    assert sentence in said(changed, way, side)
    assert sentence not in said(BETTER, way, side)


@pytest.mark.parametrize(("terms", "key"), [
    ({"short_days": 63}, "days_few"),
    ({"long_days": 61}, "days_many"),
    ({"most_percent": 92}, "came_some"),
    ({"most_percent": 99, "few_percent": 92}, "came_few"),
    ({"late_percent": 9}, "late"),
    ({"moved_percent": 16}, "comes_less"),
    ({"old_days": 4}, "old_ratings"),
])  # fmt: skip
def test_what_the_program_says_decides_from_which_figures_on_something_is_said(terms, key):
    def keys(given):
        advice = advise(BETTER, given)
        return {one.key for option in advice.options for one in (*option.speaks_for, *option.against)} | {
            one.key for one in advice.missing
        }

    assert key not in keys(TERMS)
    assert key in keys(replace(TERMS, **terms))


def test_what_is_not_known_is_said_and_nothing_is_made_of_it():
    nothing = advise(Record("2.1", 30, TODAY), TERMS)
    assert {one.key for one in nothing.missing} == {
        "no_ratings", "no_weeks", "no_measures", "no_use", "no_toxicology"
    }  # fmt: skip
    old = advise(replace(BETTER, rated=[Rated(date(2026, 9, 24), "2.1", {"dimension_4": "3"})]), TERMS)
    assert [words.sentence(one) for one in old.missing][:3] == [
        "The newest ratings are 62 days old (Sept. 24, 2026).",
        "The dimensions were rated once, on Sept. 24, 2026: nothing to compare yet.",
        "Not rated: 1. Intoxication, withdrawal, medications; 2. Biomedical conditions; 3. Psychiatric and cognitive "
        "conditions; 5. Recovery environment.",
    ]
    assert advise(Record("2.1", 22, TODAY), TERMS).even == ("step_down", "discharge")
    weeks = (Dose(0, 0, 0, 0, 0),) * 4
    assert "no_weeks" in {one.key for one in advise(replace(BETTER, weeks=weeks), TERMS).missing}
    half = (Dose(0, 0, 0, 0, 0),) * 2 + (Dose(3, 3, 0, 540, 540),) * 2
    assert not any(one.startswith("Comes") for one in said(replace(BETTER, weeks=half), "continue"))


def test_every_reason_of_the_rules_has_words_and_no_words_are_left_over():
    text = Path(rules.__file__).read_text(encoding="utf-8")
    assert {key for key in words.KEYS if f'"{key}"' in text} == words.KEYS
    with pytest.raises(KeyError):
        words.sentence(Reason("unheard_of"))
