from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "trellis.journey.schedule"
    label = "schedule"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only, no_overlap
        from trellis.journey.schedule import models, policy  # noqa: F401

        for fact in (models.Attendance, models.AttendanceUndo, models.Arrival, models.NotSeated):
            append_only(fact, kind="client", column="client_id")
        for fact in (models.AbsenceNotice, models.CallOutcome, models.RosterAddition):
            append_only(fact, kind="client", column="client_id")
        for order in (models.PrescribedHours, models.SilenceDecision):
            append_only(order, kind="client", column="client_id")
        append_only(models.SessionChange)
        append_only(models.GuestCount)
        no_overlap(models.Booking, resource="room_id")
        no_overlap(models.Booking, resource="staff_member_id")
