"""What a client reads of one number: what changed, in plain words, and nothing that blames."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.journey.care.trajectories.feedback import Feedback, feedback
from trellis.journey.care.trajectories.rules import Scale, Value
from trellis.journey.measures.rules import Instrument

#: instrument, or instrument and subscore → what the number is about, as one says it to somebody
ABOUT: Mapping[str, "Promise | str"] = {
    "phq-9": gettext_lazy("low mood"),
    "phq-2": gettext_lazy("low mood"),
    "phq-4": gettext_lazy("low mood and worry"),
    "gad-7": gettext_lazy("worry"),
    "gad-2": gettext_lazy("worry"),
    "pcl-5": gettext_lazy("what still hurts after something very hard"),
    "pcl-5-weekly": gettext_lazy("what still hurts after something very hard"),
    "audit-c": gettext_lazy("drinking"),
    "craving-nrs": gettext_lazy("cravings"),
    "bam.use": gettext_lazy("use"),
    "bam.risk": gettext_lazy("what makes it hard"),
    "bam.protective": gettext_lazy("what protects you"),
}
_BAM = ("bam", "bam-r", "bam-iop")


def sentence(instrument: Instrument, points: Sequence[Value], scale: Scale) -> str:
    """Empty for too few forms to say anything."""
    found = feedback(instrument, points, scale)
    if found is None:
        return ""
    return str(_said(found) % {"what": _about(instrument.name, scale)})


def _about(name: str, scale: Scale) -> str:
    key = f"bam.{scale.key}" if name in _BAM else name
    return str(ABOUT.get(key, _("these questions")))


def _said(found: Feedback) -> str:
    return {
        Feedback.BETTER_REAL: _("Your score for %(what)s went down since you first answered. That is a real change."),
        Feedback.BETTER_FELT: _(
            "Your score for %(what)s went down since you first answered. You may feel it; it can still be chance."
        ),
        Feedback.SAME: _(
            "Your score for %(what)s is about where it was when you first answered. Change takes time. "
            "Tell your team what would help."
        ),
        Feedback.HARDER_FELT: _(
            "Your score for %(what)s went up a little since you first answered. It can be chance. "
            "Your team would like to hear how it is for you."
        ),
        Feedback.HARDER_REAL: _(
            "Your score for %(what)s went up since you first answered. Hard times are part of the way, and nobody’s "
            "fault. Talk with your team about what would help now."
        ),
        Feedback.TREND_BETTER: _("Your last three answers about %(what)s look better than those before."),
        Feedback.TREND_SAME: _("Your last three answers about %(what)s are much like those before."),
        Feedback.TREND_HARDER: _(
            "Your last three answers about %(what)s look harder than those before. That can happen. "
            "Tell your team what would help."
        ),
    }[found]
