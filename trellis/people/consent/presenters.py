"""A decision, as scripts and people read it."""

from typing import Any

from trellis.people.consent.rules import Decision


def as_json(decision: Decision) -> dict[str, Any]:
    """As `shared/contracts/disclosures.md` has it."""
    return {
        "allow": decision.allow,
        "ground": decision.ground,
        "information": list(decision.information),
        "withheld": list(decision.withheld),
        "notice": decision.notice,
        "record": list(decision.record),
        "missing": list(decision.missing),
        "why": decision.why,
    }


def as_text(decision: Decision) -> str:
    """One line for a terminal."""
    lists = (
        ("May go", decision.information),
        ("Stays here", decision.withheld),
        ("Missing", decision.missing),
        ("To be written down", decision.record),
    )
    parts = [f"Yes ({decision.ground})." if decision.allow else "No.", decision.why]
    return " ".join(parts + [f"{words}: {', '.join(map(str, items))}." for words, items in lists if items])
