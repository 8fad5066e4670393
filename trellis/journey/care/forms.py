"""What comes in: the day of a talk, and what its clinician keeps of it for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.care.rules import SAY_IT
from trellis.people.clients.forms import DateField

MOST = 20_000  # letters


class AgainForm(forms.Form):
    use_required_attribute = False

    words = forms.CharField(
        label=_("Your note"), max_length=MOST, error_messages={"required": SAY_IT},
        help_text=_("Only you read it. It is sealed, and kept apart from the record."),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
    )  # fmt: skip


class NoteForm(AgainForm):
    on = DateField(label=_("Day of the talk"), error_messages={"required": _("Write the day of the talk.")})
    field_order = ("on", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What you want to keep for yourself")
