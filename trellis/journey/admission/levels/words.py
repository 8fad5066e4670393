"""Facts and their values in words for clinicians. Names only: the criteria are licensed."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.journey.admission.levels.rules import DIMENSIONS, Fact

FACTS: Mapping[Fact, "Promise | str"] = {
    Fact.WITHDRAWAL_MEDICATION: _("1. Intoxication, withdrawal, medications"),
    Fact.BIOMEDICAL: _("2. Biomedical conditions"),
    Fact.PSYCHIATRIC: _("3. Psychiatric and cognitive conditions"),
    Fact.SUBSTANCE: _("4. Substance use-related risks"),
    Fact.ENVIRONMENT: _("5. Recovery environment"),
    Fact.WITHDRAWAL: _("Withdrawal now"),
    Fact.SAFETY: _("Danger to their life"),
    Fact.LIVING: _("Where they live"),
    Fact.MEDICAL: _("Medical care that is needed"),
}
_RATINGS = {
    "0": _("0 – none"), "1": _("1 – mild"), "2": _("2 – moderate"), "3": _("3 – serious"), "4": _("4 – severe"),
}  # fmt: skip
VALUES: Mapping[Fact, Mapping[str, "Promise | str"]] = {
    **dict.fromkeys(DIMENSIONS, _RATINGS),
    Fact.WITHDRAWAL: {
        "none": pgettext_lazy("withdrawal", "none"), "mild": pgettext_lazy("withdrawal", "mild"),
        "moderate": pgettext_lazy("withdrawal", "moderate"), "severe": pgettext_lazy("withdrawal", "severe"),
    },
    Fact.SAFETY: {
        "none": pgettext_lazy("danger", "none known"), "low": pgettext_lazy("danger", "low"),
        "moderate": pgettext_lazy("danger", "moderate"), "high": pgettext_lazy("danger", "high"),
    },
    Fact.LIVING: {
        "steady": _("steady and safe"), "shaky": _("not settled"), "unsafe": _("not safe, or nowhere"),
    },
    Fact.MEDICAL: {
        "none": pgettext_lazy("medical care", "none"), "some": _("a prescriber now and then"),
        "daily": _("nearly every day"),
    },
}  # fmt: skip
LEVELS: Mapping[str, "Promise | str"] = {
    "1": _("Staying in touch in long-term remission"),
    "1.5": _("Outpatient"),
    "1.7": _("Medically managed outpatient"),
    "2.1": _("Intensive outpatient"),
    "2.5": _("High-intensity outpatient"),
    "2.7": _("Medically managed intensive outpatient"),
    "3.1": _("A sober home with some hours of care"),
    "3.5": _("A residential program"),
    "3.7": _("Medically managed residential"),
    "4": _("Hospital"),
}
#: the hours a week that a level asks at least of an adult; others ask none that can be counted
HOURS = {"2.1": 9, "2.5": 20, "2.7": 20}


def level(key: str) -> str:
    return f"{key} {LEVELS[key]}"


def value(fact: Fact, key: str) -> str:
    return str(VALUES[fact][key])


def named(facts: Iterable[Fact]) -> str:
    return ", ".join(str(FACTS[fact]) for fact in facts)
