"""Asking for help, one question a page. What was answered before travels in the form itself: no cookie, no account."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.forms.fields import PhoneField, yes_or_no
from trellis.journey.inquiry.models import ForWhom, SafeTime, Topic


class Step(forms.Form):
    """One question. `so_far` is what was typed on the other pages, cleaned or not."""

    key: ClassVar[str]
    question: ClassVar[Any]
    hint: ClassVar[Any] = ""

    use_required_attribute = False  # our own sentences, in the page's language

    def __init__(self, data: Any = None, *, so_far: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="ask-%s", **kwargs)
        self.so_far = so_far or {}
        self.fit()

    def fit(self) -> None:
        """Leave out what does not apply to this person."""


class Who(Step):
    key = "who"
    question = _("Who needs help?")

    for_whom = forms.ChoiceField(
        label=_("Who needs help?"),
        choices=ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the line that fits best.")},
    )


class Reach(Step):
    key = "reach"
    question = _("How can we reach you?")
    hint = _("A telephone number or an email address is enough.")

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("A first name or a letter is enough."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write a name that we can ask for. A letter is enough.")},
    )
    organisation = forms.CharField(
        label=_("Where do you work?"),
        help_text=_("For example a clinic, a school or a court."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    telephone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the whole address, like name@example.org.")},
    )

    def fit(self) -> None:
        if self.so_far.get("for_whom") != ForWhom.REFERRING:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        tried = {"telephone", "email"} & set(self.errors)
        if not tried and not cleaned.get("telephone") and not cleaned.get("email"):
            self.add_error("telephone", _("Write a telephone number or an email address, so that we can reach you."))
        return cleaned


class Safely(Step):
    key = "safely"
    question = _("What is safe for you?")
    hint = _("Others may hear your phone or read your mail. We do only what you allow.")

    may_leave_message = yes_or_no(
        _("May we leave a message?"), help_text=_("It says our first name and a number, and nothing else.")
    )
    may_text = yes_or_no(_("May we send a text message?"))
    may_email = yes_or_no(
        _("May we send you an email?"), help_text=_("It says when you hear from us. It does not say who we are.")
    )

    def fit(self) -> None:
        if not str(self.so_far.get("telephone", "")).strip():
            del self.fields["may_leave_message"], self.fields["may_text"]
        if not str(self.so_far.get("email", "")).strip():
            del self.fields["may_email"]

    def clean_may_email(self) -> bool:
        allowed = bool(self.cleaned_data["may_email"])
        if not allowed and "may_text" not in self.fields:
            raise forms.ValidationError(
                _("Without email we cannot reach you. Choose yes, or go back and add a telephone number.")
            )
        return allowed


class When(Step):
    key = "when"
    question = _("When, and in which language?")

    times = forms.MultipleChoiceField(
        label=_("When is a good time?"),
        help_text=_("Choose all that fit. Choose none if any time is fine."),
        choices=SafeTime.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    safe_note = forms.CharField(
        label=_("What should we know before we call?"),
        help_text=_("For example: only on the cell phone; ask for Ana."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Which language shall we speak?"),
        choices=[("en", "English"), ("es", "Español")],
        widget=forms.RadioSelect,
    )

    def fit(self) -> None:
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]


class Words(Step):
    key = "words"
    question = _("What would you like to tell us?")

    words = forms.CharField(
        label=_("What would you like to tell us?"),
        help_text=_("You can leave this empty. You do not need to tell us what you take, how much, or what happened."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    topics = forms.MultipleChoiceField(
        label=_("What may we talk about with you?"),
        help_text=_("We ask and write down nothing about the person you love. That is for them to decide."),
        choices=Topic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def fit(self) -> None:
        for_whom = self.so_far.get("for_whom")
        del self.fields["words" if for_whom == ForWhom.LOVED_ONE else "topics"]
        if for_whom == ForWhom.REFERRING:
            self.fields["words"].help_text = _(
                "Please leave out names and anything about health. We ask the person when we speak with them."
            )


STEPS: tuple[type[Step], ...] = (Who, Reach, Safely, When, Words)


class Asking:
    """The five questions over what a browser sent: which page to show, what to carry, and the answers at the end."""

    def __init__(self, data: QueryDict | None = None) -> None:
        self.data = data if data is not None else QueryDict()

    @property
    def number(self) -> int:
        """The page that was sent, 0 to 4; anything odd is the first."""
        keys = [step.key for step in STEPS]
        sent = self.data.get("step", "")
        return keys.index(sent) if sent in keys else 0

    def bound(self, number: int) -> Step:
        return STEPS[number](self.data, so_far=self.data)

    def unbound(self, number: int, **initial: Any) -> Step:
        """A page to fill in, with what was typed there before."""
        typed = {
            name: self.data.getlist(name) if isinstance(field, forms.MultipleChoiceField) else self.data[name]
            for name, field in STEPS[number].base_fields.items()
            if name in self.data
        }
        return STEPS[number](so_far=self.data, initial=typed | initial)

    def first_wrong(self) -> int | None:
        """The first question whose answer does not hold: nothing that was carried is believed."""
        return next((n for n in range(len(STEPS)) if not self.bound(n).is_valid()), None)

    def carried(self, number: int) -> list[tuple[str, str]]:
        """What the other pages hold, as hidden fields of this one."""
        others = [name for n, step in enumerate(STEPS) if n != number for name in step.base_fields]
        return [(name, value) for name in others for value in self.data.getlist(name)]

    def answers(self) -> Answers:
        """The cleaned answers; only after `first_wrong` said None."""
        cleaned: dict[str, Any] = {}
        for number in range(len(STEPS)):
            form = self.bound(number)
            form.is_valid()
            cleaned |= form.cleaned_data
        for name in ("times", "topics"):
            cleaned[name] = tuple(cleaned.get(name, ()))
        return Answers(**cleaned)
