"""What comes in: how a stay ended, a summary, a next place and what was done about it, a letter."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program import queries as program
from trellis.journey.admission.levels import words as levels
from trellis.journey.continuity.leaving import rules
from trellis.journey.continuity.leaving.words import GIVEN, HINTS, SECTIONS
from trellis.journey.continuity.models import Discharge, LetterAnswer, LetterRequest, TransitionPlan
from trellis.people.clients.forms import DateField
from trellis.people.clients.models import Episode
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.words import Who

MOST = 4000


def _words(label: Any, hint: Any = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=MOST, widget=area, help_text=hint)


class FinishForm(forms.Form):
    says_optional = False

    closed_on = DateField(label=_("Last day of the stay"))
    reason = forms.ChoiceField(
        label=_("How did it end?"), choices=Episode.CloseReason.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=_("Was the end planned?"), required=False, widget=forms.RadioSelect,
        choices=[one for one in Discharge.Kind.choices if one[0] != rules.Kind.DIED],
        help_text=_("If they have died, leave this and everything below empty. Nobody is asked for a summary now."),
    )  # fmt: skip
    condition = _words(SECTIONS["condition"], HINTS["condition"])
    medicines = _words(SECTIONS["medicines"], HINTS["medicines"])
    referrals = _words(SECTIONS["referrals"])
    helped = _words(SECTIONS["helped"])
    watch = _words(SECTIONS["watch"], HINTS["watch"])
    given = forms.MultipleChoiceField(
        label=_("They take along"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(GIVEN.items())
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reason = cleaned.get("reason")
        if reason and rules.kind_of(reason, cleaned.get("kind", "")) is None:
            needed = not cleaned.get("kind")
            self.add_error("kind", _("Say whether the end was planned.") if needed else _(
                "This does not fit how it ended. Check both."
            ))  # fmt: skip
        return cleaned


class SummaryForm(forms.Form):
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, amends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in rules.SECTIONS:
            self.fields[key] = _words(SECTIONS[key], HINTS.get(key, ""), rows=3)
        for key in rules.NEEDED:
            self.fields[key].required = True
        if amends:
            self.fields["why"] = forms.CharField(label=_("Why it changes"), max_length=400)

    def words(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in rules.SECTIONS}


class _Appointment(forms.Form):
    """A day and a time of the program's own clock."""

    appointment_on = DateField(label=_("Appointment, day"), required=False)
    appointment_time = forms.TimeField(
        label=_("Appointment, time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def appointment_at(self) -> datetime | None:
        day, at = self.cleaned_data.get("appointment_on"), self.cleaned_data.get("appointment_time")
        if not day or not at:
            return None
        return timezone.make_aware(datetime.combine(day, at), program.zone())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("appointment_on")) != bool(cleaned.get("appointment_time")):
            missing = "appointment_time" if cleaned.get("appointment_on") else "appointment_on"
            if missing not in self.errors:
                self.add_error(missing, _("Write the day and the time, or neither."))
        return cleaned


class PlanForm(_Appointment):
    direction = forms.ChoiceField(
        label=_("What is next?"), choices=TransitionPlan.Direction.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Name of the place"), max_length=200,
        help_text=_("As a consent names it: the gate compares the names."),
    )  # fmt: skip
    place_kind = forms.ChoiceField(
        label=_("What kind of place?"), choices=[("", _("Choose one")), *TransitionPlan.PlaceKind.choices]
    )
    level = forms.ChoiceField(label=_("Level of care there"), required=False)
    telephone = forms.CharField(label=_("Their telephone"), max_length=30, required=False)
    note = _words(_("What they should know, and who goes along"))
    field_order = (
        "direction", "place", "place_kind", "level", "telephone", "appointment_on", "appointment_time", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["level"]
        chosen.choices = [("", _("Not known")), *((key, levels.level(key)) for key in levels.LEVELS)]

    def said(self) -> dict[str, Any]:
        names = ("direction", "place", "place_kind", "level", "telephone", "note")
        return {name: self.cleaned_data[name] for name in names} | {"appointment_at": self.appointment_at()}


STEPS = (
    ("called", _("Called them")),
    ("appointment", _("They have an appointment")),
    ("sent", _("Papers went")),
    ("arrived", _("They got there")),
    ("missed", _("They did not get there")),
    ("withdrawn", _("It is no longer planned")),
)


class StepForm(_Appointment):
    kind = forms.ChoiceField(label=_("What happened?"), choices=STEPS, widget=forms.RadioSelect)
    on = DateField(label=_("On which day?"))
    disclosure = forms.ChoiceField(
        label=_("What was sent"), required=False,
        help_text=_("Letters and calls of ours to this place. They are named here, never copied."),
    )  # fmt: skip
    words = _words(_("Who spoke with whom, and what was said"))
    field_order = ("kind", "on", "appointment_on", "appointment_time", "disclosure", "words")

    def __init__(self, *args: Any, sent: list[tuple[Disclosure, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {row.public_id: row for row, _line in sent}
        chosen: Any = self.fields["disclosure"]
        chosen.choices = [("", _("Nothing")), *((row.public_id, line) for row, line in sent)]
        if not sent:
            del self.fields["disclosure"]

    def said(self) -> dict[str, Any]:
        return {
            "kind": self.cleaned_data["kind"], "on": self.cleaned_data["on"], "words": self.cleaned_data["words"],
            "appointment_at": self.appointment_at(),
            "disclosure": self.by_id.get(self.cleaned_data.get("disclosure", "")),
        }  # fmt: skip


class WhichLetter(forms.Form):
    """What whoever asks says, staff and clients alike."""

    audience = forms.ChoiceField(label=_("For whom?"), choices=LetterRequest.Audience.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("About what?"), choices=LetterRequest.Kind.choices, widget=forms.RadioSelect)
    recipient = forms.CharField(label=_("Who gets it, by name"), max_length=200)
    recipient_kind = forms.ChoiceField(
        label=_("Is this a person or an organization?"), initial=Who.ORGANIZATION, widget=forms.RadioSelect,
        choices=[(Who.PERSON, _("A person")), (Who.ORGANIZATION, _("An organization"))],
    )  # fmt: skip
    address = forms.CharField(label=_("Their address or number"), max_length=300, required=False)
    due_on = DateField(label=_("Needed by"))


class LetterForm(WhichLetter):
    since = DateField(label=_("First day the letter is about"))
    until = DateField(label=_("Last day the letter is about"))
    asked_by = forms.CharField(label=_("Who asked for it?"), max_length=120)
    field_order = (
        "audience", "kind", "recipient", "recipient_kind", "address", "since", "until", "asked_by", "due_on",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].help_text = _("As a consent names them: the gate compares the names.")


class CloseForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Why is there no letter?"), widget=forms.RadioSelect,
        choices=[(LetterAnswer.How.WITHDRAWN, _("Nobody needs it any more")),
                 (LetterAnswer.How.REFUSED, _("We do not write it"))],
    )  # fmt: skip
    why = forms.CharField(label=_("The reason, in a sentence"), max_length=400)
