"""Why a session of somebody's week could not be theirs."""

from dataclasses import dataclass
from datetime import date

from trellis.journey.schedule.states import CancelReason, Cut, LeaveKind

#: what a day of leave says about the week
OF_LEAVE = {
    LeaveKind.LEAVE.value: Cut.LEAVE,
    LeaveKind.HOSPITAL.value: Cut.HOSPITAL,
    LeaveKind.JAIL.value: Cut.JAIL,
    LeaveKind.TRANSFER.value: Cut.TRANSFER,
}


@dataclass(frozen=True)
class Away:
    """Days on leave, both included; `until` None: not back yet."""

    kind: str
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Belonging:
    """From when to when the client belongs to the session's series, both days included; None: open."""

    #: the day that the series' rule gave, which stays when a session moves; None: the day it takes place
    on: date | None = None
    since: date | None = None
    until: date | None = None
    #: the other end of the gap lies in another series of the same client: a transfer, not a start or an end
    transfer: bool = False
    aways: tuple[Away, ...] = ()


def cut_of(belonging: Belonging, day: date, cancelled: bool, cancel_reason: str, was_there: bool) -> str | None:
    """The reason, or None where the session was the client's to attend.

    Our own cancellation stands first; whoever sat in the group all the same was not cut off from it.
    """
    if cancelled:
        return Cut.HOLIDAY if cancel_reason == CancelReason.HOLIDAY else Cut.CANCELLED
    if was_there:
        return None
    on = belonging.on or day
    if belonging.since is not None and on < belonging.since:
        return Cut.TRANSFER if belonging.transfer else Cut.START
    if belonging.until is not None and on > belonging.until:
        return Cut.TRANSFER if belonging.transfer else Cut.END
    return next((OF_LEAVE[away.kind] for away in belonging.aways if away.covers(day)), None)
