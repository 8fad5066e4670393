"""What comes in of a referral: a file, or what somebody reads from a fax or hears at the telephone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.inquiry.forms.fields import PhoneField
from trellis.journey.inquiry.referral import NoReferral
from trellis.journey.inquiry.referral.arriving import Arrived, as_file, as_typed, other_kind
from trellis.people.clients.forms import DateField

LARGEST_FILE = 5_000_000
#: nobody who is referred was born, or let go, before this day
EARLIEST = date(1900, 1, 1)
#: a place may say on which day it will let somebody go
MOST_AHEAD = timedelta(days=60)
_OFF = {"autocomplete": "off"}

TOO_LARGE = _("This file is larger than 5 MB. Ask the sender for the last year alone, or type what matters below.")
ANOTHER_KIND = _("This is a %(kind)s file. We read FHIR files (JSON) here. Type what it says below.")
CHECK_YEAR = _("Check the year of this day.")
NO_REFERRAL = _(
    "We cannot read this file as a referral: it is no FHIR file, or no patient is in it. "
    "Ask the sender for a FHIR R4 bundle, or type what matters below."
)


class FileForm(forms.Form):
    """The cleaned value is an `Arrived`."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("FHIR file (JSON)"), help_text=_("At most 5 MB. The original is kept, sealed."), allow_empty_file=True,
        error_messages={"required": _("Choose the file that they sent.")},
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/fhir+json"}),
    )  # fmt: skip

    def clean_file(self) -> Arrived:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        data = file.read()
        if kind := other_kind(data):
            raise forms.ValidationError(ANOTHER_KIND % {"kind": kind})
        try:
            return as_file(data, now=clock.now(), zone=program.zone())
        except NoReferral as fault:
            raise forms.ValidationError(NO_REFERRAL) from fault


class TypedForm(forms.Form):
    """Short: what a clinician must know in a minute, and how to reach the person."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Who is referred?"), max_length=80, widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Write the name of the person.")},
    )  # fmt: skip
    born_on = DateField(
        label=_("Born on"), required=False, error_messages={"invalid": _("Write a day, such as 04/02/1981.")}
    )
    telephone = PhoneField(label=_("Telephone"), required=False, widget=forms.TextInput(attrs=_OFF | {"type": "tel"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))], initial="en",
        widget=forms.RadioSelect,
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("From where?"), help_text=_("The hospital, detox or program."), max_length=120,
        widget=forms.TextInput(attrs=_OFF), error_messages={"required": _("Write which place sent them.")},
    )  # fmt: skip
    sender = forms.CharField(label=_("From whom?"), max_length=120, required=False, widget=forms.TextInput(attrs=_OFF))
    discharged_on = DateField(
        label=_("Discharged on"), help_text=_("From this day 7 and 14 days are counted."), required=False,
        error_messages={"invalid": _("Write a day, such as 04/02/1981.")},
    )  # fmt: skip
    urgent = forms.CharField(
        label=_("What cannot wait?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: an overdose this week, no medication left after Friday."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("What happened, and why do they send them?"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    takes = forms.CharField(
        label=_("What do they take?"), help_text=_("One medication a line."), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    part2 = forms.BooleanField(
        label=_("It comes from substance use treatment (42 CFR part 2)"), required=False, initial=True,
        help_text=_("When in doubt, leave it checked."),
    )  # fmt: skip

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        if born_on is not None and born_on > clock.today(program.zone()):
            raise forms.ValidationError(_("This day lies in the future."))
        if born_on is not None and born_on < EARLIEST:
            raise forms.ValidationError(CHECK_YEAR)
        return born_on

    def clean_discharged_on(self) -> Any:
        left = self.cleaned_data["discharged_on"]
        if left is not None and not EARLIEST <= left <= clock.today(program.zone()) + MOST_AHEAD:
            raise forms.ValidationError(CHECK_YEAR)
        return left

    @property
    def arrived(self) -> Arrived:
        return as_typed(**self.cleaned_data)
