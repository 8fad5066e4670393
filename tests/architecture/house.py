"""The house as one table: floors and rooms, upper first. `|` between rooms: neither may know the other."""

DOORS = ("public_site", "staff_desk", "client_portal", "family", "reports", "demo", "operations")
JOURNEY = ("continuity", "recovery", "care", "schedule", "admission", "measures", "inquiry")
PEOPLE = ("breaches", "rights", "proxies", "consent", "clients", "staff", "accounts")
FOUNDATION = ("messaging", "places", "jobs", "documents", "program", "access", "audit", "record", "outbound", "clock")

#: floor → its rooms, each row of rooms above the next; rooms in one row do not know each other
HOUSE: dict[str, tuple[tuple[str, ...], ...]] = {
    "doors": (DOORS,),
    "journey": tuple((room,) for room in JOURNEY),
    "people": tuple((room,) for room in PEOPLE),
    "foundation": tuple((room,) for room in FOUNDATION),
}
TOP = ("__main__", "config")
BOTTOM = ("ui",)


def ranks() -> dict[str, int]:
    """Room → how high it stands. A key, an import and a template may only point to a lower room or to its own."""
    rows = [row for floor in HOUSE.values() for row in floor] + [(room,) for room in BOTTOM]
    return {room: height for height, row in enumerate(reversed(rows)) for room in row}


def may_know(room: str, other: str) -> bool:
    return room == other or ranks()[room] > ranks()[other]


def layers() -> dict[str, list[str]]:
    """The same table as import-linter writes it: container → layers."""
    inside = {f"trellis.{floor}": [" | ".join(row) for row in rows] for floor, rows in HOUSE.items()}
    return {"trellis": [*TOP, *HOUSE, *BOTTOM], **inside}


def room_of(path: str) -> str | None:
    """trellis/journey/inquiry/models.py → inquiry; None for what belongs to no room."""
    parts = path.split("/")
    if len(parts) > 2 and parts[0] == "trellis" and parts[1] in BOTTOM:
        return parts[1]
    return parts[2] if len(parts) > 3 and parts[0] == "trellis" and parts[1] in HOUSE else None
