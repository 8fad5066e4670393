"""The pages of those who keep the lists."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from trellis.foundation import clock
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.places import actions, queries
from trellis.foundation.places.models import Meeting, MeetingList, WrongReport
from trellis.foundation.places.reading import read
from trellis.foundation.places.tests.sources import body
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db
LISTS = "/desk/meetings/"
WORDS = {"title": "Orange County", "kind": "AA"}


@pytest.fixture
def cast():
    load_pomona()
    return Cast()


@pytest.fixture
def browser(cast):
    return cast.client("program_administrator")


def imported(cast, number=4, name="orange", **more):
    sent = body(number, **more)
    by = cast.actor("program_administrator")
    return actions.import_list(by=by, name=name, outcome=read(sent), body=sent, source="orange.json").list


def page_of(one):
    return f"{LISTS}lists/{one.public_id}/"


def file(number=4, name="orange.json"):
    return SimpleUploadedFile(name, body(number), content_type="application/json")


def test_without_a_list_the_page_says_how_to_begin(browser):
    html = browser.get(LISTS).content.decode()
    assert "No list yet" in html
    assert f"{LISTS}add/" in html


def test_those_who_keep_the_lists_find_them_in_the_navigation(cast, browser):
    assert f'href="{LISTS}"' in browser.get(LISTS).content.decode()
    other = cast.client("front_desk")
    assert f'href="{LISTS}"' not in other.get("/desk/").content.decode()
    assert other.get(LISTS).status_code == 403


def test_a_file_is_read_and_described_at_once(browser):
    answer = browser.post(f"{LISTS}add/", WORDS | {"file": file(), "secular": "on"}, follow=True)
    one = MeetingList.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(one)
    assert (one.title, one.kind, one.secular, one.for_families) == ("Orange County", "AA", True, False)
    assert Meeting.objects.count() == 4
    html = answer.content.decode()
    for words in ("The list is here.", "4 meetings", "Every row was kept", "When you send a newer file"):
        assert words in html
    told = AuditEvent.objects.filter(verb__in=("places.import", "places.keep_lists")).values_list("subjects", flat=True)
    assert list(told) == [[f"meeting_list:{one.pk}"]] * 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "one of the two"),
        ({"address": "https://a.example/", "file": "here"}, "one of the two"),
        ({"file": SimpleUploadedFile("a.json", b"<html>")}, "no list of meetings"),
        ({"file": SimpleUploadedFile("a.json", b"")}, "empty"),
        ({"address": "lists.example/meetings"}, "not a web address"),
        ({"address": "http://lists.example/meetings"}, "begin with https"),
        ({"address": "https://127.0.0.1/meetings"}, "private network"),
        ({"address": "https://user:word@lists.example/"}, "Take the name and the password out"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_and_nothing_typed_is_lost(browser, sent, sentence):
    if sent.get("file") == "here":
        sent = sent | {"file": file()}
    answer = browser.post(f"{LISTS}add/", WORDS | sent)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in html
    assert "Orange County" in html
    assert sent.get("address", "") in html
    assert not MeetingList.objects.exists()


def test_a_file_that_is_too_large_gets_a_sentence(browser):
    large = SimpleUploadedFile("a.json", b" " * 10_000_001)
    assert "larger than 10 MB" in browser.post(f"{LISTS}add/", WORDS | {"file": large}).content.decode()


def test_what_was_not_kept_stands_row_by_row_with_its_reason(cast, browser):
    one = imported(cast, time="25:00")
    html = browser.get(page_of(one)).content.decode()
    assert html.count("a time is HH:MM") == 4
    assert "meeting-3" in html
    assert "25:00" in html
    mended = imported(cast, time="7:30 PM")
    html = browser.get(page_of(mended) + "?mended=yes").content.decode()
    assert "this time was mended to HH:MM" in html
    assert "Every row was kept" in browser.get(page_of(mended)).content.decode()


def test_many_problems_are_paged(cast, browser):
    one = imported(cast, 30, time="25:00")
    assert browser.get(page_of(one)).content.decode().count("a time is HH:MM") == 25
    assert browser.get(page_of(one) + "?page=2").content.decode().count("a time is HH:MM") == 5


def test_what_a_feed_sends_is_shown_as_text(cast, browser):
    one = imported(cast, 1, time="<script>alert(1)</script>")
    html = browser.get(page_of(one)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    ("decision", "listed", "sentence"),
    [("release", 2, "The shorter list stands now."), ("drop", 10, "The list stays as it was.")],
)
def test_a_list_that_shrank_is_taken_over_or_left(cast, browser, decision, listed, sentence):
    one = imported(cast, 10)
    imported(cast, 2)
    assert "Orange" not in browser.get(LISTS).content.decode()
    html = browser.get(LISTS).content.decode()
    assert "got much shorter" in html
    assert "Waits for you" in html
    html = browser.get(page_of(one)).content.decode()
    assert "People can find 10 meetings now. The new list has 2." in html
    html = browser.post(f"{page_of(one)}decide/", {"decision": decision}, follow=True).content.decode()
    assert sentence in html
    assert Meeting.objects.filter(ended_at__isnull=True).count() == listed
    again = browser.post(f"{page_of(one)}decide/", {"decision": decision}, follow=True).content.decode()
    assert "Somebody has decided this already." in again


def test_a_list_is_switched_off_and_on(cast, browser):
    one = imported(cast)
    assert "Switched off" in browser.post(f"{page_of(one)}switch/", {"on": "no"}, follow=True).content.decode()
    assert not MeetingList.objects.get().switched_on
    browser.post(f"{page_of(one)}switch/", {"on": "yes"})
    assert MeetingList.objects.get().switched_on


def test_the_words_beside_a_list_are_changed(cast, browser):
    one = imported(cast)
    assert 'value="orange"' in browser.get(f"{page_of(one)}words/").content.decode()
    assert "needs a look" in browser.post(f"{page_of(one)}words/", {"title": ""}).content.decode()
    browser.post(f"{page_of(one)}words/", {"title": "SMART", "for_families": "on"})
    changed = MeetingList.objects.get()
    assert (changed.title, changed.kind, changed.secular, changed.for_families) == ("SMART", "", False, True)


def test_a_newer_file_is_read_or_answered_on_the_same_page(cast, browser):
    one = imported(cast)
    html = browser.post(f"{page_of(one)}newer/", {"file": file(6)}, follow=True).content.decode()
    assert "The list was read." in html
    assert "6 meetings" in html
    shrunk = browser.post(f"{page_of(one)}newer/", {"file": file(1)}, follow=True).content.decode()
    assert "Nothing is changed until you decide." in shrunk
    wrong = browser.post(f"{page_of(one)}newer/", {"file": SimpleUploadedFile("a.json", b"{}")})
    assert "no list of meetings" in wrong.content.decode()
    assert "needs a look" in browser.post(f"{page_of(one)}newer/", {}).content.decode()


def test_a_list_that_could_not_be_read_says_why_and_when_it_is_tried_again(cast, browser, clock_at):
    clock_at(datetime(2026, 11, 28, 16, tzinfo=UTC))
    one = imported(cast)
    with writing("factory"):
        MeetingList.objects.update(source="https://10.0.0.1/meetings", refresh=True)
    html = browser.post(f"{page_of(one)}read/", follow=True).content.decode()
    assert html.count("This address leads into a private network.") == 2, "told once, and it stands on the page"
    assert "What people see stays as it was. We try again" in html
    assert "Could not be read" in browser.get(LISTS).content.decode()
    assert "Esta dirección lleva a una red privada." in browser.get(f"/es{page_of(one)}").content.decode()


def test_reports_are_worked_off_one_by_one(cast, browser):
    imported(cast)
    with writing("factory"):
        for number, meeting in enumerate(Meeting.objects.order_by("pk")[:2]):
            at = clock.now() - timedelta(hours=number)
            report = WrongReport.objects.create(meeting=meeting, what="time", words="It is at <8> now.", at=at)
    html = browser.get(f"{LISTS}reports/").content.decode()
    assert "2 meetings want a look" in html
    assert html.count("It is at &lt;8&gt; now.") == 2
    assert "Monday 8:00 am" in html
    html = browser.post(f"{LISTS}reports/{report.public_id}/done/", follow=True).content.decode()
    assert "1 meeting wants a look" in html
    assert queries.open_report_count() == 1
    again = browser.post(f"{LISTS}reports/{report.public_id}/done/", follow=True).content.decode()
    assert "Somebody has done this already." in again
    assert "Meeting 1" in browser.get(f"{LISTS}reports/?done=yes").content.decode()


def test_without_reports_the_page_says_so(browser):
    assert "Nobody reported a wrong meeting" in browser.get(f"{LISTS}reports/").content.decode()
    assert "Nothing is done yet" in browser.get(f"{LISTS}reports/?done=yes").content.decode()


def test_the_pages_ask_the_same_number_of_questions_however_much_there_is(cast, browser, statements):
    counts = []
    for number in (1, 30):
        for n in range(number):
            imported(cast, 2, name=f"list-{number}-{n}", time="25:00" if n % 2 else "08:00")
        with writing("factory"):
            for meeting in Meeting.objects.all():
                WrongReport.objects.create(meeting=meeting, what="time", at=clock.now())
        one = page_of(MeetingList.objects.first())
        seen_here = []
        for address in (LISTS, one, f"{LISTS}reports/"):
            browser.get(address)
            with statements() as seen:
                browser.get(address)
            seen_here.append(len(seen))
        counts.append(seen_here)
    assert counts[0] == counts[1]
