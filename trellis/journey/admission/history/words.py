"""Answers, substances and what cannot be, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.journey.admission.history.rules import NOT_TODAY, Fault, Pattern, Route, Substance

Words = Promise | str

LATER = _("Not today")
YES_NO: Mapping[str, Words] = {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")}
FAULTS: Mapping[Fault, Words] = {
    Fault.CHOICE: _("Choose one of these."),
    Fault.DATE: _("We could not read this day. Write it as month, day and year, such as 11/30/2026."),
    Fault.MONTH: _("Write a month and a year, such as 3/2019, or only the year."),
    Fault.FUTURE: _("This day has not come yet. Look at the year."),
    Fault.BEFORE_BIRTH: _("This is before the day of birth. Look at the year, or at the date of birth."),
    Fault.NUMBER: _("Write a whole number."),
    Fault.TOO_FEW: _("This number is too small."),
    Fault.TOO_MANY: _("This number is too large."),
    Fault.LENGTH: _("This is too long to keep. Say it in fewer words."),
    Fault.OLDER_THAN_THEY_ARE: _("This is older than today’s age. Look at the number, or at the date of birth."),
    Fault.BEFORE_FIRST_USE: _("This is before the first time. Look at both."),
}
SUBSTANCES: Mapping[Substance, Words] = {
    Substance.ALCOHOL: _("Alcohol"),
    Substance.OPIOID: _("Opioids: fentanyl, heroin, pain pills"),
    Substance.CANNABIS: _("Cannabis"),
    Substance.SEDATIVE: _("Pills to sleep or calm down: Xanax, Ativan, Valium"),
    Substance.COCAINE: _("Cocaine or crack"),
    Substance.STIMULANT: _("Meth or other stimulants"),
    Substance.HALLUCINOGEN: _("Mushrooms, LSD, ketamine and such"),
    Substance.NICOTINE: _("Tobacco, vapes"),
    Substance.INHALANT: _("Glue, gas, sprays"),
    Substance.OTHER: _("Something else"),
}
#: how a clinician names them, in a line
SHORT: Mapping[Substance, Words] = {
    Substance.ALCOHOL: pgettext_lazy("substance", "alcohol"),
    Substance.OPIOID: pgettext_lazy("substance", "opioids"),
    Substance.CANNABIS: pgettext_lazy("substance", "cannabis"),
    Substance.SEDATIVE: pgettext_lazy("substance", "sedatives"),
    Substance.COCAINE: pgettext_lazy("substance", "cocaine"),
    Substance.STIMULANT: pgettext_lazy("substance", "stimulants"),
    Substance.HALLUCINOGEN: pgettext_lazy("substance", "hallucinogens"),
    Substance.NICOTINE: pgettext_lazy("substance", "nicotine"),
    Substance.INHALANT: pgettext_lazy("substance", "inhalants"),
    Substance.OTHER: pgettext_lazy("substance", "another substance"),
}
PATTERNS: Mapping[Pattern, Words] = {
    Pattern.NEVER: _("Never"),
    Pattern.BEFORE: _("Before, and not now"),
    Pattern.SOME_MONTHS: _("Some days in a month"),
    Pattern.SOME_WEEKS: _("Some days in a week"),
    Pattern.DAILY: _("Every day, or nearly"),
}
ROUTES: Mapping[Route, Words] = {
    Route.MOUTH: _("By mouth"),
    Route.SMOKED: _("Smoked or vaped"),
    Route.NOSE: _("Through the nose"),
    Route.INJECTED: _("Injected"),
    Route.OTHER: _("Another way"),
}


def later() -> tuple[str, Words]:
    return (NOT_TODAY, LATER)
