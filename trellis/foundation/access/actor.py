from dataclasses import dataclass

from trellis.foundation.access.roles import BY_KEY


@dataclass(frozen=True)
class Actor:
    """Who acts, as plain values: what every action takes as `by=`."""

    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    request_id: str = ""
    address: str | None = None
    #: whom a record is about that is closed to this person, as the audit trail names them (`client:17`)
    kept_out: frozenset[str] = frozenset()
    #: set when no person acts: the worker, a command, the demo's builder
    system: str = ""

    @property
    def name(self) -> str:
        """How the audit trail names the actor."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        return f"system:{self.system}" if self.system else "public"

    @property
    def is_staff(self) -> bool:
        return any(BY_KEY[role].staff for role in self.roles)

    @classmethod
    def of_system(cls, name: str) -> "Actor":
        """The software itself, at the asking of an operator; may do what the table allows to the system."""
        return cls(system=name)
