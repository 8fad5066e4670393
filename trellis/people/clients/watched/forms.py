"""A watch, one tap that says why, and what was found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.clients.forms import DateField
from trellis.people.clients.models import WatchedOpening, WatchedReview
from trellis.people.clients.watched import actions, rules


class WatchForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why may this record draw the curious?"),
        help_text=_("Only those who guard privacy here read this."),
        max_length=400, widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": actions.SAY_REASON},
    )  # fmt: skip
    until = DateField(
        label=_("Until which day?"), help_text=_("Empty: until somebody ends it."), required=False
    )  # fmt: skip


class WhyForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    why = forms.ChoiceField(choices=WatchedOpening.Why)
    words = forms.CharField(
        label=_("Something else"), help_text=_("In a few words: what do you need it for?"), max_length=400,
        required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not rules.is_enough(given.get("why", ""), given.get("words", "")):
            self.add_error("words", actions.SAY_WHY)
        return given


class WatchedReviewForm(forms.Form):
    use_required_attribute = False

    found = forms.ChoiceField(label=_("Was this right?"), choices=WatchedReview.Found, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What did you find, and what follows?"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
