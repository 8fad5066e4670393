"""What comes in about an alert: what was done, and a few words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.measures.actions.alerts import SAY_WHAT_WAS_DONE
from trellis.journey.measures.models import AlertStep

MOST = 4_000  # letters


class DoneForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    done = forms.ChoiceField(
        label=_("What came of it?"), choices=AlertStep.Done.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What did you do?"), max_length=MOST, error_messages={"required": SAY_WHAT_WAS_DONE},
        help_text=_("With whom you talked, what you agreed on, and what comes next."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )  # fmt: skip
