"""Who looked: every opening of one's record by role, purpose and day, and never the name of whoever looked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.doors.client_portal.purposes import ABOUT_NO_CLIENT, NO_NAME, PURPOSES, purpose
from trellis.foundation.access import policy
from trellis.foundation.audit import sealing
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.journey.admission.tests.factories import AdmissionFactory, InquiryFactory
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory, StaffMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


def text(response):
    html = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def happened():
    """`happened("opened client.read", "client:4")`: as the trail keeps it, at its time."""

    def keep(verb, *subjects, actor="account:999999", roles="counselor", at=NOW):
        with writing("test"):
            AuditEvent.objects.create(verb=verb, subjects=list(subjects), actor=actor, roles=roles, at=at)

    return keep


@pytest.fixture
def mine(me):
    return f"client:{me.pk}"


def looked(me, month="", language="en"):
    with translation.override(language):
        return me.browser.get(reverse("my:looked"), {"month": month} if month else {})


class TestWords:
    """A verb without words would stand before a client as nothing."""

    def test_every_verb_of_the_house_says_what_it_is_for_or_that_it_is_about_no_client(self):
        missing = policy.verbs() - PURPOSES.keys() - ABOUT_NO_CLIENT
        assert sorted(missing) == [], "say in client_portal/purposes.py what it is for"

    def test_no_verb_is_both(self):
        assert not PURPOSES.keys() & ABOUT_NO_CLIENT

    def test_each_goes_on_from_a_role_in_both_languages(self):
        with translation.override("en"):
            assert all(str(words).startswith("to ") for words in PURPOSES.values())
        with translation.override("es"):
            assert all(str(words).startswith("para ") for words in PURPOSES.values())

    def test_a_verb_of_long_ago_has_words_too(self):
        assert purpose("nobody.knows") == NO_NAME


class TestPage:
    def test_a_day_says_who_what_for_and_how_often(self, me, mine, happened):
        for _ in range(2):
            happened("opened schedule.mark", mine)
        happened("schedule.mark", mine)
        happened("opened schedule.day_sheet", mine, "client:999", roles="front_desk")
        happened("schedule.generate", mine, actor="system:worker", roles="")
        page = text(looked(me))
        assert "Wednesday, November 25 Who and what for Looked Changed" in page
        assert "Counselor to take attendance 2 1" in page
        assert "Front desk to see who comes today You were on a list with others. 1 – 0" in page
        assert "The program's computer, by itself" in page.replace("&#x27;", "'")
        assert "Looked at your record 2 Saw you on a list 1 Changed something 2" in page

    def test_a_day_begins_at_midnight_in_the_program(self, me, mine, happened):
        happened("opened client.read", mine, at=NOW.replace(day=25, hour=7, minute=30))  # 11:30 pm the day before
        assert "Tuesday, November 24" in text(looked(me))

    def test_no_name_of_anybody_stands_there(self, me, mine, happened):
        counselor = StaffMemberFactory(account__chosen_name="Dana Cole", account__roles=["counselor"])
        happened("opened client.read", mine, actor=f"account:{counselor.account_id}")
        page = text(looked(me))
        assert "Counselor to see how we help you 1" in page
        assert "Dana" not in page
        assert f"account:{counselor.account_id}" not in page

    def test_what_others_records_went_through_is_not_there(self, me, happened):
        happened("opened client.open_legal_name", f"client:{me.pk}1")
        assert "the name on your papers" not in text(looked(me))

    def test_ones_own_openings_stand_apart_and_this_one_is_an_opening_too(self, me, mine, happened):
        assert "Nobody opened your record in this month" in text(looked(me))
        happened("opened my.week", mine, actor=f"account:{me.account_id}", roles="client")
        page = text(looked(me))
        assert "to see your own pages" not in page
        assert AuditEvent.objects.filter(verb="opened my.looked", subjects=[mine]).count() == 2

    def test_once_is_one_time(self, me, mine, happened):
        happened("opened my.week", mine, actor=f"account:{me.account_id}", roles="client")
        assert "You yourself: 1 time" in text(looked(me))

    def test_several_roles_and_roles_that_are_no_more(self, me, mine, happened):
        happened("opened client.read", mine, roles="counselor,therapist")
        happened("client.edit", mine, roles="sexton")
        page = text(looked(me))
        assert "Counselor, Therapist (LPHA)" in page
        assert "Somebody who works here" in page

    def test_calls_before_they_were_a_client_are_theirs_too(self, me, happened):
        inquiry = InquiryFactory()
        AdmissionFactory(client=me, episode=me.episode, inquiry=inquiry)
        happened("inquiry.work", f"inquiry:{inquiry.pk}", roles="intake_coordinator")
        assert "Intake coordinator to call you back" in text(looked(me))

    def test_one_turns_back_month_by_month_as_far_as_something_happened(self, me, mine, happened):
        happened("opened client.read", mine, at=NOW - timedelta(days=40))
        sealing.seal()
        now = looked(me).content.decode()
        assert 'href="?month=2026-10"' in now
        assert "Month after" not in now
        before = looked(me, "2026-10")
        assert "Counselor to see how we help you" in text(before)
        assert 'href="?month=2026-11"' in before.content.decode()
        assert "Month before" not in before.content.decode()

    @pytest.mark.parametrize("month", ["2026-12", "2023-10", "soon", "2026-13"])
    def test_months_that_are_none_are_not_there(self, me, month):
        assert looked(me, month).status_code == 404

    def test_three_years_back_is_there(self, me, mine, happened):
        happened("opened client.read", mine, at=NOW - timedelta(days=2000))
        sealing.seal()
        page = looked(me, "2023-11")
        assert page.status_code == 200
        assert "Month before" not in page.content.decode()

    def test_it_is_spanish_for_those_who_read_spanish(self, me, mine, happened):
        happened("inquiry.work", mine, roles="front_desk")
        page = text(looked(me, language="es"))
        assert "Quién vio su expediente" in page
        assert "para devolverle la llamada" in page
        assert "Noviembre de 2026" in page
        assert "23 al 2" in page  # the days of a week, as Spanish says them

    @pytest.mark.parametrize("number", [1, 30])
    def test_it_takes_as_many_statements_however_much_happened(self, me, mine, happened, statements, number):
        looked(me)
        for n in range(number):
            happened("opened client.read", mine, at=NOW - timedelta(days=n % 20))
        sealing.seal()
        for _ in range(number):
            happened("schedule.mark", mine)
        with statements() as seen:
            looked(me)
        assert len(seen) == 13, seen

    def test_the_way_there_stands_where_one_says_how_to_be_reached(self, me):
        assert f'href="{reverse("my:looked")}"' in me.browser.get(reverse("my:contact")).content.decode()

    def test_a_sign_in_without_a_record_leads_to_today(self, client):
        sign_in(client, AccountFactory(roles=["client"]))
        assert client.get(reverse("my:looked")).url == reverse("my:today")

    def test_whoever_finished_still_reads_theirs(self, client):
        person = ClientFactory(with_account=True, account__roles=["alumnus"])
        sign_in(client, person.account)
        assert client.get(reverse("my:looked")).status_code == 200
