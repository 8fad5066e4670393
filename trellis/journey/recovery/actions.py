"""What can be done about a client's meetings."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.places.finding import Wish
from trellis.foundation.places.spots import home_spot, spot_of
from trellis.journey.recovery.models import MeetingChoice, Need, Way
from trellis.people.clients.models import Client

UNKNOWN_PLACE = _("We do not know this ZIP code or place. Write five digits, such as 91766, or the name of a town.")
MILES = int(Wish.within)


@action("recovery.choose_meetings", on="client")
def choose_meetings(
    *,
    by: Actor,
    client: Client,
    start: str = "",
    miles: int | None = None,
    kinds: Sequence[str] = (),
    language: str = "",
    way: Way | str = "",
    needs: Sequence[Need | str] = (),
    on_today: bool = True,
) -> MeetingChoice:
    """Which meetings fit them, as they say it now; what they chose before is over."""
    chosen, _made = MeetingChoice.objects.update_or_create(
        client=client,
        defaults={
            **_near(start, miles), "kinds": list(kinds), "language": language, "way": Way(way) if way else "",
            "needs": [Need(need) for need in needs], "on_today": on_today, "changed_at": clock.now(),
        },
    )  # fmt: skip
    return chosen


def _near(start: str, miles: int | None) -> dict[str, Any]:
    """The middle of the place is kept beside its name: looking it up takes a second, and Today has none to spare."""
    start = " ".join(start.split())
    if not start:
        return {"start": "", "latitude": None, "longitude": None, "miles": None}
    spot = spot_of(start, home_spot())
    if spot is None:
        raise Refused(UNKNOWN_PLACE)
    return {"start": start, "latitude": spot.latitude, "longitude": spot.longitude, "miles": miles or MILES}
