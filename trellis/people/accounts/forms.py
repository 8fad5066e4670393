"""What comes in. The library's forms keep their field names; the words are ours."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.forms import default_token_generator
from allauth.account.internal import flows
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from trellis.people.accounts import rules, session
from trellis.people.accounts.mail import send_reset_link, send_unknown
from trellis.people.accounts.models import Account, Invitation

PASSWORD_HELP = _("At least 12 characters. A few words in a row are easy to remember.")
NOT_THE_SAME = _("The two are not the same. Type the second one again.")


def _say(field: forms.Field, label: Any, help_text: Any = "", **attributes: Any) -> None:
    """Our words on a library's field; the words in the empty box go, for they vanish while typing."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(account_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Email or sign-in name"), autocomplete="username webauthn", autocapitalize="none",
             spellcheck="false", maxlength=254)  # fmt: skip
        _say(self.fields["password"], _("Password or PIN"))
        _say(self.fields["remember"], _("Keep me signed in on this device"),
             _("Only where nobody else looks. For people who work here this does nothing."))  # fmt: skip

    def login(self, request: Any, redirect_url: str | None = None) -> HttpResponse:
        request.session[session.ASKED] = self.cleaned_data["remember"]
        self._login.redirect_url = redirect_url
        answer: HttpResponse = flows.login.perform_password_login(request, self.user_credentials(), self._login)
        return answer


class ForgottenPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("Email"))

    def save(self, request: Any, **kwargs: Any) -> str:
        """One message is asked for in either case, so that neither the answer nor its time tells who is here."""
        email = self.cleaned_data["email"]
        for account in self.users:
            send_reset_link(by=request.actor, account=account, key=default_token_generator.make_token(account))
        if not self.users:
            send_unknown(by=request.actor, email=email)
        return str(email)


class _TwiceTheSame:
    """In front of a form with `password1` and `password2`."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], _("New password"), PASSWORD_HELP)
        _say(self.fields["password2"], _("New password again"))

    def clean(self) -> Any:
        cleaned: dict[str, Any] = super(account_forms.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)  # type: ignore[attr-defined]
        return cleaned


class NewPasswordForm(_TwiceTheSame, account_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_TwiceTheSame, account_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Present password or PIN"))


class PasswordAgainForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password or PIN"))


def _say_code(form: forms.Form, help_text: Any) -> None:
    _say(form.fields["code"], _("Code"), help_text, inputmode="numeric", maxlength=20)


class CodeForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, _("Six digits from your authenticator app, or one of your recovery codes."))


class CodeAgainForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, _("Six digits from your authenticator app, or one of your recovery codes."))


class FirstCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_code(self, _("The six digits that the app shows now."))


class AnswerOfADevice(forms.JSONField):
    """What a browser says for its device. The library stumbles over numbers without end and brackets without bottom."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as fault:
            raise not_understood() from fault

    def bound_data(self, data: Any, initial: Any) -> Any:
        """An answer counts once: a form that comes back asks the device anew."""
        return None


def not_understood() -> forms.ValidationError:
    refusal: forms.ValidationError = get_adapter().validation_error("incorrect_code")
    return refusal


class ShowPasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = AnswerOfADevice()


class SignInByPasskeyForm(webauthn_forms.LoginWebAuthnForm):
    credential = AnswerOfADevice()


class ShowPasskeyAgainForm(webauthn_forms.ReauthenticateWebAuthnForm):
    credential = AnswerOfADevice()


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    credential = AnswerOfADevice()

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValueError as fault:  # parts of the answer that do not belong together
            raise not_understood() from fault
        return cleaned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("A name for it"), _("So that you know it again, such as: my phone."), maxlength=60)
        _say(self.fields["passwordless"], _("Sign in with this passkey alone"),
             _("No password then: your finger, your face or the PIN of your device is enough."))  # fmt: skip


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("A name for it"), maxlength=60)


