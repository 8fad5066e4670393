"""What comes in about a client's meetings: all of it optional, the same for them and for staff who help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trellis.foundation.places import kinds
from trellis.foundation.places.finding import Offer
from trellis.foundation.places.forms.finder import FAR
from trellis.foundation.places.presenters.finder import language_word
from trellis.journey.recovery.actions import MILES
from trellis.journey.recovery.models import MeetingChoice, Need, Way

WAYS = (("", _("Either")), (Way.IN_PERSON.value, _("In person")), (Way.ONLINE.value, _("Online")))
NEEDS = (
    (Need.WHEELCHAIR.value, kinds.WHEELCHAIR.label),
    (Need.NEWCOMERS.value, kinds.NEWCOMERS.label),
    (Need.FAMILIES.value, kinds.FAMILIES.label),
)


def _far() -> list[tuple[int, str]]:
    return [(miles, ngettext("%(miles)d mile", "%(miles)d miles", miles) % {"miles": miles}) for miles in FAR]


class MeetingChoiceForm(forms.Form):
    says_optional = False  # all of it is

    start = forms.CharField(
        label=_("Near which ZIP code or place?"), max_length=80, required=False,
        help_text=_("Such as 91766 or Claremont. Left empty, we guess nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    miles = forms.TypedChoiceField(
        label=_("At most how far from there?"), choices=_far, coerce=int, empty_value=None, required=False
    )
    way = forms.ChoiceField(label=_("In person or online?"), choices=WAYS, required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Which groups?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("By the alphabet. Mark none, and all of them count."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("What must a meeting have?"), choices=NEEDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    on_today = forms.BooleanField(label=_("Show the next two on Today"), required=False)

    def __init__(self, *args: Any, offer: Offer, chosen: MeetingChoice | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _as_chosen(chosen), **kwargs})
        # What left the lists stays in sight for whoever chose it, so that they can take it away.
        groups = sorted({*offer.kinds, *(chosen.kinds if chosen else ())}, key=str.casefold)
        codes = {"en", "es", *offer.languages, *([chosen.language] if chosen and chosen.language else ())}
        languages = sorted(((code, language_word(code)) for code in codes), key=lambda pair: pair[1].casefold())
        self.fields["kinds"].choices = [(group, group) for group in groups]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Any")), *languages]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["kinds"]


def _as_chosen(chosen: MeetingChoice | None) -> dict[str, Any]:
    if chosen is None:
        return {"miles": MILES, "on_today": True}
    return {name: getattr(chosen, name) for name in MeetingChoiceForm.base_fields} | {"miles": chosen.miles or MILES}
