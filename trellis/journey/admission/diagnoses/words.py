"""Substances, criteria and the rest in words for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.journey.admission.diagnoses.rules import Criterion, Remission, Severity, Substance

Words = Promise | str

SUBSTANCES: Mapping[Substance, Words] = {
    Substance.ALCOHOL: _("Alcohol"),
    Substance.OPIOID: _("Opioids"),
    Substance.CANNABIS: _("Cannabis"),
    Substance.SEDATIVE: _("Sedatives, sleeping or calming medicines"),
    Substance.COCAINE: _("Cocaine"),
    Substance.STIMULANT: _("Methamphetamine and other stimulants"),
    Substance.HALLUCINOGEN: _("Hallucinogens"),
    Substance.NICOTINE: _("Nicotine"),
    Substance.INHALANT: _("Inhalants"),
    Substance.OTHER: _("Another substance, or one not known"),
}
CRITERIA: Mapping[Criterion, Words] = {
    Criterion.MORE_OR_LONGER: _("More, or for longer, than they meant to"),
    Criterion.CANNOT_CUT_DOWN: _("Wants to cut down or stop, and could not"),
    Criterion.MUCH_TIME: _("Much time goes into getting, using or getting over it"),
    Criterion.CRAVING: _("Craving"),
    Criterion.ROLE_FAILURE: _("Falls short at work, at school or at home"),
    Criterion.SOCIAL_HARM: _("Goes on although it harms how they get along with others"),
    Criterion.ACTIVITIES_DROPPED: _("Gave up or cut back what mattered"),
    Criterion.HAZARDOUS: _("Uses where it is dangerous"),
    Criterion.HEALTH_HARM: _("Goes on although it harms body or mind"),
    Criterion.TOLERANCE: _("Tolerance: needs more for the same effect"),
    Criterion.WITHDRAWAL: _("Withdrawal, or uses to keep it away"),
}
SEVERITIES: Mapping[Severity, Words] = {
    Severity.NONE: pgettext_lazy("use disorder", "none"),
    Severity.MILD: pgettext_lazy("use disorder", "mild"),
    Severity.MODERATE: pgettext_lazy("use disorder", "moderate"),
    Severity.SEVERE: pgettext_lazy("use disorder", "severe"),
}
REMISSIONS: Mapping[Remission, Words] = {
    Remission.EARLY: _("in early remission"),
    Remission.SUSTAINED: _("in sustained remission"),
}
