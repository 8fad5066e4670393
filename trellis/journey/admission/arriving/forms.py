"""What somebody types while a person arrives."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.schema import Blueprint
from trellis.journey.admission.arriving import rules
from trellis.journey.admission.arriving.actions import DAY_AHEAD, FAULTS
from trellis.journey.admission.arriving.queries import today
from trellis.journey.admission.models import Coverage, NeedFact

MOST = 1000
_OFF = {"autocomplete": "off"}


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class StepForm(forms.Form):
    """One step was done. Each stands in a fold of its own, so its fields are called after it."""

    use_required_attribute = False

    on = day(_("Done on"))
    note = forms.CharField(
        label=_("Note"), max_length=MOST, required=False, widget=forms.TextInput(attrs=_OFF),
        help_text=_("Where it is kept, or what came of it."),
    )  # fmt: skip

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(DAY_AHEAD)
        return self.cleaned_data["on"]


class PaperForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label=_("Who signed"), max_length=120, widget=forms.TextInput(attrs=_OFF))
    language = forms.ChoiceField(label=_("In which language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class SignForm(forms.Form):
    """The client's own signature."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Your name, as a signature"), max_length=120,
        error_messages={"required": _("Write your name, as a signature.")},
    )  # fmt: skip
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CoverageForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("How is it paid?"), choices=Coverage.Kind.choices, widget=forms.RadioSelect,
        initial=Coverage.Kind.PAYER, error_messages={"required": _("Choose how it is paid.")},
    )  # fmt: skip
    payer = forms.ChoiceField(label=_("Who pays"), required=False)
    member_number = forms.CharField(
        label=_("Member number"), max_length=60, required=False, widget=forms.TextInput(attrs=_OFF),
        help_text=_("As it stands on the card."),
    )  # fmt: skip
    on = day(_("Checked, or signed, on"), required=False)
    authorized = forms.IntegerField(
        label=_("How much was authorized"), min_value=1, max_value=9999, required=False,
        help_text=_("Empty where nothing needs to be authorized."),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("Of what"), choices=[("", _("Choose")), *Coverage.Unit.choices], required=False
    )  # fmt: skip
    starts_on = day(_("From"), required=False)
    ends_on = day(_("Until"), required=False)
    amount = forms.DecimalField(
        label=_("Dollars a week, by the agreement"), min_value=0, max_value=100_000, decimal_places=2, required=False,
        help_text=_("Only where they pay themselves. 0 is an answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, blueprint: Blueprint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payers = {payer.key: str(payer.names) for payer in blueprint.payers}
        chosen: Any = self.fields["payer"]
        chosen.choices = [("", _("Choose")), *self.payers.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for fault in rules.faults(self.terms, self.payers, today()):
            if rules.FIELD[fault] not in self.errors:
                self.add_error(rules.FIELD[fault], str(FAULTS[fault]))
        return cleaned

    @property
    def terms(self) -> rules.Terms:
        said, amount = self.cleaned_data, self.cleaned_data.get("amount")
        plain: dict[str, Any] = {name: said.get(name) for name in ("on", "authorized", "starts_on", "ends_on")}
        plain |= {name: said.get(name) or "" for name in ("kind", "payer", "unit")}
        return rules.Terms(**plain, cents=None if amount is None else int(amount * 100))


YES_NO = [("yes", _("Yes")), ("no", _("No"))]
HINTS = {
    NeedFact.Need.INTERPRETER: _("Which language"),
    NeedFact.Need.TRANSPORT: _("From where, on which days"),
    NeedFact.Need.CHILDCARE: _("How many children, how old"),
    NeedFact.Need.TELEHEALTH: _("Which days, from where"),
    NeedFact.Need.MOBILITY: _("What helps"),
    NeedFact.Need.HEARING: _("What helps"),
    NeedFact.Need.SIGHT: _("What helps"),
    NeedFact.Need.OTHER: _("What helps"),
}


class NeedsForm(forms.Form):
    """Each need once: yes or no, and in which way."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in NeedFact.Need:
            self.fields[need.value] = forms.ChoiceField(
                label=need.label, choices=YES_NO, widget=forms.RadioSelect,
                error_messages={"required": _("Choose yes or no.")},
            )  # fmt: skip
            self.fields[f"{need.value}_words"] = forms.CharField(
                label=HINTS[need], max_length=MOST, required=False, widget=forms.TextInput(attrs=_OFF)
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[need.value], self[f"{need.value}_words"]) for need in NeedFact.Need]

    def answers(self) -> dict[str, tuple[bool, str]]:
        said = self.cleaned_data
        return {need.value: (said[need.value] == "yes", said[f"{need.value}_words"]) for need in NeedFact.Need}
