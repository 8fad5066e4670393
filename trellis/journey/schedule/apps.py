from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    name = "trellis.journey.schedule"
    label = "schedule"

    def ready(self) -> None:
        from trellis.foundation.jobs import every
        from trellis.foundation.program.actions import register_loader
        from trellis.journey.inquiry.funnel import register_stage
        from trellis.journey.schedule import jobs, letters, own_copy, panel, policy  # noqa: F401
        from trellis.journey.schedule.actions.blueprint import keep_week
        from trellis.journey.schedule.pages import client_week
        from trellis.journey.schedule.queries import has_them_today
        from trellis.journey.schedule.queries.way import first_sessions
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels
        from trellis.people.clients.watched import asking
        from trellis.people.consent import contents
        from trellis.people.consent.rules.words import Information

        guard_the_record()
        stand_in_the_rail()
        every(6 * 60, jobs.make_sessions_ahead)
        every(60, jobs.hold_what_is_over)
        register_loader("week", keep_week)
        contents.register(Information.ATTENDANCE, letters.attendance)
        asking.never_of(has_them_today)
        # Who is in a session, and a line of the day sheet: lists, also where only one person is on them.
        asking.never_on("schedule.see", "schedule.room", "schedule.add_to_roster", "schedule.arrive")
        register_stage("first_session", first_sessions)
        copies.register("attendance", _("Your groups and minutes"), own_copy.attendance, order=30)
        copies.register("notices", _("What you told us about a group"), own_copy.notices, order=35)
        panels.register("week", _("This week"), panel.week, order=10)
        panels.register("stay", _("The stay"), panel.stay, order=85, group=panels.Group.PRACTICAL)
        panels.register("on_paper", _("On paper"), client_week.on_paper, order=80, group=panels.Group.PRACTICAL)


def guard_the_record() -> None:
    """What the database itself refuses in this room."""
    from trellis.foundation.record.triggers import append_only, no_overlap
    from trellis.journey.schedule import models

    for fact in (
        models.Attendance,
        models.AttendanceUndo,
        models.RosterAddition,
        models.Arrival,
        models.NotSeated,
        models.AbsenceNotice,
        models.NoticeUndo,
        models.CallOutcome,
        models.PrescribedHours,
        models.SilenceDecision,
    ):
        append_only(fact, kind="client", column="client_id")
    # Of a group they stay for good; those of an hour alone go with the one who had it.
    for night in (models.SessionChange, models.GuestCount, models.JoinedSession):
        append_only(night, kind="series", column="series_id", through="session")
    append_only(models.JoinedSessionUndo, kind="series", column="series_id", through="joining.session")
    no_overlap(models.Booking, resource="room_id")
    no_overlap(models.Booking, resource="staff_member_id")


def stand_in_the_rail() -> None:
    from trellis.ui.navigation import NavItem, register

    for key, label, url, icon, order, verb in (
        ("my_day", _("My day"), "schedule:my_day", "sun", 15, "schedule.my_day"),
        ("day_sheet", _("Day sheet"), "schedule:day_sheet", "clipboard-list", 25, "schedule.day_sheet"),
        ("week", _("Week"), "schedule:week", "calendar-days", 40, "schedule.see"),
        ("tracks", _("Places"), "schedule:tracks", "list", 45, "schedule.wait_list"),
    ):
        register(NavItem(place="staff", key=key, label=label, url_name=url, icon=icon, order=order, verb=verb))
    register(
        NavItem(
            place="clients", key="start_new", label=_("Start somebody without an inquiry"),
            url_name="admission:admit_new", icon="user-plus", order=10, verb="schedule.start",
        )
    )  # fmt: skip
