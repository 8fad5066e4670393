"""What comes in: what a clinician decides, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.continuity.advice.actions import CHOOSE
from trellis.journey.continuity.models import Review

MOST = 4000


class ReviewForm(forms.Form):
    use_required_attribute = False

    decided = forms.ChoiceField(
        label=_("What you decide"), choices=Review.Decided.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Why"), max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the record speaks for another way."),
    )  # fmt: skip
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
