"""On a former client's page: whether somebody has to call now, as the list of follow-ups has it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.program import queries as blueprint
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.aftercare import actions, queries
from trellis.journey.continuity.aftercare.blueprint import days_of
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor, actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seven_days_after")]
TODAY, DUE = date(2026, 11, 8), "A follow-up is due today"


@pytest.fixture
def seven_days_after(clock_at):
    """Noon in Pomona, seven days after the stay."""
    clock_at(datetime(2026, 11, 8, 20, tzinfo=UTC))
    load_pomona()


@pytest.fixture
def former():
    client = ClientFactory(with_account=True, account__roles=["alumnus"])
    EpisodeFactory(client=client, closed=True)
    return client


def page_of(client, by):
    browser = sign_in(Browser(), Account.objects.get(pk=by.account_id))
    return browser.get(reverse("clients:client", args=[client.public_id])).content.decode()


def test_the_page_says_that_somebody_calls_today_and_leads_there(former):
    by = actor("clinical_director")
    assert DUE not in page_of(former, by)
    actions.agree(by=actor_of(former.account), client=former, yes=True, by_phone=True)
    page = page_of(former, by)
    assert DUE in page
    assert f'href="{reverse("aftercare:follow_up", args=[former.public_id])}"' in page.partition(DUE)[2][:900]
    actions.record_call(by=by, client=former, day=7, outcome="reached", answers={"safe": "yes"})
    assert DUE not in page_of(former, by)


def test_one_statement_tells_what_the_list_tells(former, statements):
    by = actor("clinical_director")

    def found(today=TODAY):
        with blueprint.remembered():
            days_of()
            with statements() as seen:
                shelf = queries.due_of(former, today)
        assert len(seen) == 1, seen
        (line,) = queries.to_follow_up(by, today) or [None]
        assert shelf == (line.shelf if line and line.shelf != "soon" else None)
        return shelf

    assert found() is None
    actions.agree(by=actor_of(former.account), client=former, yes=True, by_phone=True)
    assert (found(date(2026, 11, 7)), found(), found(date(2026, 11, 9))) == (None, "today", "overdue")
    actions.record_call(by=by, client=former, day=7, outcome="not_reached", answers={}, next_try=date(2026, 11, 10))
    assert (found(), found(date(2026, 11, 10))) == (None, "today")
    actions.answer(by=actor_of(former.account), client=former, day=7, answers={"call": "yes"})
    assert found() == "waits"
    EpisodeFactory(client=former, opened_on=date(2026, 11, 7))
    assert found() is None
