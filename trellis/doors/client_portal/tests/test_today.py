import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.schedule.models import AbsenceNotice, Enrollment
from trellis.journey.schedule.tests.factories import (
    NOW,
    AbsenceNoticeFactory,
    AttendanceFactory,
    EnrollmentFactory,
    PrescribedHoursFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
)
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening(clock_at):
    """Wednesday 5:40 pm in Pomona, the day before Thanksgiving."""
    clock_at(NOW)
    load_pomona()
    with translation.override("en"):
        yield


@pytest.fixture
def me(client):
    """A client in a Wednesday group, signed in; `me.group` is tonight's session."""
    person = ClientFactory(with_account=True, chosen_name="Marisol Ruiz")
    episode = EpisodeFactory(client=person)
    series = SeriesFactory()
    with writing("test"):
        Enrollment.objects.all().delete()
    EnrollmentFactory(episode=episode, series=series)
    leaders = [StaffMemberFactory(account__chosen_name=name) for name in ("Dana Cole", "Luis Ortega")]
    person.group = SessionFactory(
        series=series, led_by=leaders, in_room=RoomFactory(names={"en": "Room 2", "es": "Sala 2"})
    )
    person.episode = episode
    sign_in(client, person.account)
    person.browser = client
    return person


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def minutes(response):
    html = response.content.decode()
    return {name: int(re.search(rf'data-{name}="(\d+)"', html)[1]) for name in ("attended", "planned", "enough")}


class TestToday:
    def test_it_says_what_is_on_where_and_with_whom(self, me):
        page = text(me.browser.get(reverse("my:today")))
        assert "Good afternoon, Marisol" in page
        assert "Now, until 8:45 pm Skills group Today, 5:30 to 8:45 pm · Room 2 · with Dana and Luis" in page

    def test_the_weeks_minutes_stand_in_whole_minutes(self, me):
        assert minutes(me.browser.get(reverse("my:today"))) == {"attended": 0, "planned": 180, "enough": 540}
        AttendanceFactory(session=me.group, client=me, state="late", arrived_late_minutes=10)
        assert minutes(me.browser.get(reverse("my:today")))["attended"] == 170

    def test_the_answer_to_a_session_that_was_marked_is_ours_and_kind(self, me):
        before = SessionFactory(series=me.group.series, planned_on=date(2026, 11, 18))
        AttendanceFactory(session=before, client=me, state="absent")
        page = text(me.browser.get(reverse("my:week_of", args=["2026-11-18"])))
        assert "We missed you" in page

    def test_opening_it_is_one_event_about_oneself(self, me):
        me.browser.get(reverse("my:today"))
        event = AuditEvent.objects.get(verb="opened my.today")
        assert (event.actor, event.subjects) == (f"account:{me.account_id}", [f"client:{me.pk}"])

    def test_what_is_next_takes_the_place_of_what_is_over(self, me, clock_at):
        SessionFactory(series=me.group.series, planned_on=date(2026, 12, 2))
        clock_at(NOW + timedelta(hours=4))
        sign_in(me.browser, me.account)  # nobody stays signed in for four idle hours
        page = text(me.browser.get(reverse("my:today")))
        assert "Next Skills group Wednesday, December 2, 5:30 to 8:45 pm" in page

    def test_nothing_planned_says_so(self, me):
        with writing("test"):
            Enrollment.objects.update(until=date(2026, 11, 1))
        assert "Nothing is planned yet" in text(me.browser.get(reverse("my:today")))

    def test_a_moved_and_a_cancelled_session_are_told(self, me):
        from trellis.journey.schedule.models import SessionChange

        next_week = SessionFactory(series=me.group.series, planned_on=date(2026, 12, 2), cancelled=True)
        with writing("test"):
            SessionChange.objects.create(
                session=me.group, kind="moved", old_starts_at=me.group.starts_at - timedelta(hours=1),
                recorded_at=NOW - timedelta(days=1), by="x",
            )  # fmt: skip
            SessionChange.objects.create(
                session=next_week, kind="cancelled", recorded_at=NOW - timedelta(hours=1), by="x"
            )
        page = text(me.browser.get(reverse("my:today")))
        assert "Does not take place" in page
        assert "not Wednesday, November 25, 4:30 pm" in page

    def test_somebody_who_finished_finds_the_door_open(self, me):
        with writing("test"):
            type(me.episode).objects.filter(pk=me.episode.pk).update(
                status="closed", closed_on=date(2026, 11, 20), close_reason="completed"
            )
        page = text(me.browser.get(reverse("my:today")))
        assert "Your groups here have ended" in page
        assert "Call (909) 555-0119" in page or "Call " in page
        assert "988" in page

    def test_an_alum_without_a_record_is_told_what_to_do(self, client):
        sign_in(client, AccountFactory(roles=["alumnus"]))
        assert "Your page is not ready yet" in text(client.get(reverse("my:today")))
        assert client.get(reverse("my:week")).status_code == 403

    def test_a_client_without_a_record_is_led_there_from_the_week(self, client):
        sign_in(client, AccountFactory(roles=["client"]))
        assert client.get(reverse("my:week")).url == reverse("my:today")

    def test_staff_have_no_today_here(self, client):
        sign_in(client, StaffMemberFactory(account__roles=["counselor"]).account)
        assert client.get(reverse("my:today")).status_code == 403

    def test_in_spanish_it_is_spanish(self, me):
        with translation.override("es"):
            page = text(me.browser.get(reverse("my:today")))
        assert "Buenas tardes, Marisol" in page
        assert "Grupo de habilidades" in page
        assert "Sala 2" in page
        assert "con Dana y Luis" in page

    def test_more_groups_take_no_more_statements(self, me, statements):
        me.browser.get(reverse("my:today"))
        with statements() as one:
            me.browser.get(reverse("my:today"))
        for weekday in (0, 3, 4, 5):
            series = SeriesFactory(weekday=weekday)
            EnrollmentFactory(episode=me.episode, series=series)
            SessionFactory(series=series, planned_on=date(2026, 11, 23) + timedelta(days=weekday))
        with statements() as five:
            me.browser.get(reverse("my:today"))
        assert len(one) == len(five) <= 16


