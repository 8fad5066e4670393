import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import SIGNS
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.schedule.models import AbsenceNotice, Enrollment
from trellis.journey.schedule.tests.factories import (
    NOW,
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    EnrollmentFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
)
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    StaffMemberFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


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

    def test_whoever_the_desk_saw_come_in_is_not_asked_whether_they_are_late(self, me):
        ArrivalFactory(session=me.group, client=me)
        page = text(me.browser.get(reverse("my:today")))
        assert "You are here: the front desk saw you at 5:40 pm." in page
        assert "I am late, about" not in page
        assert "I can’t make it" not in page
        ArrivalFactory(session=me.group, client=me, gone=True)
        assert "I can’t make it" in text(me.browser.get(reverse("my:today")))

    @pytest.mark.parametrize("page", ["today", "week"])
    def test_signs_of_templates_in_a_name_are_printed_as_they_were_typed(self, me, page):
        signs, name = " ".join(SIGNS), "{{settings.SECRET_KEY}}%(x)s{0.__class__}"
        names = {"en": signs, "es": signs}
        with writing("test"):
            type(me.group.series).objects.update(names=names)
            RoomFactory._meta.model.objects.update(names=names)
            type(me).objects.update(chosen_name=name)
            type(me.account).objects.update(chosen_name=name)
        html = told(me.browser.get(reverse(f"my:{page}")))
        assert html.count(signs) >= 2, "the group and its room"
        assert name in html
        assert settings.SECRET_KEY not in html

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
        assert len(one) == len(five) <= 17


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


class TestHelpNow:
    def test_it_works_signed_out(self, client):
        page = text(client.get(reverse("my:help")))
        assert "988" in page
        assert "911" in page

    def test_it_works_signed_in_and_names_our_number(self, me):
        assert "988" in text(me.browser.get(reverse("my:help")))
