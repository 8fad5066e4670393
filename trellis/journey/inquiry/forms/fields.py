from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COUNTRY = "US"


class PhoneField(forms.CharField):
    """A telephone number as people write it; cleaned to "(909) 555-0134", or "+52 …" for another country."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        super().__init__(**{"max_length": 30, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return national(text) if text else ""


def national(text: str) -> str:
    """A number that can exist, in its usual way of writing; ValidationError says what a number looks like."""
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException as fault:
        raise ValidationError(NOT_A_NUMBER) from fault
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(NOT_A_NUMBER)
    ours = number.country_code == phonenumbers.country_code_for_region(COUNTRY)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))[:30]


NOT_A_NUMBER = _("Write the whole number with its area code, like 909-555-0134.")


def yes_or_no(label: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """Asked plainly, with no answer chosen beforehand: silence must not become a yes."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
        **kwargs,
    )
