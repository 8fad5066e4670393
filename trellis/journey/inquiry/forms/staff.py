"""What staff type: few fields, in the order in which a person speaks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.record.ids import new_public_id
from trellis.journey.inquiry.actions.asking import NO_WORDS_OF_LOVED_ONE
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.forms.fields import PhoneField
from trellis.journey.inquiry.models import Channel, CloseReason, ForWhom, Outcome, SafeTime

_OFF = {"autocomplete": "off"}


class TakeForm(forms.Form):
    """A call, voicemail, walk-in or fax, typed while the person speaks."""

    use_required_attribute = False

    channel = forms.ChoiceField(
        label=_("How did they come?"),
        choices=[choice for choice in Channel.choices if choice[0] not in (Channel.WEB, Channel.REFERRAL)],
        initial=Channel.CALL,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=_OFF | {"autofocus": True, "accesskey": "1"}),
    )
    telephone = PhoneField(
        label=_("Telephone"), required=False, widget=forms.TextInput(attrs=_OFF | {"type": "tel", "accesskey": "2"})
    )
    for_whom = forms.ChoiceField(
        label=_("For whom?"),
        choices=[
            (ForWhom.SELF, _("For themself")),
            (ForWhom.LOVED_ONE, _("For someone they love")),
            (ForWhom.REFERRING, _("Refers someone")),
        ],
        initial=ForWhom.SELF,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", _("English")), ("es", _("Spanish"))],
        initial="en",
        widget=forms.RadioSelect,
    )
    may_leave_message = forms.BooleanField(label=_("We may leave a message"), required=False)
    may_text = forms.BooleanField(label=_("We may send a text"), required=False)
    times = forms.MultipleChoiceField(
        label=_("Good times"), choices=SafeTime.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    safe_note = forms.CharField(
        label=_("Know before calling"), max_length=120, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    words = forms.CharField(
        label=_("What they want us to know"),
        help_text=_("Leave this empty when somebody asks for a loved one."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "accesskey": "3"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        widget=forms.EmailInput(attrs=_OFF),
        error_messages={"invalid": _("Write the whole address, like name@example.org.")},
    )
    may_email = forms.BooleanField(label=_("We may send an email"), required=False)
    organisation = forms.CharField(
        label=_("Where they work, if they refer someone"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=_OFF),
    )
    asked_at = forms.DateTimeField(
        label=_("When it came in"), help_text=_("Only for a voicemail or a fax. Empty means now."), required=False
    )

    def clean_asked_at(self) -> Any:
        asked_at = self.cleaned_data["asked_at"]
        if asked_at is not None and asked_at > clock.now():
            raise forms.ValidationError(_("That lies in the future. Write when it came in, or leave it empty."))
        return asked_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("for_whom") == ForWhom.LOVED_ONE and cleaned.get("words"):
            self.add_error("words", NO_WORDS_OF_LOVED_ONE)
        reachable = cleaned.get("telephone") or cleaned.get("email") or self.errors.keys() & {"telephone", "email"}
        if not reachable and cleaned.get("channel") != Channel.WALK_IN:
            self.add_error("telephone", _("Write a telephone number or an email address, so that we can call back."))
        return cleaned

    @property
    def answers(self) -> Answers:
        plain = {name: self.cleaned_data[name] for name in self.fields if name not in ("channel", "asked_at", "times")}
        return Answers(times=tuple(self.cleaned_data["times"]), **plain)


class AttemptForm(forms.Form):
    """One call and what came of it."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of the call.")},
    )
    place = forms.CharField(
        label=_("Where did you refer them?"),
        help_text=_("Only when you referred them elsewhere."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=_OFF),
    )
    call_again = forms.DateTimeField(label=_("Call again at"), required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_public_id())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == Outcome.REFERRED_ELSEWHERE and not cleaned.get("place", "").strip():
            self.add_error("place", _("Write where you referred them to."))
        if cleaned.get("call_again") and cleaned["call_again"] <= clock.now():
            self.add_error("call_again", _("The next call lies in the past. Choose a time from now on."))
        return cleaned


class CloseForm(forms.Form):
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=CloseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it ends.")},
    )
