from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import BY_KEY, ProgramAdministrator
from trellis.people.accounts import queries
from trellis.people.accounts.models import Account, RoleGrant

NO_ROLE = _("There is no such role.")
NOT_HELD = _("This person does not hold this role.")
LAST_ADMINISTRATOR = _("Somebody has to stay program administrator. Give the role to another person first.")


@action("account.change_roles", on="account")
def grant_role(*, by: Actor, account: Account, role: str) -> RoleGrant:
    """Held already: nothing changes."""
    return give(by, account, role)


@action("account.change_roles", on="account")
def end_role(*, by: Actor, account: Account, role: str) -> RoleGrant:
    grant = RoleGrant.objects.filter(account=account, role=role, until__isnull=True).first()
    if grant is None:
        raise Refused(NOT_HELD)
    keep_an_administrator(account, role)
    grant.until = clock.now()
    grant.save(update_fields=["until"])
    return grant


def give(by: Actor, account: Account, role: str) -> RoleGrant:
    """Inside an action."""
    if role not in BY_KEY:
        raise Refused(NO_ROLE)
    grant, _new = RoleGrant.objects.get_or_create(
        account=account, role=role, until=None, defaults={"since": clock.now(), "granted_by": by.name}
    )
    return grant


def keep_an_administrator(account: Account, role: str) -> None:
    key = ProgramAdministrator.key
    if role == key and not queries.accounts_in_role(key).exclude(pk=account.pk).exists():
        raise Refused(LAST_ADMINISTRATOR)
