"""What staff typed and did not send yet comes back when they do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from trellis.foundation.access.requests import Request
from trellis.people.accounts.actions import clear_draft
from trellis.people.accounts.queries import draft_for


@dataclass(frozen=True)
class Kept:
    """The draft of one form of one person; kept on the server, sealed."""

    request: Request
    key: str

    @property
    def url(self) -> str:
        return reverse("accounts:draft", args=[self.key])

    def initial(self, form: type[forms.Form]) -> dict[str, Any]:
        """The form's fields as they were left; empty when nothing was."""
        account_id = self.request.actor.account_id
        typed = draft_for(account_id, self.key) if account_id is not None else {}
        return {name: _value(field, typed.get(name, [])) for name, field in form.base_fields.items()} if typed else {}

    def forget(self) -> None:
        clear_draft(by=self.request.actor, form=self.key)


def _value(field: forms.Field, typed: list[str]) -> Any:
    if isinstance(field, forms.BooleanField):
        return bool(typed)
    if isinstance(field, forms.MultipleChoiceField):
        return typed
    return typed[0] if typed else ""
