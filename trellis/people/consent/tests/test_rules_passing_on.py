"""What an intermediary tells us, and how far back the list goes; what its consent must name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation import clock
from trellis.people.consent.rules import completing, passing_on
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import TREATING, lacking
from trellis.people.consent.rules.words import Who
from trellis.people.consent.tests.factories import EXCHANGE, terms

TOLD = date(2026, 10, 5)
TODAY = date(2026, 11, 29)
TREATING_THERE = Recipient(Who.CLASS, TREATING)
CLINIC = Recipient(Who.ORGANIZATION, "Alder Clinic")


@pytest.mark.parametrize(
    ("entity", "what", "on", "why"),
    [
        (" ", "days", TOLD, passing_on.SAY_WHOM),
        ("Alder Clinic", "", TOLD, passing_on.SAY_WHAT),
        ("Alder Clinic", "days", TOLD - timedelta(days=1), passing_on.TOO_EARLY),
        ("Alder Clinic", "days", TODAY + timedelta(days=1), passing_on.AHEAD),
        ("Alder Clinic", "days", TOLD, None),
        ("Alder Clinic", "days", TODAY, None),
    ],
)
def test_an_entity_a_day_and_a_short_description_are_what_the_law_asks_for(entity, what, on, why):
    assert passing_on.why_not(entity, what, on, told_on=TOLD, today=TODAY) == why


@given(today=st.dates(date(2024, 1, 1), date(2100, 12, 31)))
def test_the_list_goes_back_three_years_and_no_day_less(today):
    since = passing_on.listed_since(today)
    assert today.year - since.year == 3
    assert (today - since).days in (1095, 1096)


def test_on_a_leap_day_no_day_is_lost():
    assert passing_on.listed_since(date(2028, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("members", "part"),
    [
        ((), {"members": completing.NO_MEMBERS}),
        ((Recipient(Who.ORGANIZATION, " "),), {"members": completing.NO_MEMBERS}),
        ((Recipient(Who.CLASS, "health_plan"),), {"members": completing.NO_MEMBERS}),
        ((TREATING_THERE,), {}),
        ((CLINIC,), {}),
        ((TREATING_THERE, CLINIC), {}),
    ],
)
def test_scenes_52_and_53_an_intermediary_names_its_members_or_those_who_treat(members, part):
    assert lacking(terms(recipients=(EXCHANGE,), intermediary=True, members=members), clock.now()) == part


@pytest.mark.parametrize("recipients", [(Recipient(Who.PERSON, "Ana Ruiz"),), (EXCHANGE, CLINIC)])
def test_an_intermediary_is_one_organization(recipients):
    said = terms(recipients=recipients, intermediary=True, members=(CLINIC,))
    assert lacking(said, clock.now()) == {"recipients": completing.ONE_INTERMEDIARY}
