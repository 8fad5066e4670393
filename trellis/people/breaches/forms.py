"""What comes in: an incident, what is known of it, an assessment, a list, a letter."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.people.accounts.models import Account
from trellis.people.breaches import actions, finding, letters
from trellis.people.breaches.actions import Factors, Facts, Sending
from trellis.people.breaches.models import Circumstances, Letter
from trellis.people.breaches.people import Person
from trellis.people.breaches.rules import Outcome
from trellis.people.consent.people_words import INFORMATION

MOST = 4000
#: what no browser fills in by itself
OFF = {"autocomplete": "off"}
#: a sentence; a library takes any of them
Words = Any


def words(label: Words, *, help_text: Words = "", required: bool = True, rows: int = 4, missing: Words = "") -> Any:
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST, required=required,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing or _("Write it down here.")},
    )  # fmt: skip


def day(label: Words, *, required: bool = True, help_text: Words = "") -> Any:
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def choice(label: Words, choices: Any, *, help_text: Words = "", initial: Any = None) -> Any:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, help_text=help_text, initial=initial,
        error_messages={"required": _("Choose one line.")},
    )  # fmt: skip


class FactsForm(forms.Form):
    """What is known now. `facts()` once it is valid."""

    use_required_attribute = False

    discovered_on = day(
        _("When was it found out?"),
        help_text=_("The first day on which anybody here knew, or could have known with care. The days run from here."),
    )
    happened_from = day(_("First day on which it happened"), required=False, help_text=_("Empty: nobody knows."))
    happened_until = day(_("Last day"), required=False, help_text=_("Empty: it was one day."))
    information = forms.MultipleChoiceField(
        label=_("What kinds of information?"), widget=forms.CheckboxSelectMultiple,
        choices=[(str(key), letters.capital_lazy(text)) for key, text in INFORMATION.items()],
        error_messages={"required": _("Choose at least one. If in doubt, choose more.")},
    )  # fmt: skip
    unencrypted = choice(
        _("Was it computer data that was not encrypted?"), Circumstances.Answer.choices,
        initial=Circumstances.Answer.UNKNOWN,
        help_text=_("Then a law of California sets 30 days (Civil Code 1798.82)."),
    )  # fmt: skip
    licensed = choice(
        _("Is this program licensed as a clinic or health facility?"), Circumstances.Answer.choices,
        initial=Circumstances.Answer.UNKNOWN,
        help_text=_("Then a law of California sets 15 business days (Health and Safety Code 1280.15)."),
    )  # fmt: skip
    residents = forms.IntegerField(
        label=_("How many of the people affected live in our state?"), required=False, min_value=0,
        max_value=10_000_000, help_text=_("Empty: nobody counted. Then all of them count."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last, found = (cleaned.get(name) for name in ("happened_from", "happened_until", "discovered_on"))
        if first and ((last and last < first) or (found and found < first)):
            self.add_error("happened_from", actions.DAYS_IN_ORDER)
        return cleaned

    def facts(self) -> Facts:
        said = self.cleaned_data
        return Facts(
            said["discovered_on"], tuple(said["information"]), said["happened_from"], said["happened_until"],
            said["licensed"], said["unencrypted"], said["residents"],
        )  # fmt: skip


class IncidentForm(FactsForm):
    what = words(
        _("What happened?"), missing=actions.SAY_IT,
        help_text=_("In plain words, as far as you know. Name no client: who was affected has a list of its own."),
    )  # fmt: skip
    told_by = words(_("Who found out, or told us?"), required=False, rows=2)
    at_once = words(
        _("What was done at once?"), required=False, rows=3,
        help_text=_("For example: the sign-in was ended, the letter came back unopened, the laptop was wiped."),
    )  # fmt: skip
    field_order = ["what", "discovered_on", "happened_from", "happened_until", "told_by", "at_once"]


class LearnForm(FactsForm):
    words = words(_("What is new, and how do you know?"))
    field_order = ["words"]


class DelayForm(forms.Form):
    use_required_attribute = False

    who = words(
        _("Who asked us to wait?"), rows=3, help_text=_("Name, office and number of the officer, and what they said.")
    )
    stated_on = day(_("On which day?"))
    until = day(
        _("Until which day, in writing"), required=False,
        help_text=_("Empty: it was only said. Then it holds for 30 days, unless it comes in writing."),
    )  # fmt: skip


OUTCOMES = (
    (Outcome.BREACH, _("It is a breach. People are told.")),
    (Outcome.LOW_PROBABILITY, _("Low probability that the information was compromised, by all four answers")),
    (Outcome.SECURED, _("It was encrypted, and nobody else has the key")),
    (Outcome.GOOD_FAITH, _("Somebody who works here opened it by mistake, in good faith, and it went no further")),
    (Outcome.INADVERTENT, _("It went by mistake between two people here who may both see records, and no further")),
    (Outcome.NOT_RETAINED, _("Whoever got it could not have kept it")),
)


class AssessForm(forms.Form):
    use_required_attribute = False

    nature = words(
        _("1. What kind of information, and how easily does it tell who somebody is?"), required=False, rows=3
    )
    who = words(_("2. Who used it or got it?"), required=False, rows=3)
    viewed = words(_("3. Was it really opened or taken?"), required=False, rows=3)
    mitigated = words(_("4. What was done so that less can come of it?"), required=False, rows=3)
    outcome = choice(_("What does it come to?"), [(key.value, text) for key, text in OUTCOMES])
    reasons = words(_("The reasons"), missing=actions.REASONS)
    signed = forms.CharField(
        label=_("Sign with your name"), max_length=120, widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _("Sign with your name.")},
    )  # fmt: skip

    def factors(self) -> Factors:
        said = self.cleaned_data
        return Factors(said["nature"], said["who"], said["viewed"], said["mitigated"])


class ReopenForm(forms.Form):
    use_required_attribute = False
    words = words(_("What came to light?"), missing=actions.REASONS)


class GivenForm(forms.Form):
    use_required_attribute = False

    on = day(_("On which day?"))
    words = words(
        _("Where, to whom, under which number"), rows=3,
        help_text=_("For a notice on the site: its address, and the day until which it stays (90 days)."),
    )  # fmt: skip


class LetterForm(forms.Form):
    """Each part in each language."""

    use_required_attribute = False
    labels = {
        "happened": _("What happened"), "doing": _("What we are doing"),
        "can_do": _("What they can do to protect themselves"),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in settings.LANGUAGES:
            for part in letters.PARTS:
                label = f"{self.labels[part]} ({name})"
                self.fields[f"{language}_{part}"] = words(label, rows=5, missing=actions.BOTH_LANGUAGES)

    def texts(self) -> dict[str, dict[str, str]]:
        said = self.cleaned_data
        return {
            language: {part: said[f"{language}_{part}"].strip() for part in letters.PARTS}
            for language, _name in settings.LANGUAGES
        }

    @staticmethod
    def initial_of(texts: dict[str, dict[str, str]]) -> dict[str, str]:
        return {f"{language}_{part}": text for language, parts in texts.items() for part, text in parts.items()}


class OpenedForm(forms.Form):
    """An account, between two instants."""

    use_required_attribute = False
    account: Account

    whose = forms.CharField(
        label=_("Whose account?"), max_length=200,
        help_text=_("The e-mail, or the whole name. Also of somebody who left."),
        widget=forms.TextInput(attrs=OFF), error_messages={"required": _("Write a name or an e-mail.")},
    )  # fmt: skip
    since = forms.DateTimeField(label=_("From"), help_text=_("If in doubt, earlier."))
    until = forms.DateTimeField(label=_("To"), help_text=_("If in doubt, later."))
    address = forms.GenericIPAddressField(
        label=_("Only from this network address"), required=False, help_text=_("Empty: from anywhere.")
    )

    def clean_whose(self) -> str:
        text: str = self.cleaned_data["whose"]
        found = finding.accounts_called(text)
        if not found:
            raise forms.ValidationError(_("No account has this name or e-mail. Check how it is spelled."))
        if len(found) > 1:
            raise forms.ValidationError(_("More than one account has this name. Write the e-mail."))
        self.account = found[0]
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends before it begins."))
        return cleaned

    def subjects(self) -> frozenset[str]:
        said = self.cleaned_data
        # The minute that was typed is part of it.
        until = said["until"] + timedelta(minutes=1)
        return finding.opened_by(self.account, said["since"], until, said["address"] or None)


class SentForm(forms.Form):
    """Everybody about whom something went to one recipient."""

    use_required_attribute = False
    sent: finding.Sent

    name = forms.CharField(
        label=_("To whom did it go?"), max_length=200,
        help_text=_("As it was written down: a person or an organization."),
        widget=forms.TextInput(attrs=OFF), error_messages={"required": _("Write a name.")},
    )  # fmt: skip

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        self.sent = finding.sent_to(name)
        if self.sent.near:
            raise forms.ValidationError(_("Nothing went to this name. Did you mean: %s?") % ", ".join(self.sent.near))
        if not self.sent.subjects:
            raise forms.ValidationError(_("Nothing is written down that went to this name."))
        return name


class EverybodyForm(forms.Form):
    use_required_attribute = False
    words = words(
        _("Why everybody?"), rows=2, help_text=_("For example: a backup or a laptop with the whole record is gone.")
    )


class PickForm(forms.Form):
    """Those whom a search found, to be chosen from."""

    use_required_attribute = False
    chosen = forms.MultipleChoiceField(
        label=_("Who was affected?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )  # fmt: skip
    words = words(_("Why?"), required=False, rows=2)

    def __init__(self, *args: Any, found: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(one.subject, one.name) for one in found]  # type: ignore[attr-defined]


class MarkForm(forms.Form):
    use_required_attribute = False
    words = words(_("Why?"), rows=3, missing=actions.WHY_OUT)


class TellForm(forms.Form):
    """How a letter went. `sending()` once it is valid."""

    use_required_attribute = False

    how = choice(_("How does it go?"), Letter.How.choices)
    on = day(_("On which day?"))
    to_whom = choice(_("To whom?"), Letter.ToWhom.choices, initial=Letter.ToWhom.THEMSELVES)
    name = forms.CharField(
        label=_("Name of the next of kin or representative"), max_length=120, required=False,
        widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address, or number"), max_length=300, required=False,
        help_text=_("The last one that we know. It lies sealed."), widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("They agreed that we write to them by e-mail"), required=False)

    def sending(self) -> Sending:
        said = self.cleaned_data
        return Sending(said["how"], said["on"], said["to_whom"], said["name"], said["address"], said["agreed"])
