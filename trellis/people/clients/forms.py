"""What comes in about clients."""

from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.people.staff.models import StaffMember

BAD_NUMBER = _("We could not read this number. Write it with the area code, such as 909 555 0142.")


class TelephoneField(forms.CharField):
    """A number as people write it; comes out as (909) 555-0142, or +52 55 1234 5678 from abroad."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "US")
        except phonenumbers.NumberParseException as fault:
            raise forms.ValidationError(BAD_NUMBER) from fault
        if not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(BAD_NUMBER)
        home = number.country_code == 1
        style = phonenumbers.PhoneNumberFormat
        return str(phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL))


class DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NameForm(forms.Form):
    chosen_name = forms.CharField(
        label=_("Name they go by"), max_length=80, help_text=_("This is the name everybody here sees and says.")
    )
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False, help_text=_("As they say them."))


class ContactForm(forms.Form):
    """How to reach somebody safely."""

    telephone = TelephoneField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    may_leave_message = forms.BooleanField(label=_("We may leave a message"), required=False)
    may_text = forms.BooleanField(label=_("We may send a text"), required=False)
    safe_times = forms.CharField(
        label=_("When and how to reach them safely"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    safe_word = forms.CharField(
        label=_("A word for calls"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("You agree on it. Whoever calls and whoever answers say it, so that each knows who the other is."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("may_text") and not cleaned.get("telephone") and "telephone" not in self.errors:
            self.add_error("telephone", _("To send a text we need a number. Write it, or untick texts."))
        return cleaned


class LegalNameForm(forms.Form):
    given = forms.CharField(label=_("Given names, as on papers"), max_length=80)
    family = forms.CharField(label=_("Family names, as on papers"), max_length=80)
    since = DateField(label=_("From which day on"))


class StaffMemberForm(forms.Form):
    staff_member = forms.ModelChoiceField(queryset=StaffMember.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["staff_member"]
        field.queryset = staff  # type: ignore[attr-defined]
        field.label_from_instance = lambda member: member.chosen_name  # type: ignore[attr-defined]
        field.empty_label = _("Choose somebody")  # type: ignore[attr-defined]


class AssignForm(StaffMemberForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_member"].label = _("Who joins the care team")


class KeepOutForm(StaffMemberForm):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff_member"].label = _("Who does not see this record?")
