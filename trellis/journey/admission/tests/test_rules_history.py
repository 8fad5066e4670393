"""What counts of what was said, what cannot be, and which scale of withdrawal is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.checks.words import Words
from trellis.journey.admission.history import bank, rules
from trellis.journey.admission.history.rules import (
    ANSWERED,
    NOT_TODAY,
    TAKEN_BACK,
    Asked,
    Asks,
    Fault,
    Heard,
    Kind,
    Known,
    Line,
    Offer,
    Row,
    Said,
    Scored,
    Use,
    Used,
    Verdict,
    Wrong,
)

TODAY, BORN = date(2026, 11, 30), date(1992, 3, 14)
NOW = datetime(2026, 11, 30, 18, tzinfo=UTC)


def read(kind, typed, **more):
    return rules.read(Asked("q", kind, **more), typed, born_on=BORN, today=TODAY)


def row(number, value="yes", key="q", state=ANSWERED, who="person", source=""):
    return Row(number, key, Said(state, value), who, source, TODAY, NOW, "account:1")


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("kind", "typed", "kept", "more"),
        [
            (Kind.SHORT, "  two words ", "two words", {}),
            (Kind.LONG, "a\r\nb", "a\nb", {}),
            (Kind.SHORT, "  ", "", {}),
            (Kind.YES_NO, "unsure", "unsure", {}),
            (Kind.CHOICE, "own", "own", {"choices": ("own",)}),
            (Kind.NUMBER, " 3 ", "3", {"most": 9}),
            (Kind.DATE, "11/29/2026", "2026-11-29", {}),
            (Kind.DATE, "2026-12-24", "2026-12-24", {"future": True}),
            (Kind.MONTH, "2019", "2019", {}),
            (Kind.MONTH, "3/2019", "2019-03", {}),
            (Kind.MONTH, "2019-03", "2019-03", {}),
            (Kind.MONTH, "1992", "1992", {}),
            (Kind.MONTH, "2026", "2026", {}),
        ],
    )
    def test_it_is_kept_in_one_form(self, kind, typed, kept, more):
        assert read(kind, typed, **more) == kept

    @pytest.mark.parametrize(
        ("kind", "typed", "fault", "more"),
        [
            (Kind.YES_NO, "perhaps", Fault.CHOICE, {}),
            (Kind.CHOICE, "yes", Fault.CHOICE, {"choices": ("own",)}),
            (Kind.NUMBER, "many", Fault.NUMBER, {"most": 9}),
            (Kind.NUMBER, "10", Fault.TOO_MANY, {"most": 9}),
            (Kind.NUMBER, "1", Fault.TOO_FEW, {"least": 2, "most": 9}),
            (Kind.DATE, "02/30/2026", Fault.DATE, {}),
            (Kind.DATE, "soon", Fault.DATE, {}),
            (Kind.DATE, "2026-12-01", Fault.FUTURE, {}),
            (Kind.DATE, "1992-03-13", Fault.BEFORE_BIRTH, {}),
            (Kind.MONTH, "spring", Fault.MONTH, {}),
            (Kind.MONTH, "13/2019", Fault.MONTH, {}),
            (Kind.MONTH, "0019", Fault.MONTH, {}),
            (Kind.MONTH, "12/2026", Fault.FUTURE, {}),
            (Kind.MONTH, "2/1992", Fault.BEFORE_BIRTH, {}),
            (Kind.SHORT, "x" * 201, Fault.LENGTH, {}),
            (Kind.LONG, "x" * 4001, Fault.LENGTH, {}),
        ],
    )
    def test_what_cannot_be_says_why(self, kind, typed, fault, more):
        with pytest.raises(Wrong) as wrong:
            read(kind, typed, **more)
        assert wrong.value.fault is fault

    @given(st.sampled_from(list(Kind)), st.text(max_size=30))
    def test_whatever_is_typed_is_kept_or_says_why_and_what_is_kept_is_read_the_same_again(self, kind, typed):
        more = {"choices": ("own",), "most": 30}
        try:
            kept = read(kind, typed, **more)
        except Wrong:
            return
        assert read(kind, kept, **more) == kept

    @pytest.mark.parametrize(
        ("value", "before", "later", "said"),
        [
            ("", None, False, None),
            ("yes", None, False, Said(ANSWERED, "yes")),
            ("yes", Said(ANSWERED, "yes"), False, None),
            ("no", Said(ANSWERED, "yes"), False, Said(ANSWERED, "no")),
            ("", Said(ANSWERED, "yes"), False, Said(TAKEN_BACK)),
            ("", Said(NOT_TODAY), False, None),
            ("", Said(TAKEN_BACK), False, None),
            ("", None, True, Said(NOT_TODAY)),
            ("", Said(NOT_TODAY), True, None),
            ("yes", Said(ANSWERED, "yes"), True, Said(NOT_TODAY)),
            ("no", Said(ANSWERED, "yes"), True, Said(ANSWERED, "no")),
        ],
    )
    def test_only_what_is_new_is_said_and_what_was_typed_counts_before_not_today(self, value, before, later, said):
        assert rules.said(value, before, later) == said


class TestWhatCounts:
    def test_the_newest_counts_and_the_others_stand_beside_it(self):
        found = rules.standing([row(1, "yes"), row(3, "unsure"), row(2, "no"), row(4, key="other")])
        assert found["q"].now.said.value == "unsure"
        assert [one.said.value for one in found["q"].before] == ["no", "yes"]
        assert rules.standing([row(1), row(2)], until=1)["q"].now.number == 1
        assert not rules.standing([row(1)], until=0)

    def test_what_is_known_elsewhere_waits_until_something_else_was_answered(self):
        offer = Offer("q", "no", "referral:4", "referral", TODAY)
        assert rules.offered([offer], {})["q"][0].waits
        assert rules.offered([offer], rules.standing([row(1, "", state=NOT_TODAY)]))["q"][0].waits
        assert not rules.offered([offer], rules.standing([row(1, "yes")]))["q"][0].waits
        assert rules.offered([offer], rules.standing([row(1, " NO ")])) == {}
        assert len(rules.offered([offer, offer], {})["q"]) == 1

    def test_not_today_is_neither_known_nor_open(self):
        states = {"a": ANSWERED, "b": NOT_TODAY, "c": TAKEN_BACK}
        found = rules.known("abcd", states, {"a", "d"})
        assert found == Known(known=1, not_today=1, of=4, to_confirm=1)
        assert found.still_open == 2

    def test_the_next_section_is_the_first_with_something_open_and_then_the_first_of_not_today(self):
        whole, later, open_ = Known(2, 0, 2), Known(1, 1, 2), Known(1, 0, 2)
        assert rules.next_section([("a", whole), ("b", later), ("c", open_)]) == "c"
        assert rules.next_section([("a", whole), ("b", later)]) == "b"
        assert rules.next_section([("a", whole)]) == ""

    def test_who_ordered_them_here_decides_what_is_required(self):
        assert rules.asks(None) is rules.asks(Said(NOT_TODAY)) is Asks.UNKNOWN
        assert rules.asks(Said(ANSWERED, "nobody")) is Asks.NOBODY
        assert rules.asks(Said(ANSWERED, "court")) is Asks.OTHERS


class TestOneSubstance:
    def test_nobody_was_older_than_they_are(self):
        assert rules.first_age("34", born_on=BORN, today=TODAY) == 34
        assert rules.first_age("", born_on=BORN, today=TODAY) is None
        assert rules.first_age("99", born_on=None, today=TODAY) == 99
        with pytest.raises(Wrong, match="older"):
            rules.first_age("35", born_on=BORN, today=TODAY)

    def test_the_last_time_is_not_before_the_first_nor_ahead(self):
        def last(text, first=None, born=BORN):
            return rules.last_use(text, first=first, born_on=born, today=TODAY)

        assert last("2026-11-30", 34) == TODAY
        assert last(" ") is None
        assert last("2000-01-01", 34, None) == date(2000, 1, 1)
        with pytest.raises(Wrong, match="before_first_use"):
            last("2009-01-01", 17)
        with pytest.raises(Wrong, match="future"):
            last("2026-12-01")

    def test_never_has_no_details(self):
        assert rules.whole(Use("never", 17, TODAY, "mouth", "x")) == Use("never")
        assert rules.whole(Use("daily", 17)) == Use("daily", 17)


COWS = Line("cows", ("opioid",), timedelta(days=5), 13)
CALL = Line("call", ("sedative",), timedelta(days=14))


def verdict(line=COWS, total=None, scored=0, used=None, substance="opioid"):
    scores = {} if scored is None else {line.key: Scored(total, TODAY - timedelta(days=scored))}
    uses = {} if used is None else {substance: Used(TODAY - timedelta(days=used))}
    found = rules.withdrawal([line], scores, uses, TODAY)
    return found[0].verdict if found else None


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"total": 13}, Verdict.ABOVE),
        ({"total": 12}, Verdict.BELOW),
        ({"total": 12, "scored": 1, "used": 0}, Verdict.ASK),
        ({"total": 4, "scored": 0, "used": 0}, Verdict.BELOW),
        ({"total": 4, "scored": 1, "used": 1}, Verdict.ASK),
        ({"total": 4, "scored": 3, "used": 3}, Verdict.ASK),
        ({"total": 4, "scored": 1}, Verdict.OLD),
        ({"total": 13, "scored": 5, "used": 5}, Verdict.ABOVE),
        ({"total": None, "used": 2}, Verdict.ASK),
        ({"scored": None, "used": 5}, Verdict.ASK),
        ({"scored": None, "used": 6}, None),
        ({"scored": None, "used": 1, "substance": "alcohol"}, None),
        ({"total": 20, "scored": 6}, Verdict.OLD),
        ({"total": 20, "scored": 6, "used": 1}, Verdict.ASK),
        ({"line": CALL, "scored": None, "used": 14, "substance": "sedative"}, Verdict.CALL),
        ({"line": CALL, "scored": None}, None),
    ],
)
def test_a_line_says_what_the_last_use_and_the_last_total_call_for(case, said):
    assert verdict(**case) == said


def test_what_is_above_the_line_stands_first_and_the_newest_use_is_named():
    alcohol = Line("ciwa_ar", ("alcohol", "sedative"), timedelta(days=5), 10)
    uses = {"alcohol": Used(date(2026, 11, 27)), "sedative": Used(date(2026, 11, 29))}
    found = rules.withdrawal([CALL, alcohol, COWS], {"cows": Scored(20, TODAY)}, uses, TODAY)
    assert [one.verdict for one in found] == [Verdict.ABOVE, Verdict.ASK, Verdict.CALL]
    assert (found[1].substance, found[1].used) == ("sedative", Used(date(2026, 11, 29)))


def heard(pattern, last=None, on=0, speaker="person"):
    """`last`, `on`: so many days ago."""
    last_on = None if last is None else TODAY - timedelta(days=last)
    return Heard(Use(pattern, None, last_on), TODAY - timedelta(days=on), speaker)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([], None),
        ([heard("daily", 1)], 1),
        ([heard("some_weeks", speaker="phone"), heard("daily", 1)], 1),
        ([heard("never", speaker="phone"), heard("daily", 1)], 1),
        ([heard("some_weeks", 9, speaker="family"), heard("daily", 1)], 1),
        ([heard("before", 2), heard("daily", 1)], 2),
        ([heard("some_weeks"), heard("daily", 1)], 1),
        ([heard("never"), heard("daily", 1)], None),
        ([heard("some_weeks")], None),
        ([heard("before", 20, speaker="family"), heard("never")], 20),
    ],
)
def test_nobody_takes_back_a_last_use_that_somebody_else_told(told, days):
    found = rules.last_used(told)
    assert found == (None if days is None else Used(TODAY - timedelta(days=days)))


def test_every_day_without_a_last_day_counts_as_used_on_the_day_it_was_told():
    assert rules.last_used([heard("daily", on=2)]) == Used(TODAY - timedelta(days=2), known=False)
    assert rules.last_used([heard("some_weeks"), heard("daily", on=2), heard("daily", 4, on=3)]).day.day == 28


def spoken_in(value, language):
    """Every text of this language in nested data."""
    if isinstance(value, dict):
        own = [value[language]] if language in value else []
        return own + [text for one in value.values() for text in spoken_in(one, language)]
    return [text for one in value for text in spoken_in(one, language)] if isinstance(value, list | tuple) else []


class TestTheBank:
    def test_every_question_has_a_key_of_its_own_and_both_languages(self):
        keys = [one.key for part in bank.sections() for one in part.questions]
        assert len(keys) == len(set(keys)) == len(bank.questions())
        assert all(one.ask.en != one.ask.es for one in bank.questions().values())
        assert len({part.key for part in bank.sections()}) == len(bank.sections())

    def test_their_words_hurt_nobody(self):
        words = Words.read()
        asked = [one.model_dump() for one in bank.sections()]
        said = [(text, language) for language in ("en", "es") for text in spoken_in(asked, language)]
        assert len(said) > 100
        assert [fault for text, language in said for fault in words.faults(text, language)] == []

    def test_what_is_hard_is_never_asked_alone(self):
        alone = {one.key for part in bank.on_phone() for one in part.questions}
        assert "trauma" not in {part.key for part in bank.on_phone()}
        assert not alone & {"thoughts_of_death", "hard_things_back", "trauma_words", "safe_now"}
        assert {"goal", "medicines_now", "mandate"} <= alone

    def test_a_section_is_found_by_its_key_among_those_that_are_asked(self):
        assert bank.section("trauma", bank.sections()).key == "trauma"
        assert bank.section("trauma", bank.on_phone()) is None

    @pytest.mark.parametrize("more", [{"kind": "choice"}, {"kind": "short", "most": 3}, {"kind": "number"}])
    def test_a_question_of_no_sense_is_refused(self, more):
        with pytest.raises(ValueError, match="a choice has choices"):
            bank.Question.model_validate({"key": "q", "ask": {"en": "a", "es": "b"}, **more})
