"""The lists in a real browser, as wide as a phone and as wide as a desk, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast
from trellis.foundation import clock
from trellis.foundation.places import actions
from trellis.foundation.places.models import Meeting, MeetingList, WrongReport
from trellis.foundation.places.reading import read
from trellis.foundation.places.tests.sources import body
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing

LISTS = "/desk/meetings/"


@pytest.fixture
def keeper(live, clock_at):
    clock_at(datetime(2026, 11, 28, 18, tzinfo=UTC))
    load_pomona()
    return Cast().account("program_administrator")


@pytest.fixture
def lists(keeper):
    """A list in each state: fine, held, faulty, switched off; and meetings that were reported."""
    by = Cast().actor("clinical_director")

    def bring(name, number, title, kind, **more):
        sent = body(number, **more)
        one = actions.import_list(
            by=by, name=name, outcome=read(sent), body=sent, source=f"https://{name}.example/list"
        )
        return actions.describe_list(
            by=by, meeting_list=one.list, title=title, kind=kind, secular=False, for_families=False
        )

    bring("orange-county", 120, "Orange County", "AA")
    bring("orange-county", 20, "Orange County", "AA")
    bring("san-gabriel", 40, "San Gabriel and Pomona Valley", "NA", time="25:00")
    bring("families", 6, "Al-Anon District 60", "Al-Anon")
    off = bring("smart", 9, "SMART Recovery", "SMART Recovery")
    actions.switch(by=by, meeting_list=off, on=False)
    with writing("factory"):
        MeetingList.objects.filter(name="families").update(
            failures=2, fault="status:503", next_read_at=clock.now() + timedelta(hours=2)
        )
        for meeting, words in zip(Meeting.objects.all()[:2], ("It is at 8 now.", ""), strict=True):
            WrongReport.objects.create(meeting=meeting, what="time", words=words, at=clock.now())
    return {one.name: one for one in MeetingList.objects.all()}


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("prefix", ["", "/es"], ids=["en", "es"])
def test_every_page_of_the_lists_is_accessible_and_fits(
    live, keeper, lists, browser_page, axe, screenshot, width, prefix
):
    page = browser_page(width, locale="es-US" if prefix else "en-US", user=keeper)
    addresses = {
        "lists": LISTS,
        "held": f"{LISTS}lists/{lists['orange-county'].public_id}/",
        "problems": f"{LISTS}lists/{lists['san-gabriel'].public_id}/",
        "faulty": f"{LISTS}lists/{lists['families'].public_id}/",
        "add": f"{LISTS}add/",
        "words": f"{LISTS}lists/{lists['families'].public_id}/words/",
        "reports": f"{LISTS}reports/",
    }
    for name, address in addresses.items():
        page.goto(prefix + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the page"
        axe(page)
        screenshot(page, f"meeting-lists-{name}-{width}{prefix[1:]}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_shortened_list_is_held_and_released(live, keeper, lists, browser_page, javascript):
    page = browser_page(390, user=keeper, javascript=javascript)
    page.goto(LISTS)
    page.click(".notice a")
    assert "People can find 120 meetings now. The new list has 20." in page.inner_text("main")
    page.click("text=Take over the shorter list")
    assert "The shorter list stands now." in page.inner_text("main")
    assert "20 meetings" in page.inner_text("main")


def test_a_file_is_added_with_what_was_typed_kept_after_a_fault(live, keeper, browser_page):
    page = browser_page(1440, user=keeper)
    page.goto(LISTS)
    page.click("text=Add a list")
    page.fill("[name=title]", "Pomona Valley")
    page.click("main button.main")
    assert page.input_value("[name=title]") == "Pomona Valley"
    assert "one of the two" in page.inner_text("main")
    sent = {"name": "pomona.json", "mimeType": "application/json", "buffer": body(3)}
    page.set_input_files("[name=file]", sent)
    page.click("main button.main")
    assert "The list is here." in page.inner_text("main")
    assert MeetingList.objects.get().title == "Pomona Valley"
