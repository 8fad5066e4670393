"""What comes in about holds and deletions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

#: more than that is for the command: a page answers within seconds
AT_ONCE = 20


class DeleteForm(forms.Form):
    """By name and by number: whoever deletes has read whom, and counted them."""

    who = forms.MultipleChoiceField(
        label=_("Whose records"), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one record."),
            "invalid_choice": _("One of these is not due any more. Look at the list again."),
        },
    )  # fmt: skip
    number = forms.IntegerField(
        label=_("How many did you choose?"), min_value=1,
        help_text=_("Write the number. Nothing brings these records back."),
        error_messages={"required": _("Write how many records you chose.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = len(cleaned.get("who", ()))
        if chosen and cleaned.get("number") and cleaned["number"] != chosen:
            said = ngettext("You chose %(number)s record.", "You chose %(number)s records.", chosen)
            self.add_error("number", said % {"number": chosen})
        return cleaned


class FindForm(forms.Form):
    name = forms.CharField(
        label=_("Whole name"), max_length=80, help_text=_("Clients, and people who asked for help."),
        error_messages={"required": _("Write a name.")},
    )  # fmt: skip


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Which paper asks for it?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: subpoena of May 4, County Superior Court. It is kept encrypted."),
        error_messages={"required": _("Say which paper asks for it.")},
    )  # fmt: skip


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it over?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: the case was settled; who said so, and when."),
        error_messages={"required": _("Say why it is over.")},
    )  # fmt: skip
