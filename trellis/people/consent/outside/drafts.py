"""What was typed while somebody spoke and was not saved comes back: a page may lock in the middle of a call."""

from typing import Any

from django import forms
from django.urls import reverse

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.actions import clear_draft
from trellis.people.accounts.queries import draft_for


def key_of(asker: str) -> str:
    return f"outside-{asker}"


def address(asker: str) -> str:
    return reverse("accounts:draft", args=[key_of(asker)])


def typed_before(actor: Actor, asker: str, form: type[forms.Form]) -> dict[str, Any]:
    kept = draft_for(actor.account_id, key_of(asker)) if actor.account_id is not None else {}
    return {name: kept[name][0] for name in form.base_fields if kept.get(name)}


def forget(actor: Actor, asker: str) -> None:
    clear_draft(by=actor, form=key_of(asker))
