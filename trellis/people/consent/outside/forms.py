"""What comes in while somebody speaks, and what a clinician says about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.clients.models import Client
from trellis.people.consent.outside.actions import SAY_WHAT_WAS_DONE, Heard

#: no browser offers here what somebody typed before
_OFF = {"autocomplete": "off", "spellcheck": "false"}
NOBODY = "nobody"


class HeardForm(forms.Form):
    """Words only. No line must be filled: that somebody asked is worth a note by itself."""

    use_required_attribute = False
    says_optional = False

    danger = forms.BooleanField(
        label=_("Somebody may be in danger"),
        help_text=_("Tick it if you are not sure. The next page says what to do now."),
        required=False,
    )
    asker_name = forms.CharField(
        label=_("Who is it?"), help_text=_("The name they give, and whom they speak for."), max_length=200,
        required=False, widget=forms.TextInput(attrs=_OFF),
    )  # fmt: skip
    asker_contact = forms.CharField(
        label=_("How can we reach them?"), help_text=_("If they want to be called. Promise no call."), max_length=200,
        required=False, widget=forms.TextInput(attrs=_OFF),
    )  # fmt: skip
    about = forms.CharField(
        label=_("Whom do they ask about?"), help_text=_("Their words. Look nobody up."), max_length=200,
        required=False, widget=forms.TextInput(attrs=_OFF),
    )  # fmt: skip
    asked_for = forms.CharField(
        label=_("What do they ask for?"), help_text=_("A yes or no, days, papers, a call."), max_length=2000,
        required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    told = forms.CharField(
        label=_("What do they tell us?"), help_text=_("As they say it. You need not agree and need not answer."),
        max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    in_confidence = forms.BooleanField(label=_("They asked us to keep this between us"), required=False)

    def heard(self, asker: str) -> Heard:
        return Heard(asker=asker, **self.cleaned_data)


class ReviewForm(forms.Form):
    """`people`: whom the search found, among those whom the reader may see. Silence links nobody."""

    use_required_attribute = False
    says_optional = False

    q = forms.CharField(
        label=_("A part of the name"), max_length=80, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    whose = forms.ChoiceField(
        label=_("Whose record does it belong to?"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one line. If you do not know, leave it for the clinical director."),
            "invalid_choice": _("Choose one of the people who stand here now."),
        },
    )  # fmt: skip
    done = forms.CharField(
        label=_("What did you do?"), help_text=_("For example: told the therapist; called back; nothing to do."),
        max_length=400, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": SAY_WHAT_WAS_DONE},
    )  # fmt: skip

    def __init__(self, *args: Any, people: "tuple[Client, ...]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {client.public_id: client for client in people}
        choices = [(key, _words(client)) for key, client in self.people.items()]
        self.fields["whose"].choices = [*choices, (NOBODY, _("To nobody’s"))]  # type: ignore[attr-defined]

    @property
    def client(self) -> Client | None:
        return self.people.get(self.cleaned_data["whose"])


def _words(client: Client) -> str:
    return f"{client.chosen_name} ({client.pronouns})" if client.pronouns else client.chosen_name
