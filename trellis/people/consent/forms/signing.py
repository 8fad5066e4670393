"""What a consent says, and who signs it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from trellis.people.clients.forms import DateField
from trellis.people.consent import people_words as words
from trellis.people.consent.models import Consent
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import TREATING, Signature, Terms
from trellis.people.consent.rules.words import ORDINARY, TPO, Information, Kind, Purpose, Signer, Who

Choices = list[tuple[str, Any]]

WHO: Choices = [(Who.PERSON, _("A person")), (Who.ORGANIZATION, _("An organization"))]
FAR = date(2099, 12, 31)
ON_DAY, WITH_TREATMENT, NEVER = "day", "treatment", "never"
UNTIL: Choices = [
    (WITH_TREATMENT, _("Until treatment here ends")),
    (ON_DAY, _("Until a day that you choose")),
]
FOR_TPO: Choices = [(NEVER, _("Until I take it back")), *UNTIL]
#: what a consent for a person may be for: what the other kinds are for, they alone serve
SPECIFIC_PURPOSES = [
    one for one in Purpose if one not in (Purpose.LEGAL_PROCEEDINGS, Purpose.CRIMINAL_JUSTICE, Purpose.AUDIT)
]


def choices(said: words.Table, among: Iterable[str]) -> Choices:
    return [(one, said[one]) for one in said if one in set(among)]


class TermsForm(forms.Form):
    """What a consent of one kind says. `terms()` once it is valid; the rule says what is still lacking."""

    says_optional = False

    recipient_name = forms.CharField(
        label=_("Who may be told?"), max_length=200, required=False,
        help_text=_("The full name of the person, or of the organization."),
    )  # fmt: skip
    recipient_kind = forms.ChoiceField(
        label=_("Is this a person or an organization?"), choices=WHO, initial=Who.PERSON, widget=forms.RadioSelect
    )
    intermediary = forms.BooleanField(
        label=_("It is an intermediary: it passes on what it is told"), required=False,
        help_text=_("Such as an exchange where clinics find each other’s records."),
    )  # fmt: skip
    to_treating = forms.BooleanField(
        label=_("It may pass it on to everybody there who treats the client"), required=False
    )
    member_names = forms.CharField(
        label=_("Or only to these"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One full name a line. Only for an intermediary."),
    )  # fmt: skip
    information = forms.MultipleChoiceField(
        label=_("What may they be told?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=choices(words.INFORMATION, ORDINARY),
    )  # fmt: skip
    purposes = forms.MultipleChoiceField(
        label=_("What is it for?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=choices(words.PURPOSES, SPECIFIC_PURPOSES),
    )  # fmt: skip
    until = forms.ChoiceField(label=_("Until when?"), choices=UNTIL, required=False, widget=forms.RadioSelect)
    until_day = DateField(
        label=_("The last day"), required=False, help_text=_("Only where you chose a day."),
        validators=[MaxValueValidator(FAR, _("Choose a day before the year 2100."))],
    )  # fmt: skip
    revocable_on = DateField(
        label=_("From which day on can it be taken back?"), required=False,
        help_text=_("As the court, probation or parole says. Empty: at any time."),
    )  # fmt: skip
    #: an intermediary is rare: what it asks for comes last
    field_order = (
        "recipient_name", "recipient_kind", "information", "purposes", "until", "until_day", "revocable_on",
    )  # fmt: skip
    #: where the rule speaks of a part, under which field it stands
    FIELD_OF = {"recipients": "recipient_name", "expires": "until", "members": "member_names"}

    def __init__(self, *args: Any, kind: str, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.zone = Kind(kind), zone
        for name in _not_asked(self.kind):
            del self.fields[name]
        if self.kind == Kind.TPO:
            self.fields["until"].choices = FOR_TPO  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        said, until = self.cleaned_data, self.cleaned_data.get("until")
        on = said.get("until_day") if until == ON_DAY else None
        return Terms(
            kind=str(self.kind),
            recipients=self._recipients(),
            information=_fixed_information(self.kind) or tuple(said.get("information", ())),
            purposes=_fixed_purposes(self.kind) or tuple(said.get("purposes", ())),
            expires_at=self._begins(on + timedelta(days=1)) if on else None,
            expires_with_treatment=until == WITH_TREATMENT,
            never_expires=until == NEVER,
            revocable_after=self._begins(said.get("revocable_on")),
            intermediary=bool(said.get("intermediary")),
            members=self._members(),
        )

    def lacks(self, parts: dict[str, Any]) -> None:
        """Say under each field what the rule found."""
        for part, sentence in parts.items():
            self.add_error(self.FIELD_OF.get(part, part), str(sentence))

    def _recipients(self) -> tuple[Recipient, ...]:
        if self.kind == Kind.TPO:
            return tuple(Recipient(Who.CLASS, name) for name in words.CLASSES)
        return (Recipient(self.cleaned_data["recipient_kind"], self.cleaned_data["recipient_name"]),)

    def _members(self) -> tuple[Recipient, ...]:
        if not self.cleaned_data.get("intermediary"):
            return ()
        everybody = (Recipient(Who.CLASS, TREATING),) if self.cleaned_data["to_treating"] else ()
        named = filter(None, map(str.strip, self.cleaned_data["member_names"].splitlines()))
        return (*everybody, *(Recipient(Who.ORGANIZATION, name) for name in named))

    def _begins(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time.min, tzinfo=self.zone) if day else None


def _not_asked(kind: Kind) -> set[str]:
    """What is settled by the kind, and what only 2.35 knows."""
    left = set() if kind == Kind.CRIMINAL_JUSTICE else {"revocable_on"}
    if kind != Kind.SPECIFIC:
        left |= {"intermediary", "to_treating", "member_names"}
    if kind == Kind.TPO:
        left |= {"recipient_name", "recipient_kind"}
    if _fixed_information(kind):
        left.add("information")
    return left | ({"purposes"} if _fixed_purposes(kind) else set())


def _fixed_information(kind: Kind) -> tuple[str, ...]:
    if kind == Kind.COUNSELING_NOTES:
        return (Information.COUNSELING_NOTES,)
    return tuple(one for one in Information if one in ORDINARY) if kind == Kind.TPO else ()


def _fixed_purposes(kind: Kind) -> tuple[str, ...]:
    if kind == Kind.TPO:
        return tuple(one for one in Purpose if one in TPO)
    alone = {Kind.LEGAL_PROCEEDINGS: Purpose.LEGAL_PROCEEDINGS, Kind.CRIMINAL_JUSTICE: Purpose.CRIMINAL_JUSTICE}
    return (alone[kind],) if kind in alone else ()


class OwnSignatureForm(forms.Form):
    """Whoever reads it on their own device signs with their name."""

    signer_name = forms.CharField(
        label=_("Your full name"), max_length=120, help_text=_("Typing it is your signature."),
        error_messages={"required": _("Type the full name: that is the signature.")},
    )  # fmt: skip

    def signature(self) -> Signature:
        return Signature(Signer.CLIENT, self.cleaned_data["signer_name"])


class SignatureForm(OwnSignatureForm):
    """At the program: on the tablet, or on paper that somebody writes down."""

    says_optional = False

    signed_by = forms.ChoiceField(
        label=_("Who signs?"), choices=[(key, said) for key, said in words.SIGNERS.items()], initial=Signer.CLIENT
    )
    second_signer_name = forms.CharField(
        label=_("The parent's full name"), max_length=120, required=False,
        help_text=_("Only where a minor and a parent sign together."),
    )  # fmt: skip
    signed_on = forms.ChoiceField(
        label=_("How is it signed?"), initial=Consent.SignedOn.OUR_DEVICE, widget=forms.RadioSelect,
        choices=[
            (Consent.SignedOn.OUR_DEVICE, _("Here on this screen")),
            (Consent.SignedOn.PAPER, _("On paper, which lies before me signed")),
        ],
    )  # fmt: skip
    paper_place = forms.CharField(
        label=_("Where is the paper kept?"), max_length=200, required=False, help_text=_("Only for paper.")
    )
    field_order = ("signed_on", "signed_by", "signer_name", "second_signer_name", "paper_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer_name"].label = _("Full name of whoever signs")

    def signature(self) -> Signature:
        said = self.cleaned_data
        return Signature(said["signed_by"], said["signer_name"], said["second_signer_name"])
