"""What somebody types who has little time, and what is written about it afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.clients.emergency.actions import SAY_WHY
from trellis.people.clients.emergency.rules import says_why
from trellis.people.clients.forms import DateField
from trellis.people.clients.models import EmergencyOpening, EmergencyReview

#: no browser offers here what somebody typed before
_OFF = {"autocomplete": "off", "spellcheck": "false"}


class EmergencyForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    name = forms.CharField(
        label=_("Their whole name"), help_text=_("The name they go by, first and last."), max_length=80,
        widget=forms.TextInput(attrs=_OFF),
    )  # fmt: skip
    born_on = DateField(label=_("Date of birth"))
    why = forms.ChoiceField(label=_("What is it?"), choices=EmergencyOpening.Why, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is happening?"), help_text=_("For example: the hospital asks which medicines they take."),
        max_length=400, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": SAY_WHY},
    )  # fmt: skip

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if not says_why(words):
            raise forms.ValidationError(SAY_WHY)
        return words


class ReviewForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    found = forms.ChoiceField(label=_("Was it right?"), choices=EmergencyReview.Found, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What did you find, and what follows?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
