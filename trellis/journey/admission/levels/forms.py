"""What somebody knows about a client's need for care. Everything may be left out: it is then named as missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from trellis.journey.admission.levels import words
from trellis.journey.admission.levels.rules import DIMENSIONS, LEVELS, Fact

MOST = 4000
MOST_WHY = 400
#: what the record says of a fact already, with where it is from and when
Known = Mapping[Fact, Sequence[str]]
#: beside the facts and why each dimension is so, in this order
REST = ("hours", "considerations", "level", "reason", "consulted_on", "seen")


def why(fact: Fact) -> str:
    """The field that says why a dimension is rated so."""
    return f"{fact.value}_why"


class LevelForm(forms.Form):
    says_optional = False

    hours = forms.IntegerField(
        label=_("Hours a week that they can give"), min_value=0, max_value=100, required=False,
        help_text=_("Beside work, school and family."),
    )  # fmt: skip
    considerations = forms.CharField(
        label=_("6. What they want, can do, and what stands in the way"), max_length=MOST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In their words where you can. It may change the level; say so below."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level of care"), required=False)
    reason = forms.CharField(
        label=_("Why another level than the rules say"), max_length=MOST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    consulted_on = forms.DateField(
        label=_("Day on which you talked with whoever proposed it"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, after_proposal: bool = False, known: Known | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["level"]
        chosen.choices = [("", _("Choose")), *((key, words.level(key)) for key in LEVELS)]
        for fact in Fact:
            choices = [("", _("Not known")), *words.VALUES[fact].items()]
            self.fields[fact.value] = forms.ChoiceField(
                label=str(words.FACTS[fact]), choices=choices, required=False,
                help_text=escape(" · ".join((known or {}).get(fact, ()))),
            )  # fmt: skip
        for fact in DIMENSIONS:
            self.fields[why(fact)] = forms.CharField(
                label=_("Why so: %(dimension)s") % {"dimension": words.FACTS[fact]},
                max_length=MOST_WHY,
                required=False,
            )
        if not after_proposal:
            del self.fields["consulted_on"]
        self.order_fields([*(name for fact in Fact for name in (fact.value, why(fact))), *REST])

    def facts(self) -> dict[Fact, str | None]:
        return {fact: self.cleaned_data.get(fact.value) or None for fact in Fact}

    def said(self) -> dict[str, Any]:
        """What the actions take beside the client."""
        rest = {name: self.cleaned_data.get(name) for name in REST}
        return {"facts": self.facts(), "reasons": {fact: self.cleaned_data[why(fact)] for fact in DIMENSIONS}, **rest}
