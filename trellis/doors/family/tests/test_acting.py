"""Somebody who acts for a client: what they see and do, what they never see, and that it ends at once."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.doors.family import acting as pages
from trellis.foundation import clock
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.models import AbsenceNotice
from trellis.journey.schedule.tests.factories import NOW, EnrollmentFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import (
    AccountFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions import revoke, set_standing
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.words import Information
from trellis.people.consent.tests.factories import signed, terms
from trellis.people.consent.tests.heard import a_note
from trellis.people.proxies.rules import Basis, Part
from trellis.people.proxies.tests.factories import acting, enters, takes_up
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.tests.factories import asks
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
PAGES = ("person", "week", "tell", "record")


@pytest.fixture
def marisol(clock_at):
    clock_at(NOW)
    load_pomona()
    client = ClientFactory(chosen_name="Marisol Ruiz", with_account=True, telephone="(909) 555-0177")
    series = SeriesFactory(names={"en": "Relapse prevention", "es": "Prevención"})
    EnrollmentFactory(episode=EpisodeFactory(client=client), series=series)
    SessionFactory(series=series, planned_on=clock.now().date() + timedelta(days=1))
    return client


@pytest.fixture
def access(marisol):
    return acting(marisol)[1]


@pytest.fixture
def ana(access):
    return sign_in(Browser(), access.taken_up.account)


@pytest.fixture
def rosa(marisol):
    """The guardian, by a court."""
    set_standing(
        by=actor("clinical_director"), client=marisol, deceased=False, minor_consented_alone=False,
        guardian_appointed=True, restricted=(),
    )  # fmt: skip
    made = enters(marisol, Basis.GUARDIAN)
    browser = sign_in(Browser(), takes_up(made))
    browser.access = made.access
    return browser


def url(name, access, *more):
    return reverse(f"family:{name}", args=[access.public_id, *more])


class TestBySomebodysConsent:
    @pytest.mark.parametrize("name", PAGES)
    def test_every_page_says_for_whom(self, ana, access, name):
        page = text(ana.get(url(name, access)))
        assert "You are here for Marisol" in page
        assert "Marisol sees each time that you look." in page

    @pytest.mark.parametrize("name", PAGES)
    def test_every_page_is_a_look_in_the_trail_and_a_line_in_the_accounting(self, ana, access, marisol, name):
        ana.get(url(name, access))
        event = AuditEvent.objects.order_by("id").last()
        verb = "open" if name == "person" else name
        assert (event.verb, event.subjects) == (f"opened proxy.{verb}", [f"client:{marisol.pk}"])
        told = Disclosure.objects.get()
        assert (told.recipient_name, told.purpose, told.how) == ("Ana Ruiz", "family_support", "page")
        assert told.consent == marisol.consents.get()
        assert told.notice

    def test_asking_is_a_line_in_the_accounting_too(self, ana, access):
        ana.get(url("ask", access, "correction"))
        assert Disclosure.objects.get().information == ["presence"]

    def test_the_list_says_for_whom_and_nothing_else(self, ana, marisol):
        page = text(ana.get(reverse("family:acting")))
        assert "Marisol" in page
        assert "Ruiz" not in page.replace("Ana Ruiz", "")
        assert AuditEvent.objects.order_by("id").last().verb == "opened proxy.list"

    def test_the_week_says_when_and_not_which_group(self, ana, access):
        page = text(ana.get(url("week", access)))
        assert "planned" in page
        assert "Relapse prevention" not in page
        assert "42 CFR part 2" in page

    def test_the_record_is_what_the_consent_names_with_the_notice(self, ana, access):
        page = text(ana.get(url("record", access)))
        assert "No attendance in the last 90 days." in page
        assert "This record which has been disclosed to you is protected" in page

    def test_a_consent_for_less_shows_less(self, marisol):
        signed(marisol, terms(information=(Information.PRESENCE,)))
        account, access = acting(marisol, consent=False, parts=[Part.RECORD, Part.ASK])
        ana = sign_in(Browser(), account)
        assert "attendance" not in text(ana.get(url("record", access))).lower()
        assert [ana.get(url(name, access)).status_code for name in PAGES] == [200, 404, 404, 200]

    def test_a_tap_tells_that_they_cannot_come_and_another_takes_it_back(self, ana, access, marisol):
        session = marisol.episodes.get().enrollments.get().series.sessions.get()
        page = text(ana.post(url("cannot_come", access, session.public_id), follow=True))
        assert "Thank you. The group and the front desk know it." in page
        assert "We know that they cannot come." in page
        notice = AbsenceNotice.objects.get()
        assert (notice.client, notice.by) == (marisol, f"account:{access.taken_up.account_id}")
        page = text(ana.post(url("cannot_come", access, session.public_id), {"after_all": "1"}, follow=True))
        assert "The group and the front desk see that they come." in page

    def test_a_refusal_is_said_and_nothing_is_written(self, ana, access, marisol):
        session = marisol.episodes.get().enrollments.get().series.sessions.get()
        page = text(ana.post(url("cannot_come", access, session.public_id), {"after_all": "1"}, follow=True))
        assert "You are here for Marisol" in page
        assert not AbsenceNotice.objects.exists()

    def test_a_group_of_others_is_none(self, ana, access):
        other = SessionFactory(planned_on=clock.now().date() + timedelta(days=1))
        assert ana.post(url("cannot_come", access, other.public_id)).status_code == 404

    def test_they_ask_in_the_clients_name_and_both_read_it(self, ana, access, marisol):
        sent = {"about": "The day of birth", "wanted": "March 14"}
        page = text(ana.post(url("ask", access, "correction"), sent, follow=True))
        assert "We have it. You hear from us by" in page
        assert "What you asked for here" in page
        asked = RightsRequest.objects.get()
        assert (asked.client, asked.by) == (marisol, f"account:{access.taken_up.account_id}")
        phone = sign_in(Browser(), marisol.account)
        page = text(phone.get(reverse("my:asked", args=[asked.public_id])))
        assert "Somebody who acts for you asked this. " in page
        assert "The day of birth" in page
        desk = sign_in(Browser(), StaffMemberFactory(account__roles=["clinical_director"]).account)
        page = text(desk.get(reverse("rights:request", args=[asked.public_id])))
        assert ", by somebody who acts for them" in page

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, ana, access):
        page = ana.post(url("ask", access, "correction"), {"about": "The day"})
        assert "Write it down, in your own words." in text(page)
        assert "The day" in page.content.decode()
        assert not RightsRequest.objects.exists()

    @pytest.mark.parametrize("what", ["less", "channel", "nothing"])
    def test_whom_to_tell_less_and_how_to_be_reached_is_the_clients_own_to_ask(self, ana, access, what):
        assert ana.get(url("ask", access, what)).status_code == 404

    def test_what_the_client_asked_themselves_stays_with_them(self, ana, access, marisol):
        asks(marisol, "complaint")
        page = text(ana.get(url("person", access)))
        assert "What you asked for here" not in page


class TestNever:
    def test_no_page_shows_what_stays_with_the_client(self, ana, access, marisol):
        signed(marisol, terms())
        a_note(about="Marisol Ruiz", told="He saw her with Roberto")
        shown = " ".join(text(ana.get(url(name, access))) for name in PAGES)
        for secret in ("555-0177", "Roberto", "counselor", "Dr. Kim"):
            assert secret not in shown

    @pytest.mark.parametrize("name", ["my:today", "my:sharing", "my:rights", "my:looked", "my:kept_out", "my:helpers"])
    def test_the_clients_own_pages_stay_theirs(self, ana, name):
        assert ana.get(reverse(name)).status_code == 403

    def test_nobody_signs_downloads_or_closes_in_their_name(self, ana, access, marisol):
        for path in (reverse("my:share"), reverse("my:own_copy_file", args=["data"]), reverse("my:kept_out")):
            assert ana.post(path, {"name": "x"}).status_code in (403, 405)


class TestTheEnd:
    @pytest.mark.parametrize("name", PAGES)
    def test_after_it_a_page_is_not_there_like_any_other(self, ana, access, marisol, name):
        revoke(by=actor_of(marisol.account), consent=marisol.consents.get(), how="portal")
        ended, never = ana.get(url(name, access)), ana.get(reverse(f"family:{name}", args=["0" * 16]))
        assert (ended.status_code, never.status_code) == (404, 404)
        assert text(ended) == text(never)
        assert not Disclosure.objects.exists()

    def test_the_list_is_empty_then(self, ana, marisol):
        revoke(by=actor_of(marisol.account), consent=marisol.consents.get(), how="portal")
        page = text(ana.get(reverse("family:acting")))
        assert "You act for nobody here" in page
        assert "Marisol" not in page

    def test_ended_between_the_two_questions_it_is_a_404_too(self, ana, access, marisol, monkeypatch):
        """The page was let through, and the consent ends before the gate is asked."""

        def find(request, verb, public_id):
            revoke(by=actor_of(marisol.account), consent=marisol.consents.get(), how="portal")
            return access

        monkeypatch.setattr(pages, "_access", find)
        assert ana.get(url("week", access)).status_code == 404
        assert not Disclosure.objects.exists()

    def test_anothers_access_is_not_there(self, access):
        other = sign_in(Browser(), AccountFactory(roles=["loved_one"]))
        assert [other.get(url(name, access)).status_code for name in PAGES] == [404] * 4


class TestARepresentative:
    def test_they_stand_in_the_clients_place_and_nothing_is_a_disclosure(self, rosa, marisol):
        page = text(rosa.get(url("week", rosa.access)))
        assert "Relapse prevention: planned" in page
        assert "42 CFR part 2" not in page
        assert not Disclosure.objects.exists()
        assert AuditEvent.objects.order_by("id").last().verb == "opened proxy.week"

    def test_they_read_stays_and_attendance_and_no_consents_or_safe_words(self, rosa, marisol):
        page = text(rosa.get(url("record", rosa.access)))
        assert "Level of care: 2.1" in page
        assert "Nothing yet." in page
        assert "555-0177" not in page
        assert "consent" not in page.lower()


def test_in_spanish_it_is_spanish(ana, access):
    with translation.override("es"):
        page = text(ana.get(url("week", access)))
    assert "Usted está aquí por Marisol" in page
    assert "previsto" in page
