"""The finder: what anybody sees without signing in."""

import gzip
from datetime import time

import pytest

from trellis.foundation.places.models import Meeting
from trellis.foundation.places.tests.factories import a_list, a_meeting, facts
from trellis.foundation.places.tests.looking import find, shown
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("saturday")

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_what_starts_next_is_shown_without_asking_anything(browser):
    a_meeting(a_list(kind="AA", title="Inland Empire"), name="Saturday Night", time=time(18, 0))
    page = find(browser)
    assert "Saturday Night" in page
    assert "Today, Saturday, November 28" in page
    assert "Began 5 min ago" in page
    assert "Inland Empire" in page
    assert "read 4 days ago" in page
    assert "we speak for none of them" in page
    assert 'href="tel:988"' in page
    assert browser.cookies == {}


def test_in_spanish_under_its_own_address(browser):
    a_meeting(name="Nueva Vida", languages=["es"])
    page = find(browser, "near=91766&language=es", "/es/meetings/")
    assert "Hoy, sábado 28 de noviembre" in page
    assert "A menos de 15 millas de 91766 Pomona" in page
    assert "Nueva Vida" in page


def test_a_place_narrows_and_an_unknown_one_gets_a_sentence_and_the_list_by_day(browser):
    a_meeting(name="Pomona")
    a_meeting(name="Newport", latitude=33.6189, longitude=-117.9298)
    page = find(browser, "near=pomona&within=10")
    assert "Pomona, CA" in page
    assert "Newport" not in page
    page = find(browser, "near=Narnia&within=10")
    assert "We do not know the place “Narnia”." in page
    assert 'value="Narnia"' in page
    assert "Newport" in page


def test_near_or_online_keeps_what_is_online_beside_what_is_near(browser):
    a_meeting(name="Pomona")
    a_meeting(name="Newport", latitude=33.6189, longitude=-117.9298)
    a_meeting(name="From Anywhere", attendance="online", placed=False, latitude=None, longitude=None)
    near = find(browser, "near=91766&within=10")
    assert "From Anywhere" not in near
    page = find(browser, "near=91766&within=10&way=both")
    assert ("Pomona" in page, "From Anywhere" in page, "Newport" in page) == (True, True, False)
    assert '<option value="both" selected>' in page
    assert "way=both" in page, "the sheet and the next page keep it"


def test_what_a_kept_link_says_and_nobody_knows_is_left_out(browser):
    a_meeting(name="There")
    nonsense = "day=someday&part=x&way=flying&language=xx&kind=Nobody&type=zz&within=9999&page=-3&near=%00"
    assert "There" in find(browser, nonsense)
    assert "There" in find(browser, "page=99999999999999&page=1")


def test_where_nothing_fits_wider_questions_are_offered(browser):
    a_meeting(latitude=33.6189, longitude=-117.9298)
    page = find(browser, "near=91766&within=2&day=today")
    assert "No meeting fits all of this" in page
    assert "near=91766&amp;within=50&amp;day=today" in page
    assert "Look at all days and times" in page
    assert "way=online" in page


def test_without_any_list_it_says_so(browser):
    assert "There is no list of meetings here yet" in find(browser)


def test_without_a_program_it_says_where_help_is(browser, monkeypatch):
    from trellis.foundation.program import queries as program

    def none():
        raise program.NoBlueprint("none")

    monkeypatch.setattr(program, "zone", none)
    assert browser.get("/meetings/").status_code == 503


def test_groups_stand_by_the_alphabet_with_secular_ones_among_them(browser):
    for kind, secular in (("SMART Recovery", True), ("AA", False), ("NA", False)):
        a_meeting(a_list(kind=kind, secular=secular))
    page = find(browser)
    places = [page.index(f"<span>{word}</span>") for word in ("AA", "NA", "Secular", "SMART Recovery")]
    assert places == sorted(places)


def test_pages_keep_the_question(browser):
    one = a_list()
    for _ in range(21):
        a_meeting(one, languages=["es"])
    page = find(browser, "near=91766&language=es")
    assert "?near=91766&amp;within=15&amp;language=es&amp;page=2" in page
    second = find(browser, "near=91766&language=es&page=2")
    assert "page=1" in second
    assert "page=3" not in second


def test_hostile_names_and_links_are_text(browser):
    one = a_list(kind=HOSTILE, title=HOSTILE)
    bad = a_meeting(
        one, name=HOSTILE, location=HOSTILE, address=HOSTILE, notes=HOSTILE, online_url="javascript:alert(1)",
        phone=HOSTILE, online_notes=HOSTILE, attendance="hybrid", types=[HOSTILE], languages=[HOSTILE], marks=" x ",
    )  # fmt: skip
    for page in ("/meetings/", f"/meetings/{bad.public_id}/", f"/meetings/{bad.public_id}/wrong/", "/meetings/sheet/"):
        html = find(browser, path=page)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


# --- the position of a device -----------------------------------------------------------------------------------------


def located(browser, **more):
    return browser.post("/meetings/", {"latitude": "34.05512345", "longitude": "-117.75230001", **more})


def test_a_position_is_sent_in_a_form_rounded_and_stands_in_no_address(browser, caplog):
    one = a_list()
    for number in range(21):
        a_meeting(one, name=f"Near {number}")
    response = located(browser, within="5")
    page = shown(response)
    assert response["Cache-Control"] == "private, no-store"
    assert "Within 5 miles of where you are" in page
    assert "34.055" not in page
    assert 'name="latitude" value="34.06"' in page
    addresses = page.replace('name="latitude" value="34.06"', "").replace('name="longitude" value="-117.75"', "")
    assert "34.06" not in addresses
    assert "117.75" not in addresses
    assert "34.0" not in caplog.text
    assert 'name="page" value="2"' in page
    assert "Near" in shown(located(browser, page="2"))


@pytest.mark.parametrize("wrong", ["", "nan", "inf", "91", "x"])
def test_a_position_that_is_none_is_no_position(browser, wrong):
    a_meeting(name="Anywhere", latitude=33.6189, longitude=-117.9298)
    assert "Anywhere" in shown(located(browser, latitude=wrong))


def test_another_site_cannot_send_a_position(browser):
    sent = browser.post("/meetings/", {"latitude": "34"}, headers={"Origin": "https://elsewhere.example"})
    assert sent.status_code == 403


# --- how much it costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 30, 2000])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "near=91766&within=15&language=es&way=in_person&day=today&part=evening",
        "q=meating&families=on&newcomers=on&wheelchair=on&secular=on&kind=AA&type=women",
        "day=appointment",
        "page=3",
    ],
)
def test_a_page_is_at_most_six_statements_and_25_kilobytes_whatever_is_asked(browser, statements, rows, query):
    lists = [a_list(kind="AA"), a_list(kind="NA", format="bmlt"), a_list(kind="SMART", secular=True)]
    with writing("test"):
        Meeting.objects.bulk_create(
            Meeting(**facts(lists[n % 3], day=n % 7, name=f"A meeting with a long name {n}", languages=["es"]))
            for n in range(rows)
        )
    find(browser)  # what a process gathers once of the lists
    with statements() as seen:
        response = browser.get(f"/meetings/?{query}")
    assert len(seen) <= 6, list(seen)
    assert len(gzip.compress(response.content)) <= 25_000
