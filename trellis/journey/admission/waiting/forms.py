"""What staff type about somebody who waits, or whom they handed on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.journey.admission.arriving.forms import day
from trellis.journey.admission.models import HandOn, HandOnStep, WaitStep
from trellis.journey.admission.waiting.actions import AHEAD, NOBODY_SPOKEN, Off, today

MOST = 1000
_OFF = {"autocomplete": "off"}


def _note() -> forms.CharField:
    return forms.CharField(label=_("Note"), max_length=MOST, required=False, widget=forms.TextInput(attrs=_OFF))


class FactsForm(forms.Form):
    """What decides the order. Asked with care: nobody must say."""

    use_required_attribute = False

    pregnant = forms.BooleanField(label=_("Pregnant"), required=False)
    injects = forms.BooleanField(label=_("Injects drugs, or did of late"), required=False)


class FactsAnewForm(FactsForm):
    #: which of both stood on the page when it was opened
    seen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> list[str]:
        return str(self.cleaned_data["seen"]).split()


class PutOnForm(FactsForm):
    since = forms.DateTimeField(
        label=_("When they asked for a place"), required=False, help_text=_("Empty means now."),
    )  # fmt: skip
    field_order = ["since", "pregnant", "injects"]

    def clean_since(self) -> Any:
        if self.cleaned_data["since"] and self.cleaned_data["since"] > clock.now():
            raise forms.ValidationError(AHEAD)
        return self.cleaned_data["since"]


class ContactForm(forms.Form):
    use_required_attribute = False

    how = forms.ChoiceField(
        label=_("What came of it?"), widget=forms.RadioSelect,
        choices=[
            (one.value, one.label) for one in (WaitStep.Kind.CONTACT, WaitStep.Kind.NO_ANSWER, WaitStep.Kind.OFFER)
        ],
        error_messages={"required": _("Choose what came of the call.")},
    )  # fmt: skip
    note = _note()


class OffForm(forms.Form):
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why do they leave the list?"), choices=Off.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they leave the list.")},
    )  # fmt: skip
    note = _note()


class HandOnForm(forms.Form):
    use_required_attribute = False

    place = forms.CharField(
        label=_("To which place"), max_length=120, widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Write to which place.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How"), choices=HandOn.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they were handed on.")},
    )  # fmt: skip
    spoke_with = forms.CharField(
        label=_("Who was spoken to there"), max_length=120, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    on = day(_("On which day"))
    note = _note()

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(AHEAD)
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") not in (None, HandOn.Way.NUMBER) and not cleaned.get("spoke_with", "").strip():
            self.add_error("spoke_with", NOBODY_SPOKEN)
        return cleaned


class HeardForm(forms.Form):
    use_required_attribute = False

    found = forms.ChoiceField(
        label=_("Did they get there?"), choices=HandOnStep.Found.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you heard.")},
    )  # fmt: skip
    on = day(_("Heard on"))
    note = _note()

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(AHEAD)
        return self.cleaned_data["on"]
