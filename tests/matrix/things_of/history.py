from typing import Any

from trellis.people.clients.models import Client


def things(client: Client, member: Any) -> dict[str, Any]:
    return {"section_of_history": "use", "substance": "alcohol"}
