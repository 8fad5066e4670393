"""Words typed and not yet sent: no part of the record, so no event is written and the guard lets them through."""

import json
from collections.abc import Mapping

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import crypto
from trellis.people.accounts.models import Draft

#: of one account; nobody has more forms open, and whoever makes up names of forms fills no disk
MOST_DRAFTS = 40
NOT_WORDS = {"csrfmiddlewaretoken", "draft", "password", "password1", "password2", "oldpassword", "code", "pin"}


def save_draft(*, account_id: int, form: str, fields: Mapping[str, list[str]]) -> Draft | None:
    """Keep what stands in a form, in place of what was kept before. Secrets are never kept."""
    words = {name: values for name, values in fields.items() if name not in NOT_WORDS}
    key = form[: Draft._meta.get_field("form").max_length]
    if not any(value.strip() for values in words.values() for value in values):
        Draft.objects.filter(account_id=account_id, form=key).delete()
        return None
    draft, new = Draft.objects.update_or_create(
        account_id=account_id,
        form=key,
        defaults={"sealed": crypto.seal(json.dumps(words)), "updated_at": clock.now()},
    )
    if new:
        _let_go_of_the_oldest(account_id)
    return draft


def _let_go_of_the_oldest(account_id: int) -> None:
    kept = Draft.objects.filter(account_id=account_id).order_by("-updated_at", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(kept[MOST_DRAFTS:])).delete()


def clear_draft(*, by: Actor, form: str) -> None:
    """Called by the action that used the words, in its transaction."""
    if by.account_id is not None:
        Draft.objects.filter(account_id=by.account_id, form=form).delete()
