"""One session of a week and why its minutes count as they do: said to the person themselves, without blame."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.presenters.minutes import LedgerRow
from trellis.journey.schedule.states import LineState
from trellis.journey.schedule.week_words import state_words

UNSEATED: dict[str, "Promise | str"] = {
    LineState.PLANNED: _("still ahead"),
    LineState.UNMARKED: _("over, and not written down yet"),
    LineState.EXCUSED: _("excused: no minutes"),
    LineState.ABSENT: _("you were not here: no minutes"),
    LineState.NOT_SEATED: _("you came by and did not sit in: no minutes"),
    LineState.CANNOT_COME: _("you told us ahead: no minutes are expected"),
}


class Counted(LedgerRow):
    @property
    def state(self) -> tuple["Promise | str", str]:
        return state_words(self.line.cut, self.line.state)

    @property
    def why(self) -> str:
        if self.line.cut is not None:
            return gettext("does not count against you")
        if self.line.state in UNSEATED:
            return words.joined([*self._added(), UNSEATED[self.line.state]])
        return super().why
