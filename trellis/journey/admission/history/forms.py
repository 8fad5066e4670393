"""What comes in about a section, or about one substance. Every question may stay open, or be "not today"."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.admission.history import rules, words
from trellis.journey.admission.history.bank import Question, Section, safety
from trellis.journey.admission.history.rules import NOT_TODAY, Kind, Pattern, Said, Standing, Use, Wrong
from trellis.journey.admission.history.rules.safety import lately
from trellis.journey.admission.models import HistoryAnswer

Who = HistoryAnswer.Who
#: beside the key of a question: its box "Not today"
BOX = "__later"
#: who says something to a member of staff
SPEAKERS = (Who.PERSON, Who.FAMILY, Who.ELSEWHERE, Who.STAFF)
MONTH = _("Month and year, such as 3/2019, or only the year.")


class AboutPerson(forms.Form):
    """Knows the day and the birth date, and who speaks where staff write."""

    use_required_attribute = False
    says_optional = False

    def __init__(self, *args: Any, born_on: date | None, today: date, by_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born_on, self.today = born_on, today
        if by_staff:
            choices = [(one.value, one.label) for one in SPEAKERS]
            self.fields["who"] = forms.ChoiceField(label=_("Who says this?"), choices=choices, initial=Who.PERSON)

    @property
    def who(self) -> str:
        return str(self.cleaned_data.get("who") or Who.PERSON)

    def read(self, name: str, reading: Callable[[str], Any]) -> Any:
        """What a field says, or None and a sentence beside it."""
        try:
            return reading(self.cleaned_data.get(name) or "")
        except Wrong as wrong:
            self.add_error(name, str(words.FAULTS[wrong.fault]))
            return None


class SectionForm(AboutPerson):
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: Section, before: Mapping[str, Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.before = section, lately(before, safety(), self.today)
        by_staff = "who" in self.fields
        for question in section.questions:
            stands = self.before.get(question.key)
            self.fields[question.key] = _field(question, stands.now.said.value if stands else "", by_staff)
            if not _has_choices(question):
                heard = forms.CheckboxInput(attrs={"aria-label": f"{words.LATER}: {question.ask}"})
                self.fields[question.key + BOX] = forms.BooleanField(label=words.LATER, required=False, widget=heard)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.said: dict[str, Said] = {}
        for question in self.section.questions:
            one = self._said(question)
            if one is not None:
                self.said[question.key] = one
        return cleaned

    def _said(self, question: Question) -> Said | None:
        later = bool(self.cleaned_data.get(question.key + BOX))
        if self.cleaned_data.get(question.key) == NOT_TODAY:
            self.cleaned_data[question.key], later = "", True
        asked = question.asked
        value = self.read(
            question.key, lambda text: rules.read(asked, text, born_on=self.born_on, today=self.today)
        )  # fmt: skip
        stands = self.before.get(question.key)
        return None if value is None else rules.said(value, stands.now.said if stands else None, later)


def _has_choices(question: Question) -> bool:
    return question.kind in (Kind.CHOICE, Kind.YES_NO)


def _field(question: Question, value: str, by_staff: bool) -> forms.Field:
    said = (question.hint, question.staff_hint if by_staff else None)
    hint = " ".join(str(one) for one in said if one)
    plain: dict[str, Any] = {"label": str(question.ask), "help_text": hint, "required": False, "initial": value}
    if _has_choices(question):
        known = [(one.key, str(one)) for one in question.choices] or [
            (key, str(label)) for key, label in words.YES_NO.items()
        ]
        return forms.ChoiceField(choices=[*known, words.later()], widget=forms.RadioSelect, **plain)
    if question.kind is Kind.MONTH:
        plain["help_text"] = hint or MONTH
    return forms.CharField(widget=_widget(question.kind), **plain)


def _widget(kind: Kind) -> forms.Widget:
    if kind is Kind.LONG:
        return forms.Textarea(attrs={"rows": 3})
    if kind is Kind.DATE:
        return forms.DateInput()
    numeric = {"inputmode": "numeric"} if kind is Kind.NUMBER else {}
    return forms.TextInput(attrs={"autocomplete": "off", **numeric})


#: what is told of a substance beside how often
DETAILS = ("first_age", "last_on", "route", "help_before")


class SubstanceForm(AboutPerson):
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    pattern = forms.ChoiceField(label=_("How often?"), required=False, widget=forms.RadioSelect)
    first_age = forms.CharField(
        label=_("How old at the first time?"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    last_on = forms.CharField(label=_("When was the last time?"), required=False, widget=forms.DateInput())
    route = forms.ChoiceField(label=_("How is it taken?"), required=False, widget=forms.RadioSelect)
    help_before = forms.CharField(
        label=_("Help before, with this one"), max_length=rules.SHORT, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    later = forms.BooleanField(label=words.LATER, required=False)

    def __init__(self, *args: Any, use: Use, seen: str, **kwargs: Any) -> None:
        """`seen`: public id of the newest that was told of it; empty: nothing yet."""
        # The last day of somebody who uses every day is another one by now.
        last_on = use.last_on.isoformat() if use.last_on and use.pattern != Pattern.DAILY else ""
        initial = {
            "pattern": use.pattern, "last_on": last_on,
            "first_age": "" if use.first_age is None else str(use.first_age),
            "route": use.route, "help_before": use.help_before, "seen": seen,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self._choices("pattern", words.PATTERNS)
        self._choices("route", words.ROUTES)

    def _choices(self, name: str, choices: Mapping[Any, words.Words]) -> None:
        field: Any = self.fields[name]
        field.choices = [(key.value, label) for key, label in choices.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        born_on, today = self.born_on, self.today
        first = self.read("first_age", lambda text: rules.first_age(text, born_on=born_on, today=today))
        last = self.read("last_on", lambda text: rules.last_use(text, first=first, born_on=born_on, today=today))
        cleaned |= {"first_age": first, "last_on": last}
        if not cleaned.get("pattern") and not cleaned.get("later"):
            self.add_error("pattern", _("Say how often, or choose “Not today”."))
        elif not cleaned.get("pattern") and any(str(self.data.get(name) or "").strip() for name in DETAILS):
            self.add_error("pattern", _("You wrote more about it. Say how often, too, so that all of it is kept."))
        return cleaned

    def look_again(self, seen: str, sentence: str) -> None:
        """All that was typed stands there still; sent again it is kept, beside what was told meanwhile."""
        self.add_error(None, sentence)
        self.data = {**self.data, "seen": seen}

    @property
    def use(self) -> Use | None:
        """None: not today."""
        if self.cleaned_data["later"] and not self._has_changed():
            return None
        said = self.cleaned_data
        return Use(said["pattern"], said["first_age"], said["last_on"], said["route"], said["help_before"].strip())

    def _has_changed(self) -> bool:
        return bool(self.cleaned_data["pattern"]) and any(name in ("pattern", *DETAILS) for name in self.changed_data)
