"""Texts under keys: drafts of somebody, what they say, and how many of them a key opens."""

import json

from cryptography.fernet import Fernet

from trellis.foundation.record import crypto
from trellis.people.accounts.actions.drafts import save_draft
from trellis.people.accounts.models import Draft
from trellis.people.accounts.tests.factories import AccountFactory

OLD = Fernet.generate_key().decode()
LOST = Fernet.generate_key().decode()


def drafts(many: int) -> list[Draft]:
    account = AccountFactory()
    return [save_draft(account_id=account.pk, form=f"form {n}", fields={"note": [words(n)]}) for n in range(many)]


def words(number: int) -> str:
    return f"words {number}"


def said_in(draft: Draft) -> str:
    return json.loads(crypto.unseal(Draft.objects.get(pk=draft.pk).sealed))["note"][0]


def under(key: str) -> int:
    return sum(crypto.opened_by(text, (key,)) is not None for text in Draft.objects.values_list("sealed", flat=True))
