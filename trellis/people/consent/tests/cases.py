"""A case that may go, and what is changed in it."""

import copy
from typing import Any

CASE: dict[str, Any] = {
    "at": "2026-11-25T17:30:00-08:00",
    "client": {
        "birth_date": "1990-04-02",
        "deceased": False,
        "treatment_ended_at": None,
        "minor_consented_alone": False,
        "guardian_appointed": False,
        "restricted": [],
    },
    "consents": [
        {
            "id": "k1",
            "kind": "specific",
            "signed_by": "client",
            "signed_at": "2026-11-02T10:00:00-08:00",
            "recipients": [{"kind": "person", "name": "Ana Ruiz"}],
            "information": ["presence", "attendance"],
            "purposes": ["family_support"],
            "expires": {"at": "2027-11-02T00:00:00-07:00"},
            "revoked_at": None,
            "revocable_after": None,
            "faults": [],
        }
    ],
    "ask": {
        "recipient": {"kind": "person", "name": "Ana Ruiz", "is": []},
        "purpose": "family_support",
        "information": ["attendance"],
        "ground": None,
        "facts": {},
    },
}


def case(*, at: str | None = None, client=None, consent=None, ask=None, consents=None) -> dict[str, Any]:
    """The case above; each part takes what is given here instead. `consents` are changes to it, one each."""
    made = copy.deepcopy(CASE)
    made["at"] = at or made["at"]
    made["client"] |= client or {}
    made["consents"] = [made["consents"][0] | change for change in (consents or [consent or {}])]
    made["ask"] |= ask or {}
    return made


def to(name: str, *roles: str, kind: str = "organization") -> dict[str, Any]:
    return {"kind": kind, "name": name, "is": list(roles)}


def on(ground: str, purpose: str, *information: str, who=None, **facts: Any) -> dict[str, Any]:
    """A question on a ground of the law, with no consent beside it."""
    asked = {"ground": ground, "purpose": purpose, "information": list(information), "facts": facts}
    return case(ask=asked | {"recipient": who or to("County")}) | {"consents": []}
