"""Keep somebody who works here out of a client's record, and let them in again."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts.models import Account
from trellis.people.accounts.queries import holds_staff_role
from trellis.people.clients.kept_out import queries
from trellis.people.clients.kept_out.subjects import subjects_of
from trellis.people.clients.models import Client, KeptOut

ON_TEAM = _("%(name)s is on the care team. Somebody else joins the team first; then the record can be closed.")
OWN_RECORD = _("Nobody can be kept out of their own record.")
NOT_STAFF = _("%(name)s does not work here, and does not see this record.")
ENDED = _("The record is open to them already.")


@action("client.keep_out", on="client")
def keep_out(*, by: Actor, client: Client, account: Account) -> KeptOut:
    """At the client's wish. Asked twice, it is done once."""
    return _keep_out(by, client, account, KeptOut.Why.ASKED)


@action("client.step_back", on="client")
def step_back(*, by: Actor, client: Client) -> KeptOut:
    """Whoever acts knows this client, and closes the record to themselves."""
    assert by.account_id is not None  # the table lets in only people who signed in
    return _keep_out(by, client, Account.objects.get(pk=by.account_id), KeptOut.Why.KNOWS)


@action("client.let_in", on="kept")
def let_in(*, by: Actor, kept: KeptOut) -> KeptOut:
    _hold(kept.account_id)
    kept.refresh_from_db(fields=["until"])
    if kept.until is not None:
        raise Refused(ENDED)
    kept.until, kept.ended_by = clock.now(), by.name
    kept.save(update_fields=["until", "ended_by"])
    _note(kept.account_id)
    return kept


def renew(client: Client) -> None:
    """Part of an act that gave them another name in the trail: whoever is kept out of the record is kept out of it."""
    for account_id in queries.kept_out_of(client).values_list("account_id", flat=True):
        _note(account_id)


def _keep_out(by: Actor, client: Client, account: Account, why: str) -> KeptOut:
    _hold(account.pk)
    if account.pk == client.account_id:
        raise Refused(OWN_RECORD)
    if not holds_staff_role(account):
        raise Refused(NOT_STAFF % {"name": account.chosen_name})
    if queries.is_on_team(account.pk, client):
        raise Refused(ON_TEAM % {"name": account.chosen_name})
    kept, _made = KeptOut.objects.get_or_create(
        client=client, account=account, until=None, defaults={"why": why, "since": clock.now(), "by": by.name}
    )
    _note(account.pk)
    return kept


def _hold(account_id: int) -> None:
    """Until the act ends: of two who close or open something to the same person, one goes after the other."""
    Account.objects.select_for_update().get(pk=account_id)


def _note(account_id: int) -> None:
    """The account says out of whose records it is kept, so that whoever acts with it brings that along."""
    rows = KeptOut.objects.filter(account=account_id, until__isnull=True).select_related("client").order_by("client")
    Account.objects.filter(pk=account_id).update(
        kept_out=[subject for row in rows for subject in subjects_of(row.client)]
    )
