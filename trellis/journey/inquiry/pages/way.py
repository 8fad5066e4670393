"""The funnel as the page prints it: numbers, medians, and a drawing of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.journey.inquiry.models import CloseReason
from trellis.journey.inquiry.presenters import span_words
from trellis.journey.inquiry.rules import Stage
from trellis.journey.inquiry.states import DECLINED, MACHINE, REFERRED

#: weeks
LENGTHS = (4, 13, 52)

LABELS = {
    "asked": gettext_lazy("Asked for help"),
    "reached": gettext_lazy("Reached"),
    "assessed": gettext_lazy("Assessed"),
    "admitted": gettext_lazy("Admitted"),
    "first_session": gettext_lazy("First session"),
}
_ENDINGS = {
    DECLINED: MACHINE.status(DECLINED).label,
    REFERRED: MACHINE.status(REFERRED).label,
    **{reason.value: reason.label for reason in CloseReason},
}


@dataclass(frozen=True)
class DrawnStage:
    stage: Stage
    label: str
    #: of 100
    width: float
    #: "They decided not to go on: 3 · still on the way: 2"
    left: str
    since_asked: str
    since_before: str
    percent: str


def context(stages: Sequence[Stage], weeks: int) -> dict[str, Any]:
    most = max(stages[0].people, 1)
    return {
        "stages": [_drawn(stage, most) for stage in stages],
        "asked": stages[0].people,
        "last": stages[-1].people,
        "weeks": weeks,
        "lengths": [(n, ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}) for n in LENGTHS],
        "heading": _heading(stages),
    }


def _drawn(stage: Stage, most: int) -> DrawnStage:
    return DrawnStage(
        stage=stage,
        label=str(LABELS[stage.name]),
        width=round(100 * stage.people / most, 1),
        left=" · ".join(_left(stage.lost, stage.waiting)),
        since_asked=span_words(stage.since_asked) if stage.since_asked is not None else "",
        since_before=span_words(stage.since_before) if stage.since_before is not None else "",
        percent=f"{stage.percent} %" if stage.percent is not None else "",
    )


def _left(lost: Mapping[str, int], waiting: int) -> list[str]:
    parts = [f"{_ENDINGS.get(ending, ending)}: {people}" for ending, people in lost.items()]
    if waiting:
        parts.append(_("Still on the way: %(people)d") % {"people": waiting})
    return parts


def _heading(stages: Sequence[Stage]) -> str:
    """Where most people were lost, in one sentence."""
    asked = stages[0].people
    if not asked:
        return _("Nobody has asked in this time")
    worst = max(stages, key=lambda stage: sum(stage.lost.values()))
    lost = sum(worst.lost.values())
    if not lost:
        return _("Nobody was lost on the way")
    return _("Most people were lost after “%(stage)s”") % {"stage": LABELS[worst.name]}
