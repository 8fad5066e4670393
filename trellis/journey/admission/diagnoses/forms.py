"""What comes in about a diagnosis: criteria and dates of a substance, or a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.journey.admission.diagnoses import words
from trellis.journey.admission.diagnoses.rules import Criterion, Substance, Use
from trellis.journey.admission.models import Diagnosis, DiagnosisEnd
from trellis.people.clients.forms import DateField

MOST = 4000


class DiagnosisForm(forms.Form):
    """What every diagnosis has."""

    says_optional = False

    code = forms.CharField(
        label=_("Code"), max_length=10, required=False, help_text=_("ICD-10-CM, such as F41.1."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    onset_year = forms.IntegerField(label=_("Year in which it began"), min_value=1900, max_value=2200, required=False)
    words = forms.CharField(
        label=_("What it rests on, and what is to be said beside it"), max_length=MOST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """What the actions take beside the client."""
        return {name: self.cleaned_data[name] for name in ("code", "onset_year", "words")}


class UseForm(DiagnosisForm):
    substance = forms.ChoiceField(
        label=_("Substance"), choices=[("", _("Choose")), *((str(key), name) for key, name in words.SUBSTANCES.items())]
    )
    criteria = forms.MultipleChoiceField(
        label=_("What was so within twelve months"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(key), name) for key, name in words.CRITERIA.items()],
        help_text=_("In remission: what was so in the twelve months when it was at its worst."),
    )  # fmt: skip
    as_prescribed = forms.BooleanField(
        label=_("It is a medicine, taken as it was prescribed"), required=False,
        help_text=_("Tolerance and withdrawal then do not count."),
    )  # fmt: skip
    in_remission = forms.BooleanField(
        label=_("In remission"), required=False, help_text=_("Only you say so; the rule then looks at the date."),
    )  # fmt: skip
    last_met_on = DateField(
        label=_("Last day on which a criterion other than craving was met"), required=False,
        help_text=_("Only for a remission."),
    )  # fmt: skip
    controlled_environment = forms.BooleanField(
        label=_("Where they live keeps them from it, such as a jail or a locked ward"), required=False
    )
    on_maintenance = forms.BooleanField(
        label=_("With a medicine for it, such as methadone, buprenorphine or nicotine patches"), required=False
    )

    field_order = (
        "substance", "criteria", "as_prescribed", "in_remission", "last_met_on", "controlled_environment",
        "on_maintenance", "code", "onset_year", "words",
    )  # fmt: skip

    def use(self) -> Use:
        given = self.cleaned_data
        flags = ("as_prescribed", "in_remission", "last_met_on", "controlled_environment", "on_maintenance")
        return Use(
            Substance(given["substance"]), frozenset(map(Criterion, given["criteria"])),
            **{name: given[name] for name in flags},
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        return {**super().said(), "use": self.use()}


class EndForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Why it does not stand any more"), widget=forms.RadioSelect,
        choices=[(str(how), how.label) for how in DiagnosisEnd.How if how != DiagnosisEnd.How.REPLACED],
    )  # fmt: skip
    on = DateField(label=_("Since"))
    reason = forms.CharField(label=_("In a sentence"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 2}))


def as_it_stands(row: Diagnosis, opened: str) -> dict[str, Any]:
    """To look at it anew: nothing is asked again."""
    same = (
        "code", "onset_year", "substance", "criteria", "as_prescribed", "last_met_on", "controlled_environment",
        "on_maintenance",
    )  # fmt: skip
    return {**{name: getattr(row, name) for name in same}, "in_remission": bool(row.remission), "words": opened}
