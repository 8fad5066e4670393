from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation.places.models import Wrong


class WrongForm(forms.Form):
    what = forms.ChoiceField(label=_("What is wrong?"), choices=Wrong.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What did you find?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please write nothing about a person: no names, no telephone numbers."),
    )  # fmt: skip