class TestTelling:
    def test_late_is_one_tap_and_the_page_says_so_afterwards(self, me):
        page = me.browser.get(reverse("my:today")).content.decode()
        assert 'name="minutes" value="20"' in page
        response = me.browser.post(
            reverse("my:late", args=[me.group.public_id]), {"minutes": "20", "key": "k1-late"}, follow=True
        )
        assert "We know. Come when you can." in text(response)
        notice = AbsenceNotice.objects.get()
        assert (notice.kind, notice.minutes, notice.client_id) == ("late", 20, me.pk)
        assert "You told us that you come about 20 minutes late." in text(me.browser.get(reverse("my:today")))

    def test_sent_twice_it_is_told_once(self, me):
        for _ in range(2):
            me.browser.post(reverse("my:cannot_come", args=[me.group.public_id]), {"key": "same"})
        assert AbsenceNotice.objects.count() == 1

    def test_cannot_come_names_a_group_that_makes_the_hours_up(self, me):
        other = SeriesFactory(weekday=5, names={"en": "Saturday group", "es": "Grupo del sábado"}, languages=["en"])
        SessionFactory(series=other, planned_on=date(2026, 11, 28))
        page = text(me.browser.post(reverse("my:cannot_come", args=[me.group.public_id]), {"key": "k"}, follow=True))
        assert "You could make the hours up here Saturday group Saturday, November 28" in page

    def test_where_no_group_fits_it_says_who_calls(self, me):
        luis = StaffMemberFactory(account__chosen_name="Luis Ortega", account__roles=["counselor"])
        CareAssignmentFactory(episode=me.episode, staff_member=luis)
        AbsenceNoticeFactory(session=me.group, client=me)
        assert "Luis calls you" in text(me.browser.get(reverse("my:told", args=[me.group.public_id])))

    def test_without_a_care_team_the_desk_calls(self, me):
        AbsenceNoticeFactory(session=me.group, client=me)
        assert "The front desk calls you" in text(me.browser.get(reverse("my:told", args=[me.group.public_id])))

    def test_a_strange_number_of_minutes_is_refused_with_a_sentence(self, me):
        response = me.browser.post(
            reverse("my:late", args=[me.group.public_id]), {"minutes": "soon", "key": "k"}, follow=True
        )
        assert "Say how many minutes late" in text(response)
        assert not AbsenceNotice.objects.exists()

    def test_one_tap_says_that_they_can_come_after_all(self, me):
        me.browser.post(reverse("my:cannot_come", args=[me.group.public_id]), {"key": "k"})
        back = reverse("my:can_come", args=[me.group.public_id])
        for page in (reverse("my:today"), reverse("my:told", args=[me.group.public_id])):
            assert f'action="{back}"' in me.browser.get(page).content.decode()
        page = me.browser.post(back, follow=True)
        assert "The group and the front desk see that you come." in text(page)
        assert "You told us that you cannot come." not in text(page)
        assert "I can’t make it" in text(page)
        assert minutes(page)["planned"] == 180
        assert AbsenceNotice.objects.get().undo.client_id == me.pk

    def test_nothing_told_is_nothing_to_take_back(self, me):
        answer = me.browser.post(reverse("my:can_come", args=[me.group.public_id]), follow=True)
        assert "nothing to take back" in text(answer)

    def test_the_answer_page_without_a_notice_leads_back(self, me):
        assert me.browser.get(reverse("my:told", args=[me.group.public_id])).url == reverse("my:today")

    @pytest.mark.parametrize("page", ["late", "cannot_come", "can_come"])
    def test_a_session_of_others_is_not_there(self, me, page):
        other = SessionFactory(series=SeriesFactory(weekday=3), planned_on=date(2026, 11, 26))
        for public_id in (other.public_id, "0000000000000000"):
            answer = me.browser.post(reverse(f"my:{page}", args=[public_id]), {"minutes": "10", "key": "k"})
            assert answer.status_code == 404
        assert not AbsenceNotice.objects.exists()


