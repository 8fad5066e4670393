from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.staff.licenses.rules import (
    Held,
    Kind,
    Signing,
    ends_soon,
    five_years_from,
    last_day,
    may_sign,
    signs_with,
    why_not,
)

DAY = date(2026, 11, 25)
BEGAN, ENDS = date(2025, 1, 1), date(2027, 6, 30)
EVERYTHING = set(Signing)
FOR_COUNSELORS = {Signing.ASSESSMENT, Signing.DISCHARGE_SUMMARY, Signing.LETTER}


def held(kind, since=BEGAN, until=ENDS):
    return Held(Kind(kind), "N 1", since, until)


@pytest.mark.parametrize(
    ("kind", "signs"),
    [
        ("physician", EVERYTHING),
        ("np", EVERYTHING),
        ("pa", EVERYTHING),
        ("psychologist", EVERYTHING - {Signing.MEDICAL}),
        ("lcsw", EVERYTHING - {Signing.MEDICAL}),
        ("lmft", EVERYTHING - {Signing.MEDICAL}),
        ("lpcc", EVERYTHING - {Signing.MEDICAL}),
        ("amft", EVERYTHING - {Signing.MEDICAL}),
        ("asw", EVERYTHING - {Signing.MEDICAL}),
        ("apcc", EVERYTHING - {Signing.MEDICAL}),
        ("psychological_associate", EVERYTHING - {Signing.MEDICAL}),
        ("rn", EVERYTHING - {Signing.MEDICAL, Signing.DIAGNOSIS}),
        ("pharmacist", EVERYTHING - {Signing.MEDICAL, Signing.DIAGNOSIS}),
        ("counselor_certified", FOR_COUNSELORS),
        ("counselor_registered", FOR_COUNSELORS),
    ],
)
def test_what_each_kind_may_sign(kind, signs):
    assert {what for what in Signing if may_sign(what, [held(kind)], DAY) is None} == signs


def test_nothing_written_down_signs_nothing_and_says_so():
    for what in Signing:
        assert "is written down here" in may_sign(what, [], DAY)


def test_whoever_lacks_the_kind_reads_who_signs():
    counselor = [held("counselor_certified")]
    assert "physician" in may_sign(Signing.MEDICAL, [held("lmft")], DAY)
    assert "licensed to diagnose" in may_sign(Signing.DIAGNOSIS, counselor, DAY)
    assert "(LPHA)" in may_sign(Signing.LEVEL, counselor, DAY)


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_both_days_of_a_license_count_and_no_other(on):
    assert (may_sign(Signing.LEVEL, [held("lmft")], on) is None) == (BEGAN <= on <= ENDS)


def test_the_first_and_the_last_day_count_and_the_license_that_ends_last_is_signed_with():
    assert [may_sign(Signing.LEVEL, [held("lmft")], on) for on in (BEGAN, ENDS)] == [None, None]
    assert may_sign(Signing.LEVEL, [held("lmft")], BEGAN - timedelta(days=1))
    shorter, longer = held("rn", until=DAY), held("lmft")
    assert signs_with(Signing.LEVEL, [shorter, longer], DAY) == longer
    assert signs_with(Signing.LEVEL, [longer, shorter], DAY) == longer


def test_what_ended_says_since_when_and_what_lies_ahead_from_when_on():
    over = may_sign(Signing.LEVEL, [held("lmft", until=date(2026, 6, 1)), held("rn", until=date(2026, 1, 1))], DAY)
    assert "Your license or registration (N 1) ended on June 1, 2026" in over
    ahead = may_sign(Signing.LEVEL, [held("lmft", since=date(2026, 12, 1))], DAY)
    assert "from Dec. 1, 2026" in ahead or "from December 1, 2026" in ahead
    assert may_sign(Signing.LEVEL, [held("lmft", until=date(2026, 6, 1)), held("rn")], DAY) is None


def test_a_registration_counts_five_years_from_the_first_whoever_renewed_it():
    first = held("counselor_registered", since=date(2021, 11, 25), until=date(2023, 11, 24))
    renewed = held("counselor_registered", since=date(2023, 11, 25), until=date(2027, 11, 24))
    assert last_day(renewed, [first, renewed]) == date(2026, 11, 24)
    assert "five years" in may_sign(Signing.LETTER, [first, renewed], DAY)
    assert may_sign(Signing.LETTER, [first, renewed], DAY - timedelta(days=1)) is None
    assert last_day(held("lmft"), [first]) == ENDS
    licensed_long_ago = held("lmft", since=date(2010, 1, 1))
    assert last_day(renewed, [licensed_long_ago, renewed]) == date(2027, 11, 24)
    assert five_years_from(date(2024, 2, 29)) == date(2029, 2, 28)


def test_an_associate_works_under_somebody_licensed():
    said = {"since": BEGAN, "until": ENDS, "on": DAY}
    assert why_not("amft", supervisor=[held("lmft")], **said) is None
    assert "Say who" in why_not("amft", supervisor=None, **said)
    for edge in (held("lmft", since=DAY), held("lmft", until=DAY)):
        assert why_not("amft", supervisor=[edge], **said) is None
    assert why_not("lmft", DAY, DAY, None, DAY) is None
    for nobody in ([], [held("amft")], [held("lmft", until=date(2026, 1, 1))]):
        assert "licensed themselves" in why_not("amft", supervisor=nobody, **said)
    assert why_not("lmft", supervisor=None, **said) is None
    assert "Only an associate" in why_not("lmft", supervisor=[], **said)
    assert "before the first" in why_not("lmft", ENDS, BEGAN, None, DAY)


def test_what_ends_within_60_days_and_does_not_go_on_is_named():
    last = DAY + timedelta(days=60)
    assert ends_soon(held("lmft", until=last), [held("lmft", until=last)], DAY)
    assert not ends_soon(held("lmft", until=last + timedelta(days=1)), [], DAY)
    assert not ends_soon(held("lmft", until=last), [held("lmft", until=last), held("lmft", since=last)], DAY)
    assert not ends_soon(held("lmft", since=DAY + timedelta(days=1), until=last), [], DAY)


def test_an_associate_signs_as_long_as_somebody_licensed_supervises_them():
    ended = replace(held("amft"), supervised_until=DAY - timedelta(days=1))
    assert "Nobody licensed supervises you (N 1) since" in may_sign(Signing.LEVEL, [ended], DAY)
    assert may_sign(Signing.LEVEL, [ended], DAY - timedelta(days=1)) is None
    assert last_day(replace(ended, supervised_until=ENDS + timedelta(days=1)), []) == ENDS
    own = replace(ended, until=date(2026, 6, 1))
    assert "ended on June 1, 2026" in may_sign(Signing.LEVEL, [own], DAY)
    soon = replace(ended, supervised_until=DAY + timedelta(days=60))
    assert ends_soon(soon, [soon], DAY)
    nurse = held("rn", until=DAY + timedelta(days=90))
    assert signs_with(Signing.LEVEL, [soon, nurse], DAY) == nurse
