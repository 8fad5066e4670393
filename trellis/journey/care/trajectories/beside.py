"""What is usual here, put beside one person's numbers for whoever cares for them. Their own page has none of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.journey.care.blueprint import expected_band
from trellis.journey.care.trajectories import queries
from trellis.journey.care.trajectories.rules import Finished, Scale, values
from trellis.journey.care.trajectories.usual import Outside, Usual, first_day, off_track, week_of_stay
from trellis.people.clients.models import Episode
from trellis.people.clients.states import OPEN
from trellis.ui.trajectory import Range


@dataclass(frozen=True)
class Beside:
    """The band of each scale, held against the newest stay."""

    began: date | None = None
    usual: Mapping[str, Usual] = field(default_factory=dict)
    off: Mapping[str, tuple[Outside, ...]] = field(default_factory=dict)
    #: what is said of the band as a whole
    words: str = ""

    def ranges(self, scale: Scale) -> list[list[Range]]:
        """For the drawing: the middle eight of ten, and within them the middle half."""
        if self.began is None or scale.key not in self.usual:
            return []
        began, weeks = self.began, self.usual[scale.key].weeks
        days = [(first_day(one.week, began), first_day(one.week, began) + timedelta(days=6), one) for one in weeks]
        wide = [Range(since, until, one.low, one.high) for since, until, one in days]
        return [wide, [Range(since, until, one.lower, one.upper) for since, until, one in days]]

    def cell(self, day: date, scale: Scale) -> str:
        """ "8–15": the middle eight of ten people in that week of their stay; a dash where nobody can say."""
        if self.began is None or scale.key not in self.usual:
            return "–"
        middle = self.usual[scale.key].of(week_of_stay(day, self.began))
        return "–" if middle is None else f"{middle.low:g}–{middle.high:g}"

    @property
    def is_drawn(self) -> bool:
        return any(one.weeks for one in self.usual.values())

    @property
    def off_since(self) -> date | None:
        """The first day of the weeks that lie outside; None where nothing does."""
        weeks = [found[0].week for found in self.off.values() if found]
        return first_day(min(weeks), self.began) if weeks and self.began is not None else None


def beside(instrument: str, forms: Sequence[Finished], scales: Sequence[Scale], stays: Sequence[Episode]) -> Beside:
    """One statement; none where the program does not say from how many stays on, or before the first stay."""
    section = expected_band()
    if section is None:
        return Beside(
            words=_("This program does not say yet from how many finished stays it draws what is usual here.")
        )
    if not stays:
        return Beside()
    past, began = queries.past_forms([instrument]).get(instrument, ()), stays[-1].opened_on
    usual = {scale.key: queries.usual_here(past, scale, section.at_least) for scale in scales}
    off = {
        scale.key: off_track(values(forms, scale), began, usual[scale.key], scale)
        for scale in scales
        if stays[-1].status == OPEN
    }
    return Beside(began, usual, off, _words(list(usual.values())))


def _words(found: Sequence[Usual]) -> str:
    most = max(found, key=lambda one: one.stays)
    if any(one.weeks for one in found):
        return _("Shaded: the middle half and the middle eight of ten of %(number)d finished stays, week by week.") % {
            "number": most.stays
        }
    return _("Too few finished stays yet to draw what is usual here (%(number)d of %(enough)d).") % {
        "number": most.stays, "enough": most.at_least,
    }  # fmt: skip


def off_words(found: Sequence[Outside], scale: Scale) -> str:
    """ "2 weeks in a row harder than is usual here: 18, 19." and where most people were in the newest."""
    numbers = ", ".join(f"{one.value:g}" for one in found)
    said = ngettext(
        "%(weeks)d week harder than is usual here: %(numbers)s.",
        "%(weeks)d weeks in a row harder than is usual here: %(numbers)s.",
        len(found),
    ) % {"weeks": len(found), "numbers": numbers}
    where = (
        _("Nine of ten people were at %(edge)s or more in such a week.")
        if scale.rising
        else _("Nine of ten people were at %(edge)s or less in such a week.")
    )
    return f"{said} {where % {'edge': f'{found[-1].edge:g}'}}"
