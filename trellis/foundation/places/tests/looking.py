"""What the tests of the public pages share."""

from datetime import datetime
from zoneinfo import ZoneInfo

LA = ZoneInfo("America/Los_Angeles")
SATURDAY = datetime(2026, 11, 28, 18, 5, tzinfo=LA)


def shown(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def find(browser, query="", path="/meetings/") -> str:
    return shown(browser.get(f"{path}?{query}"))
