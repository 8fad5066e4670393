"""The cast: one account for each of the twelve roles, and how a test signs one in."""

from dataclasses import dataclass, field

from django.test import Client

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import ROLES
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import account_with, actor_of, sign_in

__all__ = ["Cast", "actor_of", "sign_in"]

NAMES = {
    "intake_coordinator": "Inés Carrillo",
    "counselor": "Marcus Bell",
    "therapist": "Dana Whitlock",
    "group_facilitator": "Luz Herrera",
    "clinical_director": "Priya Raman",
    "medical_director": "Owen Castellanos",
    "front_desk": "Grace Tanaka",
    "biller": "Ben Okafor",
    "program_administrator": "Helen Marsh",
    "client": "Marisol Reyes",
    "loved_one": "Jorge Reyes",
    "alumnus": "Teresa Vaughn",
}


@dataclass
class Cast:
    """`cast.account("biller")` is always the same person in a test; made when first asked for."""

    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, role: str) -> Account:
        if role not in self.accounts:
            self.accounts[role] = account_with(role, chosen_name=NAMES[role], email=f"{role}@example.org")
        return self.accounts[role]

    def actor(self, role: str) -> Actor:
        return actor_of(self.account(role))

    def client(self, role: str, client: Client | None = None) -> Client:
        """A browser in which this person is signed in; staff with their second step shown."""
        return sign_in(client or Client(), self.account(role))

    def everybody(self) -> dict[str, Account]:
        return {role.key: self.account(role.key) for role in ROLES}