class TestWeek:
    def test_each_session_has_its_line_and_the_picture_its_numbers(self, me):
        response = me.browser.get(reverse("my:week"))
        assert "Wednesday, November 25 Skills group 5:30 to 8:45 pm · 3 h Planned" in text(response)
        assert minutes(response)["planned"] == 180

    def test_other_weeks_are_one_tap_away(self, me):
        page = me.browser.get(reverse("my:week")).content.decode()
        assert reverse("my:week_of", args=["2026-11-16"]) in page
        assert "No groups this week" in text(me.browser.get(reverse("my:week_of", args=["2026-11-16"])))

    @pytest.mark.parametrize("day", ["soon", "2020-01-01", "2040-01-01"])
    def test_weeks_that_are_none_or_far_away_are_not_there(self, me, day):
        assert me.browser.get(reverse("my:week_of", args=[day])).status_code == 404

    def test_the_page_takes_few_statements(self, me, statements):
        me.browser.get(reverse("my:week"))
        with statements() as seen:
            me.browser.get(reverse("my:week"))
        assert len(seen) <= 10


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

    @pytest.mark.parametrize("page", ["schedule:minutes", "clients:contact", "clients:name"])
    def test_the_pages_of_the_desk_are_not_for_clients(self, me, page):
        for public_id in (me.public_id, "0000000000000000"):
            assert me.browser.get(reverse(page, args=[public_id])).status_code == 403


class TestHelpNow:
    def test_it_works_signed_out(self, client):
        page = text(client.get(reverse("my:help")))
        assert "988" in page
        assert "911" in page

    def test_it_works_signed_in_and_names_our_number(self, me):
        assert "988" in text(me.browser.get(reverse("my:help")))
