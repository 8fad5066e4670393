"""What comes in about consents and about what somebody wants to know."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from trellis.foundation.documents.forms import PaperField
from trellis.people.clients.forms import DateField
from trellis.people.consent import people_words as words
from trellis.people.consent.actions.gate import How, Wanted
from trellis.people.consent.models import Consent
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import TREATING, Signature, Terms
from trellis.people.consent.rules.grounds import COVERS, GROUNDS
from trellis.people.consent.rules.passing_on import SAY_WHAT, SAY_WHOM
from trellis.people.consent.rules.words import CLASSES, ORDINARY, TPO, Information, Kind, Purpose, Signer, Who

Choices = list[tuple[str, Any]]

WHO: Choices = [(Who.PERSON, _("A person")), (Who.ORGANIZATION, _("An organization"))]
FAR = date(2099, 12, 31)
ON_DAY, WITH_TREATMENT, NEVER = "day", "treatment", "never"
UNTIL: Choices = [
    (WITH_TREATMENT, _("Until treatment here ends")),
    (ON_DAY, _("Until a day that you choose")),
]
FOR_TPO: Choices = [(NEVER, _("Until I take it back")), *UNTIL]
#: facts that are words and no yes
WRITTEN = frozenset({"recipient_name", "recipient_affiliation", "disclosed_by", "nature"})
#: what a consent for a person may be for: what the other kinds are for, they alone serve
SPECIFIC_PURPOSES = [
    one for one in Purpose if one not in (Purpose.LEGAL_PROCEEDINGS, Purpose.CRIMINAL_JUSTICE, Purpose.AUDIT)
]


def _of(said: words.Table, among: Iterable[str]) -> Choices:
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
        choices=_of(words.INFORMATION, ORDINARY),
    )  # fmt: skip
    purposes = forms.MultipleChoiceField(
        label=_("What is it for?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=_of(words.PURPOSES, SPECIFIC_PURPOSES),
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


SOMEBODY_ELSE = ""


class AskForm(forms.Form):
    """May I? Who wants to know what, and what for; by consent, or on one ground with its own facts."""

    says_optional = False

    who = forms.ChoiceField(label=_("Who would be told?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Their full name"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Is this a person or an organization?"), choices=WHO, initial=Who.PERSON, widget=forms.RadioSelect
    )
    roles = forms.MultipleChoiceField(
        label=_("What are they?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=_of(words.ROLES, CLASSES), help_text=_("Leave it empty if they are none of these."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What for?"), choices=[("", _("Choose one")), *words.PURPOSES.items()])
    information = forms.MultipleChoiceField(
        label=_("What would they be told?"), widget=forms.CheckboxSelectMultiple,
        choices=list(words.INFORMATION.items()),
        error_messages={"required": _("Choose what they would be told.")},
    )  # fmt: skip
    address = forms.CharField(label=_("Their address or number"), max_length=300, required=False)

    def __init__(self, *args: Any, named: Iterable[Recipient], ground: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground
        people = [(f"{one.kind}:{one.name}", one.name) for one in named if one.kind != Who.CLASS]
        self.fields["who"].choices = [*dict(people).items(), (SOMEBODY_ELSE, _("Somebody else"))]  # type: ignore[attr-defined]
        if ground is None:
            return
        rule = GROUNDS[ground]
        del self.fields["who"]
        self.fields["purpose"].choices = _of(words.PURPOSES, rule.purposes)  # type: ignore[attr-defined]
        self.fields["information"].choices = _of(words.INFORMATION, rule.information)  # type: ignore[attr-defined]
        self.fields["roles"].choices = _of(words.ROLES, rule.roles)  # type: ignore[attr-defined]
        if not rule.roles:
            del self.fields["roles"]
        for fact in (*rule.facts, *rule.afterwards):
            if fact not in NOT_ASKED:
                self.fields[fact] = _fact(fact)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("who") and not cleaned.get("name", "").strip():
            self.add_error("name", _("Write the name of whoever would be told."))
        return cleaned

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        kind, _sep, name = said["who"].partition(":") if said.get("who") else (said["kind"], "", said["name"])
        return Wanted(
            recipient=Recipient(
                kind, name, frozenset(said.get("roles", ())) | ALREADY.get(self.ground or "", frozenset())
            ),
            purpose=said["purpose"],
            information=tuple(said["information"]),
            ground=self.ground,
            facts=self._facts(),
            address=said["address"],
        )

    def _facts(self) -> dict[str, Any]:
        if self.ground is None:
            return {}
        rule = GROUNDS[self.ground]
        names = [fact for fact in (*rule.facts, *rule.afterwards) if fact in self.fields]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


#: what whoever is told is by the ground itself
ALREADY = {"client_access": frozenset({"client"})}
#: known from the record, or from the name above
NOT_ASKED = frozenset({"deceased", "client", "recipient_name"})


def _fact(name: str) -> forms.Field:
    if name == COVERS:
        return forms.MultipleChoiceField(
            label=words.FACTS[name], required=False, widget=forms.CheckboxSelectMultiple,
            choices=_of(words.INFORMATION, ORDINARY),
        )  # fmt: skip
    if name in WRITTEN:
        return forms.CharField(label=words.FACTS[name], required=False, max_length=300)
    return forms.BooleanField(label=words.FACTS[name], required=False)


#: a message goes by itself, from the outbox
BY_HAND = [one for one in How.choices if one[0] != How.MESSAGE]


class ScanForm(forms.Form):
    """A page of the paper that was signed."""

    file = PaperField(
        label=_("Photograph or PDF of the paper"),
        error_messages={"required": _("Take a photograph, or choose a file.")},
        help_text=_("Every page that was signed, one after the other. JPEG, PNG or PDF, at most 10 MB."),
    )  # fmt: skip


class ReleaseForm(forms.Form):
    """It goes now: how, and what it is in a line."""

    says_optional = False

    how = forms.ChoiceField(label=_("How does it go?"), choices=BY_HAND, widget=forms.RadioSelect)
    content = forms.CharField(
        label=_("What exactly, in a line?"), max_length=300, required=False,
        help_text=_("For what you say or hand over. A letter writes itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, writable: frozenset[str], information: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cannot_write = [one for one in information if one not in writable]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        how = cleaned.get("how")
        if how == How.LETTER and self.cannot_write:
            self.add_error("how", _(
                "A letter can say only what stands in this system. It cannot say: %(what)s. "
                "Leave that out, or tell it in another way."
            ) % {"what": words.information(self.cannot_write)})  # fmt: skip
        if how and how != How.LETTER and not cleaned.get("content", "").strip():
            self.add_error("content", _("Write in a line what you tell or hand over."))
        return cleaned


class PassedOnForm(forms.Form):
    """What an intermediary told us: whom it told, when, and what."""

    use_required_attribute = False
    says_optional = False

    told = forms.ChoiceField(label=_("What had we told them?"), error_messages={"required": _("Choose one line.")})
    entity = forms.CharField(
        label=_("To whom did they pass it on?"), max_length=200, error_messages={"required": SAY_WHOM}
    )
    on = DateField(label=_("On which day?"), error_messages={"required": _("Write the day.")})
    what = forms.CharField(
        label=_("What, in a few words?"), max_length=300, error_messages={"required": SAY_WHAT},
        help_text=_("Such as: the days on which they came. No more than the client needs to know it again."),
    )  # fmt: skip

    def __init__(self, *args: Any, told: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = told  # type: ignore[attr-defined]


class FactsForm(forms.Form):
    """What the record of an emergency still lacks."""

    says_optional = False

    def __init__(self, *args: Any, owed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in owed:
            self.fields[name] = forms.CharField(label=words.FACTS[name], required=False, max_length=300)


class StandingForm(forms.Form):
    """What decides who signs, and who is not to be told."""

    says_optional = False

    guardian_appointed = forms.BooleanField(label=_("A court appointed a guardian for them"), required=False)
    minor_consented_alone = forms.BooleanField(
        label=_("They are 12 to 17 and consented to this treatment alone"), required=False,
        help_text=_("California lets them (Family Code 6929). Then nobody else signs, and parents are not told."),
    )  # fmt: skip
    deceased = forms.BooleanField(label=_("They have died"), required=False)
    restricted = forms.CharField(
        label=_("Who is not to be told, whatever a consent says?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One full name a line. Write “organization:” before the name of an organization."),
    )  # fmt: skip

    PREFIX = "organization:"

    @classmethod
    def lines(cls, entries: Iterable[Recipient]) -> str:
        return "\n".join(f"{cls.PREFIX if one.kind == Who.ORGANIZATION else ''} {one.name}".strip() for one in entries)

    def recipients(self) -> tuple[Recipient, ...]:
        return tuple(map(self._one, filter(str.strip, self.cleaned_data["restricted"].splitlines())))

    def _one(self, line: str) -> Recipient:
        said = line.strip()
        if said.casefold().startswith(self.PREFIX):
            return Recipient(Who.ORGANIZATION, said[len(self.PREFIX) :].strip())
        return Recipient(Who.PERSON, said)
