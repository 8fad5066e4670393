"""How the hours of a week are counted, and how we reach a client: said and changed by the client."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule.tests.factories import AttendanceFactory, PrescribedHoursFactory, SessionFactory
from trellis.people.accounts.queries import roles_of
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestHours:
    def counted(self, me, day="2026-11-25"):
        return me.browser.get(reverse("my:hours", args=[day]))

    def test_the_week_leads_to_how_its_hours_are_counted(self, me):
        assert (
            f'href="{reverse("my:hours", args=["2026-11-23"])}"' in me.browser.get(reverse("my:week")).content.decode()
        )

    def test_each_session_says_how_many_minutes_count_and_why(self, me):
        late = SessionFactory(series=me.group.series, planned_on=date(2026, 11, 18))
        for client in (me, ClientFactory()):
            AttendanceFactory(session=late, client=client, state="late", arrived_late_minutes=20)
        page = text(self.counted(me, "2026-11-18"))
        assert "Planned 3 h You were here 2 h 40 min Counted 2 h 40 min of 9 h" in page
        assert "Skills group Wednesday, November 18, 5:30 to 8:45 pm" in page
        assert "2 h 40 min counted of 3 h planned" in page
        assert "break of 15 min not counted · came 20 min late" in page

    @pytest.mark.parametrize(
        ("state", "says"),
        [("absent", "you were not here: no minutes"), ("excused", "excused: no minutes"), ("", "not written down yet")],
    )
    def test_what_gives_no_minutes_is_said_without_blame(self, me, state, says):
        before = SessionFactory(series=me.group.series, planned_on=date(2026, 11, 18))
        if state:
            AttendanceFactory(session=before, client=me, state=state)
        assert says in text(self.counted(me, "2026-11-18"))

    def test_what_we_cancelled_does_not_count_against_them(self, me):
        SessionFactory(series=me.group.series, planned_on=date(2026, 11, 18), cancelled=True)
        page = text(self.counted(me, "2026-11-18"))
        assert "does not count against you" in page
        assert "This one is shorter, so it asks less." in page

    def test_an_order_of_the_care_team_is_named(self, me):
        PrescribedHoursFactory(client=me, minutes_a_week=360)
        assert "Your care team ordered 6 h a week." in text(self.counted(me))

    def test_a_week_without_groups_says_so(self, me):
        assert "No groups this week" in text(self.counted(me, "2026-11-16"))

    @pytest.mark.parametrize("day", ["soon", "2020-01-01"])
    def test_weeks_that_are_none_are_not_there(self, me, day):
        assert self.counted(me, day).status_code == 404

    def test_it_is_one_event_and_few_statements(self, me, statements):
        self.counted(me)
        with statements() as seen:
            self.counted(me)
        assert len(seen) <= 10
        assert AuditEvent.objects.filter(verb="opened my.week", subjects=[f"client:{me.pk}"]).count() == 2

    def test_a_sign_in_without_a_record_leads_to_today(self, client):
        sign_in(client, AccountFactory(roles=["client"]))
        assert client.get(reverse("my:hours", args=["2026-11-25"])).url == reverse("my:today")

    def test_it_is_spanish_for_those_who_read_spanish(self, me):
        with translation.override("es"):
            address = reverse("my:hours", args=["2026-11-25"])
        assert "Cómo se cuentan sus horas" in text(me.browser.get(address))


class TestContact:
    def test_a_client_says_how_we_reach_them(self, me):
        address = reverse("my:contact")
        assert f'href="{address}"' in me.browser.get(reverse("my:today")).content.decode()
        page = me.browser.get(address).content.decode()
        assert 'value="(909) 555-0142"' in page
        assert reverse("accounts:details") in page
        sent = {"telephone": "909 555 0199", "may_text": "on", "safe_times": "After 6", "language": "es"}
        assert "We reach you this way from now on." in text(me.browser.post(address, sent, follow=True))
        me.refresh_from_db()
        assert (me.telephone, me.may_text, me.may_leave_message, me.language) == ("(909) 555-0199", True, False, "es")
        assert {event.verb for event in AuditEvent.objects.filter(subjects=[f"client:{me.pk}"])} >= {
            "client.change_contact", "opened my.contact",
        }  # fmt: skip

    def test_a_fault_is_said_and_nothing_typed_is_lost(self, me):
        page = me.browser.post(reverse("my:contact"), {"telephone": "12", "safe_times": "After 6", "language": "en"})
        assert "area code" in text(page)
        assert "After 6" in text(page)

    def test_only_ones_own(self, client, me):
        sign_in(client, AccountFactory(roles=["client"]))
        assert client.get(reverse("my:contact")).url == reverse("my:today")
        sign_in(client, AccountFactory(roles=["alumnus"]))
        assert client.get(reverse("my:contact")).status_code == 403

    def test_fields_that_the_form_does_not_show_change_nothing(self, me):
        other = ClientFactory(chosen_name="Ana Gil")
        sent = {
            "telephone": "", "safe_times": "After 6", "language": "es", "id": other.pk, "pk": other.pk,
            "client": other.public_id, "public_id": "0" * 16, "account": "", "chosen_name": "Somebody else",
            "born_on": "1990-01-01", "payer": "none", "status": "closed", "role": "program_administrator",
        }  # fmt: skip
        rows = type(me).objects.order_by("pk").values
        before = {row["id"]: row for row in rows()}
        assert me.browser.post(reverse("my:contact"), sent)["Location"] == reverse("my:today")
        before[me.pk] |= {"telephone": "", "safe_times": "After 6", "language": "es"}
        before[me.pk] |= {"may_leave_message": False, "may_text": False, "email": ""}
        assert {row["id"]: row for row in rows()} == before
        assert roles_of(me.account) == {"client"}

    @pytest.mark.parametrize("page", ["schedule:minutes", "clients:contact", "clients:name"])
    def test_the_pages_of_the_desk_are_not_for_clients(self, me, page):
        for public_id in (me.public_id, "0000000000000000"):
            assert me.browser.get(reverse(page, args=[public_id])).status_code == 403
