"""What staff say before they ask."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.journey.measures import presenters
from trellis.journey.measures.blueprint import measures
from trellis.journey.measures.library import form as form_of
from trellis.journey.measures.library import forms as known
from trellis.journey.measures.models import Administration
from trellis.journey.measures.rules.forms import fits

Way, Occasion = Administration.Way, Administration.Occasion
WAYS = [(way.value, way.label) for way in (Way.ALOUD, Way.PAPER)]
#: without one of these it is the occasion for which it is due, if it is
OCCASIONS = [
    ("", gettext_lazy("As it is due, or because it helps now")),
    *((one.value, one.label) for one in (Occasion.STEP, Occasion.DISCHARGE, Occasion.FOLLOW_UP)),
]

NO_SPANISH = gettext_lazy(
    "These questions have no confirmed Spanish. Choose English, and ask them with an interpreter."
)


class AskForm(forms.Form):
    instrument = forms.ChoiceField(label=gettext_lazy("Which questions"))
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=WAYS, widget=forms.RadioSelect, initial=Way.ALOUD)
    language = forms.ChoiceField(label=gettext_lazy("In which language"), choices=settings.LANGUAGES)
    occasion = forms.ChoiceField(label=gettext_lazy("What for"), choices=OCCASIONS, required=False)
    on = forms.DateField(
        label=gettext_lazy("On paper: the day on which it was filled in"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    alert = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, presenters.name(key)) for key in known()]
        self.fields["instrument"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == Way.PAPER and not data.get("on"):
            self.add_error("on", ValidationError(_("Write the day that stands on the paper.")))
        if {"instrument", "way", "language"} <= data.keys() and not _fits(data):
            self.add_error("language", ValidationError(NO_SPANISH))
        return data


def _fits(data: dict[str, Any]) -> bool:
    one = form_of(data["instrument"])
    return fits(one, way=data["way"], language=data["language"], reviewed=measures().reviewed_spanish)


class HandOverForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
