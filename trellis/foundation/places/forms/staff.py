"""What those who keep the lists send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 10_000_000


class DescribeForm(forms.Form):
    """How people see a list. Nothing of it comes from the publisher."""

    title = forms.CharField(label=_("Name of the list"), max_length=200, help_text=_("People read it beside meetings."))
    kind = forms.CharField(
        label=_("Fellowship or group"), max_length=60, required=False,
        help_text=_("In its own words, such as: AA, NA, Al-Anon, SMART Recovery."),
    )  # fmt: skip
    secular = forms.BooleanField(label=_("These meetings are secular"), required=False)
    for_families = forms.BooleanField(label=_("These meetings are for families and friends"), required=False)

    def description(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("title", "kind", "secular", "for_families")}


class ListFile(forms.FileField):
    widget = forms.FileInput(attrs={"accept": ".json,application/json"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB. Ask for a list of your own area only."))
        return file


class AddForm(DescribeForm):
    address = forms.CharField(
        label=_("Web address of the list"), max_length=2000, required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("It begins with https://. We read it again every day."),
    )  # fmt: skip
    file = ListFile(
        label=_("Or a file"), required=False,
        help_text=_("A list that somebody sent you, as JSON. It stays as it is until you send a newer one."),
    )  # fmt: skip

    says_optional = False  # one of the first two is not

    field_order = ("address", "file", "title", "kind", "secular", "for_families")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("address")) == bool(values.get("file")) and not self.errors.keys() & {"address", "file"}:
            self.add_error("address", _("Give the address of the list, or choose a file: one of the two."))
        return values


class FileForm(forms.Form):
    """A newer file for a list that has no address."""

    file = ListFile(label=_("A newer file of this list"))
