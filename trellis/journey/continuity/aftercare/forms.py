"""What comes in: a plan, how we may reach somebody, the answers of a follow-up, what came of a call."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import words
from trellis.journey.continuity.aftercare.rules import QUESTIONS, lines_of
from trellis.journey.continuity.models import FollowUpDone

#: so many people and lines stay on one printed page
MOST_PEOPLE = 5
MOST_LINES = 6
LONGEST = 500

TOO_MANY = _("Six lines fit on the page. Keep those that help most.")
CHOOSE_ONE = _("Answer at least one question. You may leave the others out.")
SAY_HOW = _("Choose at least one way to reach you.")


class PlanForm(forms.Form):
    says_optional = False  # all of it is

    seen = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_PEOPLE + 1):
            plain = forms.TextInput(attrs={"autocomplete": "off"})
            who = _("Person %(number)d: name") % {"number": number}
            reach = _("Person %(number)d: how to reach them") % {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(label=who, max_length=60, required=False, widget=plain)
            self.fields[f"reach_{number}"] = forms.CharField(label=reach, max_length=80, required=False, widget=plain)
        for key, label in words.PARTS.items():
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[key] = forms.CharField(
                label=str(label), help_text=str(words.HINTS[key]), max_length=LONGEST, required=False, widget=area
            )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"name_{number}"], self[f"reach_{number}"]) for number in range(1, MOST_PEOPLE + 1)]

    @property
    def parts(self) -> list[Any]:
        return [self[key] for key in words.PARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key in words.PARTS:
            if len(lines_of(cleaned.get(key, ""))) > MOST_LINES:
                self.add_error(key, TOO_MANY)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """As it is kept: people, and each part line by line."""
        people = [
            [self.cleaned_data[f"name_{number}"].strip(), self.cleaned_data[f"reach_{number}"].strip()]
            for number in range(1, MOST_PEOPLE + 1)
        ]
        parts = {key: lines_of(self.cleaned_data[key]) for key in words.PARTS}
        return {"people": [pair for pair in people if any(pair)], **parts}


def as_typed(kept: dict[str, Any]) -> dict[str, Any]:
    """A plan as its form shows it."""
    typed: dict[str, Any] = {key: "\n".join(kept.get(key, ())) for key in words.PARTS}
    for number, (name, reach) in enumerate(kept.get("people", ()), start=1):
        typed |= {f"name_{number}": name, f"reach_{number}": reach}
    return typed


class AgreementForm(forms.Form):
    yes = forms.ChoiceField(
        label=_("May we be in touch after your stay?"), widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip
    by_phone = forms.BooleanField(label=_("You may call me"), required=False)
    by_text = forms.BooleanField(label=_("You may send me a text"), required=False)
    by_mail = forms.BooleanField(label=_("You may send me an email"), required=False)
    may_leave_message = forms.BooleanField(label=_("You may leave me a message"), required=False)
    safely = forms.CharField(
        label=_("When and how it is safe to reach you"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ways = ("by_phone", "by_text", "by_mail")
        if cleaned.get("yes") == "yes" and not any(cleaned.get(way) for way in ways):
            self.add_error("by_phone", SAY_HOW)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "yes": self.cleaned_data["yes"] == "yes"}


class QuestionsForm(forms.Form):
    says_optional = False  # each may be left out

    day = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, label) for key, label in words.ANSWERS.items()]
        for key in QUESTIONS:
            self.fields[key] = forms.ChoiceField(
                label=str(words.QUESTIONS[key]), choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def asked(self) -> list[Any]:
        return [self[key] for key in QUESTIONS]

    @property
    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in QUESTIONS if self.cleaned_data.get(key)}


class OwnQuestionsForm(QuestionsForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(key) for key in QUESTIONS):
            self.add_error(None, CHOOSE_ONE)
        return cleaned


class CallForm(QuestionsForm):
    """What came of a call. `calls_back`: they had asked for it."""

    outcome = forms.ChoiceField(label=_("What came of the call"), widget=forms.RadioSelect)
    next_try = forms.DateField(
        label=_("If not reached: try again on"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    note = forms.CharField(label=_("A note"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 2}))
    comes_back = forms.BooleanField(label=_("They would like to come back: put it on the intake board"), required=False)

    def __init__(self, *args: Any, calls_back: bool, **kwargs: Any) -> None:
        later = clock.today(program.zone()) + timedelta(days=2)
        kwargs["initial"] = {"next_try": later, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        kinds = FollowUpDone.Outcome
        offered = (
            (kinds.CALLED, kinds.NOT_REACHED) if calls_back else (kinds.REACHED, kinds.NOT_REACHED, kinds.DECLINED)
        )
        self.fields["outcome"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        if calls_back:
            for key in QUESTIONS:
                del self.fields[key]

    @property
    def asked(self) -> list[Any]:
        return [self[key] for key in QUESTIONS if key in self.fields]
