"""Statuses of what the week is made of, each with a sentence for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.states import Machine, Status

MACHINE = Machine(
    "session",
    (
        Status("planned", _("Planned"), _("The group is planned at this time.")),
        Status("moved", _("Moved"), _("The group takes place at another time than usual.")),
        Status("held", _("Held"), _("The group took place.")),
        Status("cancelled", _("Cancelled"), _("We cancelled this group. It does not count against anybody.")),
    ),
    {
        "planned": {"move": "moved", "cancel": "cancelled", "hold": "held"},
        "moved": {"move": "moved", "cancel": "cancelled", "hold": "held"},
        "held": {},
        "cancelled": {"restore": "planned"},
    },
)

WAITING = Machine(
    "wait_list",
    (
        Status("waiting", _("Waiting"), _("Waiting for a place.")),
        Status("placed", _("Placed"), _("Has a place.")),
        Status("withdrawn", _("No longer waiting"), _("Does not wait for a place any more.")),
    ),
    {"waiting": {"place": "placed", "withdraw": "withdrawn"}, "placed": {}, "withdrawn": {}},
)


class Mark(models.TextChoices):
    """What the group room says about one person. Kept for good: old rows are never rewritten."""

    PRESENT = "present", _("Here")
    LATE = "late", _("Late")
    LEFT_EARLY = "left_early", _("Left early")
    VIDEO = "video", _("By video")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


#: the person was there, for at least a part
SEATED = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.VIDEO})


class CancelReason(models.TextChoices):
    HOLIDAY = "holiday", _("Holiday")
    NO_LEADER = "no_leader", _("Nobody could lead it")
    NO_ROOM = "no_room", _("The room could not be used")
    CLOSED = "closed", _("The site was closed")
    TOO_FEW = "too_few", _("Too few people")
    SERIES_ENDED = "series_ended", _("The group no longer meets")
    OTHER = "other", _("Another reason")


class LeaveKind(models.TextChoices):
    LEAVE = "leave", _("On leave")
    HOSPITAL = "hospital", _("In hospital")
    JAIL = "jail", _("In custody")
    TRANSFER = "transfer", _("Transfer")


class NoticeKind(models.TextChoices):
    LATE = "late", _("Will be late")
    CANNOT_COME = "cannot_come", _("Cannot come")


class NotSeatedWhy(models.TextChoices):
    TOO_LATE = "too_late", _("Came too late")
    IMPAIRED = "impaired", _("Could not take part safely")
    UNWELL = "unwell", _("Unwell")
    ASKED_TO_LEAVE = "asked_to_leave", _("Asked to leave")


class WayHome(models.TextChoices):
    OWN_CAR = "own_car", _("Drove")
    RIDE = "ride", _("A ride we called")
    PICKED_UP = "picked_up", _("Picked up by somebody")
    TRANSIT = "transit", _("Bus or train")
    WALKED = "walked", _("Walked")
    AMBULANCE = "ambulance", _("Ambulance")
    STAYED = "stayed", _("Stayed here and waited")


class CallResult(models.TextChoices):
    REACHED = "reached", _("Reached")
    LEFT_MESSAGE = "left_message", _("Left a safe message")
    NO_ANSWER = "no_answer", _("No answer, try again")
    CANNOT_CALL = "cannot_call", _("No safe way to call")
    HANDED_OVER = "handed_over", _("Their clinician takes it over")


#: what settles a call that was owed; after anything else it is still owed
SETTLES = frozenset({CallResult.REACHED, CallResult.LEFT_MESSAGE, CallResult.CANNOT_CALL, CallResult.HANDED_OVER})


class GuestKind(models.TextChoices):
    LOVED_ONE = "loved_one", _("Loved ones")
    INTERPRETER = "interpreter", _("Interpreters")
    STUDENT = "student", _("Students")


class AfterSilence(models.TextChoices):
    KEEP_CALLING = "keep_calling", _("Keep the place and keep calling")
    VISIT = "visit", _("Reach out in another way")
    CLOSE = "close", _("Close the episode")


class ChangeKind(models.TextChoices):
    MOVED = "moved", _("New time")
    CANCELLED = "cancelled", _("Cancelled")
    RESTORED = "restored", _("Takes place after all")
    ROOM = "room", _("New room")
    FACILITATOR = "facilitator", _("Led by somebody else")
    JOINED = "joined", _("Joined with another group")
    APART = "apart", _("Sits by itself again")


class Cut(models.TextChoices):
    """Why a session of somebody's week could not be theirs. None of these is their shortfall."""

    START = "start", _("Before the start")
    END = "end", _("After the end")
    TRANSFER = "transfer", _("Moved to other groups")
    HOLIDAY = "holiday", _("Holiday")
    LEAVE = "leave", _("On leave")
    HOSPITAL = "hospital", _("In hospital")
    JAIL = "jail", _("In custody")
    CANCELLED = "cancelled", _("We cancelled it")


class LineState(models.TextChoices):
    """How one session stands in somebody's week."""

    CUT = "cut", _("Does not count against you")
    PLANNED = "planned", _("Planned")
    ATTENDED = "attended", _("Attended")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")
    NOT_SEATED = "not_seated", _("Came, not seated")
    CANNOT_COME = "cannot_come", _("Told us they cannot come")
    UNMARKED = "unmarked", _("Not marked yet")
