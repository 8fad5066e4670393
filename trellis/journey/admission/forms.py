"""What comes in when somebody is admitted; what the inquiry knows already stands in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.schema import Blueprint
from trellis.journey.admission import queries
from trellis.journey.admission.assessing.queries import assessing_clinicians
from trellis.journey.admission.rules import Person
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.forms import ContactForm, DateField, NameForm
from trellis.people.clients.models import Client
from trellis.people.staff.models import StaffMember

#: fields of the person, as `register_client` takes them
PERSON = (
    "chosen_name", "pronouns", "born_on", "language", "telephone", "email", "may_leave_message", "may_text",
    "safe_times", "safe_word", "payer", "legal_given", "legal_family",
)  # fmt: skip
SOMEBODY_NEW = ""
NOBODY_LICENSED = _("Nobody who may decide has a clinical license that counts today. Ask a director to write it down.")
LOOK = _("Somebody like this is known here. Look whether it is the same person, then send once more.")


class PersonForm(NameForm, ContactForm):
    """Who somebody is; or somebody we know, whose own record then holds."""

    known = forms.ChoiceField(label=_("Is it one of these people?"), widget=forms.RadioSelect, required=False)
    born_on = DateField(label=_("Date of birth"))
    payer = forms.ChoiceField(label=_("Who pays"))
    legal_given = forms.CharField(label=_("Given names, as on papers"), max_length=80, required=False)
    legal_family = forms.CharField(label=_("Family names, as on papers"), max_length=80, required=False)

    def __init__(self, *args: Any, blueprint: Blueprint, known: Sequence[Client] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {client.public_id: client for client in known}
        self._choices("known", [*((c.public_id, known_as(c)) for c in known), (SOMEBODY_NEW, _("No, somebody new"))])
        self._choices("payer", [("", _("Choose")), *((payer.key, str(payer.names)) for payer in blueprint.payers)])
        clinician: Any = self.fields["clinician"]
        clinician.queryset = self.clinicians()
        clinician.label_from_instance = lambda member: ", ".join(filter(None, (member.chosen_name, member.credential)))
        clinician.empty_label = _("Choose somebody")
        if not known:
            del self.fields["known"]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.client is not None:
            # Their own record holds; what stands in these fields is of no weight.
            for name in PERSON:
                self.errors.pop(name, None)
        elif self.people.keys() - self._shown():
            self.add_error("known", LOOK)
        return cleaned

    def _shown(self) -> set[str]:
        """Whom the page asked about when it was sent."""
        data: Any = self.data
        return set(data.getlist("shown"))

    @property
    def client(self) -> Client | None:
        """Somebody we know, who comes back."""
        return self.people.get(self.cleaned_data.get("known", ""))

    @property
    def born(self) -> date | None:
        return self.client.born_on if self.client else self.cleaned_data.get("born_on")

    @property
    def paid_by(self) -> str:
        return self.client.payer if self.client else self.cleaned_data.get("payer", "")

    def person(self) -> dict[str, Any]:
        """The client we know, or what `register_client` takes."""
        return {"client": self.client} if self.client else {name: self.cleaned_data[name] for name in PERSON}

    @staticmethod
    def clinicians() -> "QuerySet[StaffMember]":
        raise NotImplementedError


class AdmitForm(PersonForm):
    reason = forms.CharField(
        label=_("Why this level of care is right for them"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("A sentence or two. The care team reads it."),
    )  # fmt: skip
    clinician = forms.ModelChoiceField(
        label=_("Who decides on the admission"), queryset=StaffMember.objects.none(), to_field_name="public_id",
        help_text=_("They stand on the care team from that day on."),
    )  # fmt: skip
    admitted_on = DateField(label=_("Admitted on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clinician: Any = self.fields["clinician"]
        if not clinician.queryset.exists():
            clinician.help_text = NOBODY_LICENSED

    @staticmethod
    def clinicians() -> "QuerySet[StaffMember]":
        return queries.admitting_clinicians()

    def admission(self) -> dict[str, Any]:
        """What `admit` takes, beside the inquiry and the level."""
        return {**self.person(), **{name: self.cleaned_data[name] for name in ("reason", "clinician", "admitted_on")}}


class AssessForm(PersonForm):
    clinician = forms.ModelChoiceField(
        label=_("Who assesses"), queryset=StaffMember.objects.none(), to_field_name="public_id",
        help_text=_("They can work in the record until somebody is admitted, or the inquiry ends."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].required = False  # often not known before the assessment

    @staticmethod
    def clinicians() -> "QuerySet[StaffMember]":
        return assessing_clinicians()


def known_as(client: Client) -> str:
    year = _("born %(year)s") % {"year": client.born_on.year} if client.born_on else ""
    here = _("in the program now") if getattr(client, "here", False) else ""
    return ", ".join(filter(None, [client.chosen_name, str(year), str(here)]))


def typed_person(data: Any) -> tuple[Person, tuple[str, str]]:
    """What was typed so far, sound or not, as far as it says who somebody is; and the names on papers."""
    try:
        born_on = date.fromisoformat(data.get("born_on", ""))
    except ValueError:
        born_on = None
    told = {name: data.get(name, "").replace("\0", "").strip() for name in ("telephone", "email")}
    legal = tuple(data.get(name, "").replace("\0", "").strip() for name in ("legal_given", "legal_family"))
    return Person(0, data.get("chosen_name", "").replace("\0", "")[:80], born_on=born_on, **told), (legal[0], legal[1])


def from_inquiry(inquiry: Inquiry) -> dict[str, Any]:
    """What the inquiry knows about the person. Somebody who asked for another gave us nothing about that person."""
    if not inquiry.is_about_themself:
        return {"language": inquiry.language}
    return {
        "chosen_name": inquiry.name,
        "telephone": inquiry.telephone,
        "email": inquiry.email,
        "may_leave_message": inquiry.may_leave_message,
        "may_text": inquiry.may_text,
        "safe_times": inquiry.safe_times,
        "language": inquiry.language,
    }
