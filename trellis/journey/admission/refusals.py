"""A refusal that belongs to one field of the form, and how a form shows it."""

from typing import TYPE_CHECKING

from django.forms import BaseForm

from trellis.foundation.access.permissions import Refused

if TYPE_CHECKING:
    from django.utils.functional import Promise


class RefusedAt(Refused):
    def __init__(self, field: str, sentence: "Promise | str") -> None:
        super().__init__(sentence)
        self.field = field


def show(form: BaseForm, refused: Refused) -> None:
    """At its field, where the form has it; else above the form."""
    field = refused.field if isinstance(refused, RefusedAt) and refused.field in form.fields else None
    form.add_error(field, str(refused))
