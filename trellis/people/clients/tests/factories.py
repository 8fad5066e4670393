"""Clients in situations of their way."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Account, RoleGrant
from trellis.people.accounts.queries import actor_for
from trellis.people.accounts.tests import factories as accounts
from trellis.people.accounts.tests.factories import Guarded as Factory
from trellis.people.clients import names, rules
from trellis.people.clients.emergency.rules import OPEN_FOR
from trellis.people.clients.models import (
    CareAssignment,
    Client,
    EmergencyOpening,
    Episode,
    KeptOut,
    LegalName,
    Watch,
    WatchedOpening,
)
from trellis.people.staff.models import StaffMember
from trellis.people.staff.tests.factories import LicenseFactory

SINCE = datetime(2026, 10, 5, 16, tzinfo=UTC)


class AccountFactory(accounts.AccountFactory):
    """Somebody who has had an account since October; `roles=[…]` grants them from then on.

    It counts together with its parent, so that no two accounts get one address.
    """

    class Meta:
        model = Account
        skip_postgeneration_save = True

    chosen_name = factory.Sequence(lambda n: f"Dana Cole{n}")
    password = "!"
    created_at = SINCE

    @factory.post_generation
    def roles(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        with writing("factory"):
            for role in extracted or ():
                RoleGrant.objects.create(account=self, role=role, since=SINCE, granted_by="system:test")


class StaffMemberFactory(Factory):
    """`StaffMemberFactory(account__roles=["therapist"])`; `licensed=True`: as an LMFT."""

    class Meta:
        model = StaffMember
        skip_postgeneration_save = True

    class Params:
        licensed = factory.Trait(
            license=factory.RelatedFactory(LicenseFactory, factory_related_name="staff_member")
        )  # fmt: skip

    account = factory.SubFactory(AccountFactory)
    started_on = date(2024, 1, 8)


def actor(*roles: str) -> Actor:
    """Somebody who works here in these roles."""
    return actor_for(StaffMemberFactory(account__roles=roles).account)


def actor_of(account: Account) -> Actor:
    return actor_for(Account.objects.get(pk=account.pk))


class ClientFactory(Factory):
    """Somebody who is known; `in_program=True` opens an episode."""

    class Meta:
        model = Client
        skip_postgeneration_save = True

    class Params:
        with_account = factory.Trait(
            account=factory.SubFactory(
                AccountFactory, roles=["client"], chosen_name=factory.SelfAttribute("..chosen_name")
            )
        )

    chosen_name = factory.Sequence(lambda n: f"Marisol Ruiz{n}")
    search_name = factory.LazyAttribute(lambda client: rules.fold(client.chosen_name))
    pronouns = "she/her"
    born_on = date(1992, 3, 14)
    telephone = "(909) 555-0142"
    may_leave_message = True
    created_at = SINCE

    @factory.post_generation
    def words(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        with writing("factory"):
            names.file_names([self])

    @factory.post_generation
    def in_program(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            EpisodeFactory(client=self)


class EpisodeFactory(Factory):
    class Meta:
        model = Episode

    class Params:
        closed = factory.Trait(status="closed", closed_on=date(2026, 11, 1), close_reason="completed")

    client = factory.SubFactory(ClientFactory)
    level = "2.1"
    opened_on = date(2026, 10, 5)


class CareAssignmentFactory(Factory):
    class Meta:
        model = CareAssignment

    episode = factory.SubFactory(EpisodeFactory)
    staff_member = factory.SubFactory(StaffMemberFactory)
    since = date(2026, 10, 5)


class LegalNameFactory(Factory):
    class Meta:
        model = LegalName

    client = factory.SubFactory(ClientFactory)
    given = "Maria"
    family = "Ruiz Vega"
    since = date(2026, 10, 5)
    recorded_at = SINCE


class EmergencyOpeningFactory(Factory):
    """Somebody of no care team opened a record just now."""

    class Meta:
        model = EmergencyOpening

    client = factory.SubFactory(ClientFactory)
    account = factory.SubFactory(AccountFactory, roles=["counselor"])
    why = "medical"
    words = "The hospital asks which medicines she takes."
    since = factory.LazyFunction(clock.now)
    until = factory.LazyAttribute(lambda opening: opening.since + OPEN_FOR)


class KeptOutFactory(Factory):
    """The row alone: what the account says of it is written by the action."""

    class Meta:
        model = KeptOut

    client = factory.SubFactory(ClientFactory)
    account = factory.SubFactory(AccountFactory, roles=["front_desk"])
    why = "asked"
    since = SINCE
    by = "account:1"


class WatchFactory(Factory):
    class Meta:
        model = Watch

    class Params:
        reason = "She reads the news on the radio."

    client = factory.SubFactory(ClientFactory)
    why = "ours"
    reason_sealed = factory.LazyAttribute(lambda watch: crypto.seal(watch.reason))
    since = factory.LazyFunction(clock.now)
    by = "account:1"


class WatchedOpeningFactory(Factory):
    """Somebody said just now why they open a record."""

    class Meta:
        model = WatchedOpening

    client = factory.SubFactory(ClientFactory)
    account = factory.SubFactory(AccountFactory, roles=["biller"])
    why = "check"
    since = factory.LazyFunction(clock.now)
    until = factory.LazyAttribute(lambda opening: opening.since + OPEN_FOR)
