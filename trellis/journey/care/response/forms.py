"""What comes in: what may stand behind it, what the team does, and by when it looks again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.care.response.actions import NO_CAUSE, NO_DAY, SAY_IT
from trellis.journey.care.response.causes import CAUSES
from trellis.people.clients.forms import DateField

MOST = 4000


class ResponseForm(forms.Form):
    use_required_attribute = False

    causes = forms.MultipleChoiceField(
        label=_("What may stand behind it"), error_messages={"required": NO_CAUSE, "invalid_choice": NO_CAUSE},
        help_text=_("Talk about it with them first. You do not have to be sure."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What we do now"), max_length=MOST, error_messages={"required": SAY_IT},
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    due_on = DateField(label=_("We look again on"), error_messages={"required": NO_DAY})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["causes"]
        chosen.choices = [(key, name) for key, (name, _ask) in CAUSES.items()]
