"""What the instruments and their numbers are called, to clinicians and to the person themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Promise | str

#: what each asks about; its short name stands beside it for staff
ABOUT: dict[str, Words] = {
    "phq-9": _("Mood"),
    "phq-2": _("Mood, in two questions"),
    "phq-4": _("Mood and worry, in four questions"),
    "gad-7": _("Worry"),
    "gad-2": _("Worry, in two questions"),
    "bam-iop": _("Your last seven days"),
    "bam": _("Your last thirty days"),
    "bam-r": _("Your last thirty days, by days"),
    "pcl-5": _("After something terrible: the last month"),
    "pcl-5-weekly": _("After something terrible: the last week"),
    "craving-nrs": _("Craving"),
    "audit-c": _("Drinking"),
    "pc-ptsd-5": _("After something terrible, in five questions"),
    "cows": _("Opioid withdrawal"),
    "ciwa-ar": _("Alcohol withdrawal"),
}
#: subscores of the BAM, as VA names them
SCALES: dict[str, Words] = {
    "use": _("Use"),
    "risk": _("What makes it harder"),
    "protective": _("What helps"),
    "recognition": _("Recognition"),
    "ambivalence": _("Ambivalence"),
    "taking_steps": _("Taking steps"),
}
BANDS: dict[str, Words] = {
    "minimal": pgettext_lazy("symptoms", "minimal"),
    "mild": pgettext_lazy("symptoms", "mild"),
    "moderate": pgettext_lazy("symptoms", "moderate"),
    "moderately_severe": pgettext_lazy("symptoms", "moderately severe"),
    "severe": pgettext_lazy("symptoms", "severe"),
}
STATUS: dict[str, Words] = {
    "incomplete": _("not finished enough to say"),
    "invalid": _("typed in wrong: look at it again"),
    "prorated": _("one or two answers missing, reckoned from the others"),
}


def about(instrument: str) -> Words:
    """What it asks about; where we have no words yet, its own short name."""
    return ABOUT.get(instrument) or instrument.upper()


def scale(key: str) -> Words:
    return SCALES.get(key) or key.replace("_", " ").capitalize()


def band(code: str) -> Words:
    """A code without words of ours is shown as it is, spaces for lines."""
    return BANDS.get(code) or code.replace("_", " ")
