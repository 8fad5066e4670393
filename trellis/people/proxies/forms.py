"""What comes in: whom the client lets in, and a representative with the paper that somebody saw."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.clients.forms import DateField
from trellis.people.proxies.actions import NO_NAME, NO_PAPER, NO_PART, Paper
from trellis.people.proxies.models import NAME, ProxyAccess
from trellis.people.proxies.presenters import OWN_PARTS, PARTS
from trellis.people.proxies.rules import Basis, Part


def _parts(label: Any, words: dict[Part, Any]) -> Any:
    return forms.MultipleChoiceField(
        label=label, choices=[(part.value, text) for part, text in words.items()],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": NO_PART},
    )  # fmt: skip


class LetInForm(forms.Form):
    """`names`: whom a consent in force names."""

    use_required_attribute = False
    says_optional = False

    name = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")})
    parts = _parts(_("What may they do here for you?"), OWN_PARTS)
    until = DateField(
        label=_("Until when?"), required=False, help_text=_("Empty means: as long as your consent for them holds.")
    )

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "parts": [Part(part) for part in self.cleaned_data["parts"]]}


class RepresentativeForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    name = forms.CharField(
        label=_("Their full name"), max_length=NAME, help_text=_("As it stands on the paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": NO_NAME},
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("By what right do they act?"), widget=forms.RadioSelect,
        choices=[one for one in ProxyAccess.Basis.choices if one[0] != Basis.CONSENT],
    )  # fmt: skip
    paper = forms.CharField(
        label=_("Which paper did you see?"), max_length=120, error_messages={"required": NO_PAPER},
        help_text=_("For example: letters of conservatorship."),
    )  # fmt: skip
    paper_issued_by = forms.CharField(
        label=_("Who issued it?"), max_length=120, help_text=_("For example: the court, with the number of the case."),
        error_messages={"required": NO_PAPER},
    )  # fmt: skip
    paper_issued_on = DateField(label=_("Date of the paper"))
    parts = _parts(_("What may they do here?"), PARTS)
    until = DateField(label=_("Until when?"), help_text=_("A year at most: by then somebody looks at the paper again."))

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "name": given["name"], "basis": Basis(given["basis"]), "until": given["until"],
            "parts": [Part(part) for part in given["parts"]],
            "paper": Paper(given["paper"], given["paper_issued_by"], given["paper_issued_on"]),
        }  # fmt: skip
