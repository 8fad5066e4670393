"""What comes in about rights."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.people.rights.models import Acknowledgement


class RecordForm(forms.Form):
    """What somebody who works here saw of a signature under the notice."""

    how = forms.ChoiceField(
        label=_("How was it signed?"), widget=forms.RadioSelect,
        choices=[
            (Acknowledgement.How.PAPER, _("On paper")),
            (Acknowledgement.How.OUR_DEVICE, _("On a device of ours, with us")),
            (Acknowledgement.How.NOT_SIGNED, _("It was not signed")),
        ],
    )  # fmt: skip
    why_not = forms.ChoiceField(
        label=_("If it was not signed: why not?"), required=False, widget=forms.RadioSelect,
        choices=Acknowledgement.Why.choices,
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the notice"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Where the paper is, or what you tried"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        not_signed = cleaned.get("how") == Acknowledgement.How.NOT_SIGNED
        if not_signed and not cleaned.get("why_not"):
            self.add_error("why_not", _("Say why it was not signed. The law asks for the reason."))
        if not not_signed:
            cleaned["why_not"] = ""
        return cleaned
