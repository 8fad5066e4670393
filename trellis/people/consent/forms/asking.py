"""May I tell somebody, and what went then."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.consent import people_words as words
from trellis.people.consent.actions.gate import How, Wanted
from trellis.people.consent.forms.signing import WHO, choices
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.grounds import COVERS, GROUNDS
from trellis.people.consent.rules.words import CLASSES, ORDINARY, Who

#: facts that are words and no yes
WRITTEN = frozenset({"recipient_name", "recipient_affiliation", "disclosed_by", "nature"})
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
        choices=choices(words.ROLES, CLASSES), help_text=_("Leave it empty if they are none of these."),
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
        self.fields["purpose"].choices = choices(words.PURPOSES, rule.purposes)  # type: ignore[attr-defined]
        self.fields["information"].choices = choices(words.INFORMATION, rule.information)  # type: ignore[attr-defined]
        self.fields["roles"].choices = choices(words.ROLES, rule.roles)  # type: ignore[attr-defined]
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
            choices=choices(words.INFORMATION, ORDINARY),
        )  # fmt: skip
    if name in WRITTEN:
        return forms.CharField(label=words.FACTS[name], required=False, max_length=300)
    return forms.BooleanField(label=words.FACTS[name], required=False)


#: a message goes by itself, from the outbox
BY_HAND = [one for one in How.choices if one[0] != How.MESSAGE]


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


class FactsForm(forms.Form):
    """What the record of an emergency still lacks."""

    says_optional = False

    def __init__(self, *args: Any, owed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in owed:
            self.fields[name] = forms.CharField(label=words.FACTS[name], required=False, max_length=300)
