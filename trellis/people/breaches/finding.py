"""Who was affected, found from the record itself: as plain subjects, each person once."""

from dataclasses import dataclass
from datetime import datetime

from trellis.foundation.audit import trail
from trellis.people.accounts.models import Account
from trellis.people.breaches import people
from trellis.people.clients.rules import fold
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.naming import near


def accounts_called(text: str) -> list[Account]:
    """By e-mail, or by the whole name, accents and capitals forgiven; whoever left long ago is found, too."""
    asked = fold(text)
    by_mail = list(Account.objects.filter(email__iexact=text.strip()))
    if by_mail or not asked:
        return by_mail
    names = Account.objects.values_list("pk", "chosen_name").iterator()
    return list(Account.objects.filter(pk__in=[key for key, name in names if fold(name) == asked]).order_by("pk"))


def opened_by(account: Account, since: datetime, until: datetime, address: str | None = None) -> frozenset[str]:
    """Whose record, or whose name in a list, the account opened or changed from `since` to before `until`."""
    return people.counted(trail.named_by(f"account:{account.pk}", since, until, address))


@dataclass(frozen=True)
class Sent:
    """To whom of this name something went. `near`: names that are spelled almost so, where none is spelled so."""

    subjects: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()


def sent_to(name: str) -> Sent:
    """Everybody about whom something went to a recipient. Two statements; a name spelled otherwise is asked about."""
    asked = fold(name)
    kept = Disclosure.objects.order_by().values_list("recipient_kind", "recipient_name").distinct()
    named = [Recipient(*one) for one in kept]
    same = {one.name for one in named if fold(one.name) == asked}
    if not same:
        return Sent(near=tuple(dict.fromkeys(one.name for one in near(Recipient("person", name), named))))
    rows = Disclosure.objects.filter(recipient_name__in=same).values_list("subject", flat=True)
    return Sent(people.counted(rows))
