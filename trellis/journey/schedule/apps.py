from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "trellis.journey.schedule"
    label = "schedule"

    def ready(self) -> None:
        from trellis.foundation.program.actions import register_loader
        from trellis.foundation.record.triggers import append_only, no_overlap
        from trellis.journey.schedule import models, policy  # noqa: F401
        from trellis.journey.schedule.actions.blueprint import keep_week

        for fact in (
            models.Attendance,
            models.AttendanceUndo,
            models.RosterAddition,
            models.Arrival,
            models.NotSeated,
            models.AbsenceNotice,
            models.CallOutcome,
            models.PrescribedHours,
            models.SilenceDecision,
        ):
            append_only(fact, kind="client", column="client_id")
        append_only(models.SessionChange)
        append_only(models.GuestCount)
        no_overlap(models.Booking, resource="room_id")
        no_overlap(models.Booking, resource="staff_member_id")
        register_loader("week", keep_week)
