"""The finder and its sheet, set as a client chose. No address says whose choice it is."""

from django.urls import reverse

from trellis.foundation.places.forms.finder import Asked
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.recovery.wishes import wish_of


def asked(choice: MeetingChoice) -> Asked:
    """The choice as the question that the finder's page puts."""
    return Asked(wish_of(choice), near=choice.start)


def finder(choice: MeetingChoice | None) -> str:
    return _with(reverse("meetings:find"), choice)


def sheet(choice: MeetingChoice | None) -> str:
    return _with(reverse("meetings:sheet"), choice)


def _with(address: str, choice: MeetingChoice | None) -> str:
    query = asked(choice).query if choice else ""
    return f"{address}?{query}" if query else address