class DetailsForm(forms.ModelForm):
    class Meta:
        model = Account
        fields = ["chosen_name", "pronouns", "language"]
        labels = {
            "chosen_name": _("The name you go by"),
            "pronouns": _("Pronouns"),
            "language": _("Language"),
        }
        help_texts = {
            "chosen_name": _("We use it everywhere. It can differ from the name on your papers."),
            "pronouns": _("If you like, such as: she/her, he/him, they/them."),
        }
        widgets = {
            "chosen_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "language": forms.RadioSelect,
        }


class AcceptForm(DetailsForm):
    """Who comes in by an invitation says how to call them and how they sign in."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        help_text=_("3 to 40 letters, digits, dots or hyphens, such as: blue.river7. It need not be your name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=_("Password"), strip=False, help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        kwargs["initial"] = {name: getattr(invitation, name) for name in DetailsForm.Meta.fields}
        super().__init__(*args, **kwargs)
        if invitation.email or invitation.account_id:
            del self.fields["username"]
        if invitation.account_id:
            for name in DetailsForm.Meta.fields:
                del self.fields[name]

    def clean_username(self) -> str:
        name = rules.clean_name(self.cleaned_data["username"])
        fault = rules.fault_of_sign_in_name(name)
        if fault:
            raise forms.ValidationError(str(fault))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)
        elif first:
            self._judge(first)
        return cleaned

    def _judge(self, password: str) -> None:
        person = Account(email=self.invitation.email, username=self.cleaned_data.get("username"))
        try:
            validate_password(password, person)
        except forms.ValidationError as fault:
            self.add_error("password1", fault)

    def accepted(self) -> dict[str, Any]:
        """The plain values that the action takes."""
        values = {name: self.cleaned_data.get(name, getattr(self.invitation, name)) for name in DetailsForm.Meta.fields}
        return values | {"username": self.cleaned_data.get("username", "")}


class PinForm(forms.Form):
    """At the desk: the person types both themselves, on the desk's device."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=40,
        help_text=_("3 to 40 letters, digits, dots or hyphens, such as: blue.river7. It need not be a name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    pin = forms.CharField(
        label=_("PIN"), help_text=_("6 to 12 digits. The person types it, and nobody looks."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "inputmode": "numeric", "maxlength": 12}),
    )  # fmt: skip
    pin_again = forms.CharField(
        label=_("PIN again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "inputmode": "numeric", "maxlength": 12}),
    )

    fault_of = staticmethod(rules.fault_of_pin)

    def __init__(self, *args: Any, named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["username"]

    def clean_username(self) -> str:
        name = rules.clean_name(self.cleaned_data["username"])
        fault = rules.fault_of_sign_in_name(name)
        if fault:
            raise forms.ValidationError(str(fault))
        return name

    def clean_pin(self) -> str:
        fault = self.fault_of(self.cleaned_data["pin"])
        if fault:
            raise forms.ValidationError(str(fault))
        return str(self.cleaned_data["pin"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("pin") and cleaned.get("pin_again") not in (None, cleaned["pin"]):
            self.add_error("pin_again", NOT_THE_SAME)
        return cleaned


class RoomPinForm(PinForm):
    """Somebody who works here chooses what opens a room again that they left alone."""

    fault_of = staticmethod(rules.fault_of_room_pin)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, named=False, **kwargs)
        _say(self.fields["pin"], _("Room PIN"), _("4 to 8 digits. Not one that you use elsewhere."),
             maxlength=rules.MOST_ROOM_DIGITS)  # fmt: skip
        _say(self.fields["pin_again"], _("Room PIN again"), maxlength=rules.MOST_ROOM_DIGITS)


class OpenRoomForm(forms.Form):
    pin = forms.CharField(
        label=_("Room PIN"), max_length=64, error_messages={"required": _("Type your room PIN.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip
    next = forms.CharField(required=False, widget=forms.HiddenInput)
