"""Every URL is opened as every role, and signed out: with an own object, another's and one that is not there."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.matrix import table
from tests.matrix.asking import answers, as_cell
from tests.matrix.table import WHO, Row
from tests.matrix.urls import every_url
from tests.matrix.world import ABSENT, CONSTANT, World
from trellis.foundation.access.roles import ROLES
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Account

URLS = {url.name: url for url in every_url()}
ROWS = table.read()

#: pages that open a record and find nobody on it in this small world, each with its reason
NOBODY_TODAY: dict[str, str] = {
    "admission:admit_new": "nobody was typed yet who could be known",
    "retention:due": "no record is old enough",
    "breaches:find": "it asks the record, and shows who was found on another page",
    "breaches:pick": "nobody was looked for yet",
    "schedule:add": "nobody was looked for yet",
    "schedule:day_sheet": "its groups meet tomorrow",
    "schedule:session": "it names people who have another group at that time; here nobody has",
    "tablet:give_back": "it ends the lock and shows nobody",
    "tablet:next": "it is there only while the tablet is in a client's hands; here it never is",
}


def test_every_url_has_a_row_and_every_row_a_url():
    assert sorted(URLS) == sorted({row.url for row in ROWS})
    assert [row.url for row in ROWS if [(one.url, one.method) for one in ROWS].count((row.url, row.method)) > 1] == []


def test_every_url_says_who_may_open_it():
    assert [url.name for url in URLS.values() if url.access is None] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url}")
def test_the_answers_are_the_reviewed_ones(row: Row, world: World):
    assert tuple(row.objects) == URLS[row.url].arguments
    found = {who: answers(world, row, who) for who in WHO}
    assert {who: as_cell(cell) for who, cell in found.items()} == row.answers
    if row.method == "GET" and URLS[row.url].access.opens and row.url not in NOBODY_TODAY:
        silent = [who for who, cell in found.items() for answer in cell if answer.status == 200 and not answer.events]
        assert silent == [], "opened a record and left no event"
    unsaid = {(who, *answer.unsaid) for who, cell in found.items() for answer in cell if answer.unsaid}
    assert unsaid == set(), "shows somebody whom no event names"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url}")
def test_what_stands_at_the_desk_is_for_people_who_work_here(row: Row):
    if reverse(row.url, kwargs=dict.fromkeys(row.objects, ABSENT)).startswith("/desk/"):
        cells = [row.answers[role.key] for role in ROLES if not role.staff]
        assert set(" ".join(cells).split()) == {"403"}


def names_a_record(row: Row) -> bool:
    return bool(set(row.objects.values()) - set(CONSTANT))


@pytest.mark.parametrize("row", list(filter(names_a_record, ROWS)), ids=lambda row: f"{row.method} {row.url}")
def test_whoever_may_not_open_it_learns_nothing_about_what_is_there(row: Row):
    for cell in row.answers.values():
        own, others, missing = cell.split()
        assert others in (own, missing), "somebody else's and not there differ"


#: whoever leads a group sits with everybody in it and marks who is there
IN_ONE_ROOM = {"schedule:room", "schedule:people", "schedule:line"}
AT_WORK = [role.key for role in ROLES if role.staff]
OPENED = [row for row in ROWS if row.method == "GET" and row.url not in IN_ONE_ROOM]


#: lists that refuse whoever is kept out of somebody on them, each with its reason; the net of `@page` caught them
REFUSED_WHOLE: dict[str, str] = {}


@pytest.mark.parametrize("row", OPENED, ids=lambda row: row.url)
def test_whoever_is_kept_out_of_every_record_is_shown_nobody(row: Row, world: World):
    for who in AT_WORK:
        world.browser(who)  # a sign-in outlasts what is undone here
    with transaction.atomic(), writing("test"):
        Account.objects.filter(pk__in=[world.cast.account(who).pk for who in AT_WORK]).update(
            kept_out=list(world.people())
        )
        found = {who: answers(world, row, who) for who in AT_WORK}
        transaction.set_rollback(True)
    assert {who for who, cell in found.items() if any(answer.shown for answer in cell)} == set()
    if not row.objects and row.url not in REFUSED_WHOLE:
        statuses = {who: as_cell(cell) for who, cell in found.items()}
        assert statuses == {who: row.answers[who] for who in AT_WORK}, "a list leaves them out and stands"


def test_lists_are_tried_with_somebody_on_them():
    """A list that is empty in this world shows nothing of what it does with people."""
    lists = {row.url for row in OPENED if not row.objects and URLS[row.url].access.opens}
    at_the_desk = {url for url in lists if reverse(url).startswith("/desk/")}
    assert at_the_desk - set(NOBODY_TODAY) == LISTS
    assert set(REFUSED_WHOLE) <= at_the_desk


LISTS = {
    "admission:one_person", "admission:waiting", "advice:due", "aftercare:follow_ups", "alerts:list",
    "clients:emergencies", "clients:find", "clients:watched", "consent:papers_missing", "inquiry:board",
    "leaving:letters", "referrals:list", "retention:holds", "rights:requests", "rights:unread", "schedule:my_day",
    "schedule:tracks", "staff:list", "staff_desk:program_today", "staff_desk:set_aside", "staff_desk:standing_out",
}  # fmt: skip
