"""A license as the paper or the board's page has it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.people.staff import queries
from trellis.people.staff.licenses import words
from trellis.people.staff.models import License, StaffMember

FIELDS = ("kind", "body", "number", "since", "until", "supervisor")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class LicenseForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), *words.CHOICES])
    body = forms.CharField(
        label=_("Who gave it"), max_length=120, help_text=_("The board, or the body that certifies counselors.")
    )
    number = forms.CharField(label=_("Number"), max_length=60, help_text=_("As it stands there, such as: LMFT 12345."))
    since = _day(_("From"), help_text=_("Of a registration: the first day that they registered with anybody."))
    until = _day(_("Until"), help_text=_("The last day that it counts."))
    supervisor = forms.ModelChoiceField(
        label=_("Who supervises them"), queryset=StaffMember.objects.none(), to_field_name="public_id", required=False,
        help_text=_("Only for an associate."),
    )  # fmt: skip

    def __init__(self, *args: Any, member: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["supervisor"]
        who.queryset = queries.working().exclude(pk=member.pk)
        who.label_from_instance = lambda one: one.chosen_name
        who.empty_label = _("Nobody")


class ChangeForm(LicenseForm):
    note = forms.CharField(
        label=_("What changed, and where you saw it"), max_length=300,
        help_text=_("Such as: renewed, on the board’s page. To end it, put its last day above."),
    )  # fmt: skip
    mistaken = forms.BooleanField(
        label=_("It was written down by mistake and counts for nothing"), required=False
    )  # fmt: skip


def as_it_stands(row: License) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
    return kept | {"supervisor": row.supervisor.public_id if row.supervisor else ""}
