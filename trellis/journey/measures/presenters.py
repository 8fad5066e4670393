"""What pages print of a form: its questions, its plain name, and what it came to, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.journey.measures import safety_card
from trellis.journey.measures.library import instruments
from trellis.journey.measures.models import Administration, Outcome
from trellis.journey.measures.queries import Asked, Given
from trellis.journey.measures.rules.asking import NEVER_SILENT, is_asked, left_open
from trellis.journey.measures.rules.forms import ALONE, Form, Item
from trellis.journey.measures.rules.limits import by_each_limit
from trellis.journey.measures.rules.safety import asks_about_safety

Said = Promise | str
#: up to here every number is a button of its own
BUTTONS = 11

#: what a form is called where its reader answers it: no test, no diagnosis
PLAIN: Mapping[str, Said] = {
    "phq-9": gettext_lazy("Your mood, the last two weeks"),
    "phq-2": gettext_lazy("Your mood, in short"),
    "phq-4": gettext_lazy("Your mood and worries, in short"),
    "gad-7": gettext_lazy("Worries, the last two weeks"),
    "gad-2": gettext_lazy("Worries, in short"),
    "c-ssrs-screener": gettext_lazy("Whether you are safe"),
    "bam-iop": gettext_lazy("Your last 7 days"),
    "bam": gettext_lazy("Your last 30 days"),
    "bam-r": gettext_lazy("Your last 30 days, counted"),
    "audit-c": gettext_lazy("Drinking, the last year"),
    "taps-1": gettext_lazy("What you used, the last year"),
    "ahc-hrsn-substance-use": gettext_lazy("What you used, in short"),
    "pc-ptsd-5": gettext_lazy("After something very hard"),
    "pcl-5": gettext_lazy("After something very hard, the last month"),
    "pcl-5-weekly": gettext_lazy("After something very hard, the last week"),
    "socrates-8a": gettext_lazy("What you think about your drinking"),
    "socrates-8d": gettext_lazy("What you think about your drug use"),
    "change-rulers": gettext_lazy("How ready you feel for change"),
    "craving-nrs": gettext_lazy("Cravings, the last 24 hours"),
}
#: what clinicians call it, where that is not its key in capitals
NAMES: Mapping[str, Said] = {
    "ahc-hrsn-substance-use": "AHC HRSN",
    "c-ssrs-screener": "C-SSRS",
    "change-rulers": gettext_lazy("Change rulers, 0 to 10"),
    "ciwa-ar": "CIWA-Ar",
    "craving-nrs": gettext_lazy("Craving, 0 to 10"),
    "pcl-5-weekly": gettext_lazy("PCL-5, the last week"),
}
SUBSCORES: Mapping[str, Said] = {
    "anxiety": gettext_lazy("anxiety"),
    "depression": gettext_lazy("depression"),
    "use": gettext_lazy("use"),
    "risk": gettext_lazy("risk"),
    "protective": gettext_lazy("protection"),
    "recognition": gettext_lazy("recognition"),
    "ambivalence": gettext_lazy("ambivalence"),
    "taking_steps": gettext_lazy("taking steps"),
    "importance": gettext_lazy("importance"),
    "confidence": gettext_lazy("confidence"),
    "readiness": gettext_lazy("readiness"),
}
SEVERITY: Mapping[str, Said] = {
    "minimal": gettext_lazy("minimal"),
    "minimal_to_mild": gettext_lazy("minimal to mild"),
    "mild": gettext_lazy("mild"),
    "moderate": gettext_lazy("moderate"),
    "moderately_severe": gettext_lazy("moderately severe"),
    "severe": gettext_lazy("severe"),
    "negative": gettext_lazy("negative screen"),
    "positive": gettext_lazy("positive screen"),
    "normal": gettext_lazy("none to speak of"),
    "none": gettext_lazy("none"),
    "low": gettext_lazy("low"),
    "high": gettext_lazy("high"),
}
FLAGS: Mapping[str, Said] = {
    "suicidal_ideation_item": gettext_lazy("Thoughts of being better off dead or of self-harm (question 9)"),
    "safety_item_missing": gettext_lazy("A question about safety was left out: ask it"),
    "recency_unknown": gettext_lazy("A suicidal act, and not known when: taken as recent"),
    "recent_behavior": gettext_lazy("A suicidal act within 3 months"),
    "inconsistent_answers": gettext_lazy("Answers that do not fit together: ask again"),
    "suicide_risk_low": gettext_lazy("Suicide risk: low"),
    "suicide_risk_moderate": gettext_lazy("Suicide risk: moderate"),
    "suicide_risk_high": gettext_lazy("Suicide risk: high"),
    "major_depressive_syndrome": gettext_lazy("Pattern of a major depressive episode: a prompt, not a diagnosis"),
    "other_depressive_syndrome": gettext_lazy("Pattern of another depression: a prompt, not a diagnosis"),
    "anxiety_screen_positive": gettext_lazy("Anxiety: positive screen"),
    "depression_screen_positive": gettext_lazy("Depression: positive screen"),
    "use_present": gettext_lazy("Some use was reported"),
    "abstinent": gettext_lazy("No use was reported"),
    "risk_high": gettext_lazy("Risk is 12 or more: a hint"),
    "protective_low": gettext_lazy("Protection is 12 or less: a hint"),
    "alcohol_positive": gettext_lazy("Alcohol: positive screen"),
    "drugs_positive": gettext_lazy("Drugs: positive screen"),
    "tobacco_positive": gettext_lazy("Tobacco: positive screen"),
    "prescription_misuse_positive": gettext_lazy("Prescription medicines: positive screen"),
    "above_sensitive_cutoff": gettext_lazy("3 or more: the more sensitive limit"),
    "points_from_frequency_only": gettext_lazy("All points come from how often: ask about amounts"),
    "sex_not_recorded": gettext_lazy("Sex not recorded: the lower limit was used"),
}
LIMITS: Mapping[str, Said] = {
    "female": gettext_lazy("by the limit for women, %(points)d: %(said)s"),
    "male": gettext_lazy("by the limit for men, %(points)d: %(said)s"),
}
STATUS: Mapping[str, Said] = {
    "prorated": gettext_lazy("estimated, some questions were left out"),
    "incomplete": gettext_lazy("no total, questions were left out"),
    "invalid": gettext_lazy("no total, an answer is not valid"),
}


def plain(key: str) -> Said:
    return PLAIN.get(key, gettext_lazy("Questions"))


def minutes_words(minutes: int) -> str:
    return ngettext("about %(minutes)d minute", "about %(minutes)d minutes", minutes) % {"minutes": minutes}


# --- the form ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    id: str
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Look:
    """What is still to do at one question. `typed`: what stands there, and is no answer."""

    words: str
    typed: str = ""


#: by the key of the question
Wrong = Mapping[str, Look]
NOTHING_WRONG: Wrong = {}


@dataclass(frozen=True)
class Line:
    """One line of a form on a page; `is_asked` False: its place is kept for when it is."""

    item: Item
    words: str
    choices: tuple[Choice, ...]
    value: int | None
    is_asked: bool
    look: Look | None
    may_be_left_out: bool
    is_aloud: bool

    @property
    def id(self) -> str:
        """Without the points that a selector would read as classes."""
        return self.item.key.replace(".", "-")

    @property
    def in_a_row(self) -> bool:
        return self.item.kind == "integer" and bool(self.choices)


def lines(given: Given, wrong: Wrong = NOTHING_WRONG) -> list[Line]:
    """Every line in order, also those that wait."""
    return [line_of(given, item, wrong.get(item.key)) for item in given.form.items]


def line_of(given: Given, item: Item, look: Look | None = None) -> Line:
    value = given.answers.get(item.key)
    return Line(
        item=item,
        words=item.words.said(given.administration.language),
        choices=_choices(item, value, given.administration.language),
        value=value,
        is_asked=is_asked(item, given.answers),
        look=look,
        may_be_left_out=item.key not in NEVER_SILENT.get(given.form.key, ()),
        is_aloud=given.administration.way not in ALONE,
    )


def _choices(item: Item, value: int | None, language: str) -> tuple[Choice, ...]:
    id_ = item.key.replace(".", "-")
    if item.kind == "integer" and item.most - item.least < BUTTONS:
        known = [(number, str(number)) for number in range(item.least, item.most + 1)]
    else:
        known = [(option.value, option.words.said(language)) for option in item.options]
    return tuple(Choice(f"{id_}-{number}", str(number), words, number == value) for number, words in known)


# --- what is due ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    key: str
    name: Said
    takes: str
    is_begun: bool
    asks_about_safety: bool


def task(asked: Asked) -> Task:
    key = asked.form.key
    return Task(
        key=key,
        name=plain(key),
        takes=minutes_words(asked.form.minutes),
        is_begun=asked.begun is not None,
        asks_about_safety=asks_about_safety(instruments()[key]),
    )


def before(form: Form, now: datetime) -> list[str]:
    """Before a question about safety: who reads the answer and when. Empty where no question is about it."""
    return safety_card.before_words(now) if asks_about_safety(instruments()[form.key]) else []


# --- what it came to --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    administration: Administration
    name: Said
    words: str


def result(administration: Administration, outcome: Outcome) -> Result:
    return Result(administration, name(administration.instrument), result_words(outcome, administration))


def name(key: str) -> Said:
    """As clinicians know it: PHQ-9."""
    return NAMES.get(key, key.upper())


def result_words(outcome: Outcome, administration: Administration) -> str:
    """ "13 of 27, moderate"."""
    most = (instruments()[administration.instrument].total or {}).get("max")
    parts: list[str] = []
    if outcome.total is not None and most is not None:
        parts.append(_("%(total)d of %(most)d") % {"total": outcome.total, "most": most})
    if outcome.severity and "sex_not_recorded" in outcome.flags and outcome.total is not None:
        parts += _by_each_limit(administration.instrument, outcome.total)
    elif outcome.severity:
        parts.append(str(SEVERITY.get(outcome.severity, outcome.severity)))
    parts += [
        f"{SUBSCORES.get(scale, scale)} {value}" for scale, value in outcome.subscores.items() if value is not None
    ]
    if outcome.status in STATUS:
        parts.append(str(STATUS[outcome.status]))
    return ", ".join(parts) or _("answered")


def _by_each_limit(instrument: str, total: int) -> list[str]:
    """Nobody said which limit fits: both are."""
    said = by_each_limit(instruments()[instrument], total)
    return [
        LIMITS[sex] % {"points": points, "said": SEVERITY.get(severity, severity)} for sex, points, severity in said
    ]


def flag_words(flags: Iterable[str]) -> list[Said]:
    return [FLAGS.get(flag, flag) for flag in flags]


def answer_lines(given: Given, language: str) -> list[tuple[str, str]]:
    """Each question that was asked, with the answer, in the words that stood there."""
    left = {item.key for item in left_open(given.form, given.answers)}
    return [
        (item.words.said(language), answer_words(item, given.answers.get(item.key), language))
        for item in given.form.questions
        if item.key in given.answers or item.key in left
    ]


def answer_words(item: Item, value: int | None, language: str) -> str:
    if value is None:
        return _("not answered")
    chosen = next((option.words.said(language) for option in item.options if option.value == value), "")
    return f"{chosen} ({value})" if chosen else str(value)
