from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.roles import STAFF

ROLES = [(role.key, role.label) for role in STAFF]


class InviteForm(forms.Form):
    chosen_name = forms.CharField(
        label=_("The name they go by"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("Email"), help_text=_("They sign in with it. The link goes there too."))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple)
    credential = forms.CharField(
        label=_("License or registration"), max_length=80, required=False,
        help_text=_("As it stands after the name, such as: LMFT 12345."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages they work in"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["en"],
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.LANGUAGES, widget=forms.RadioSelect, initial="en"
    )

    def invitation(self) -> dict[str, Any]:
        """The plain values that the action takes."""
        values = dict(self.cleaned_data)
        details = {key: values.pop(key) for key in ("credential", "languages")}
        return values | {"details": details}


class MemberForm(forms.Form):
    credential = forms.CharField(label=_("License or registration"), max_length=80, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages they work in"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("A change counts from this moment."),
    )  # fmt: skip


class LegalNameForm(forms.Form):
    given = forms.CharField(label=_("Given name"), max_length=80, help_text=_("As the papers have it."))
    family = forms.CharField(label=_("Family name"), max_length=80)
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}))


class EndForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
