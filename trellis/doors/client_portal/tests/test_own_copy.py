"""A client takes their own record along: what rooms give, after the password, and nothing told in confidence."""

import json
import re
import time
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program import queries as blueprint
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission.tests.factories import AdmissionFactory, InquiryFactory
from trellis.journey.continuity.tests.lived import one_more
from trellis.journey.inquiry.models import Attempt
from trellis.journey.measures.tests.factories import given_to
from trellis.journey.schedule.tests.factories import AbsenceNoticeFactory, AttendanceFactory, SessionFactory
from trellis.people.accounts.tests.factories import PASSWORD, account_with
from trellis.people.clients import own_copy
from trellis.people.clients.kept_out.actions import keep_out, let_in, step_back
from trellis.people.clients.tests.factories import (
    SINCE,
    ClientFactory,
    EpisodeFactory,
    KeptOutFactory,
    LegalNameFactory,
    StaffMemberFactory,
    WatchFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.outside import actions as outside
from trellis.people.consent.tests.factories import in_emergency, say, signed
from trellis.people.consent.tests.heard import a_note
from trellis.people.rights.notice import actions as notice
from trellis.people.rights.own_copy import actions, files
from trellis.people.rights.tests.factories import answers, asks, own
from trellis.people.rights.tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")
#: sections of which nobody has many
SELDOM = {"person", "proxies", "notice", "passed_on"}
IN_CONFIDENCE = "He drinks again, but do not tell him that I called"


@pytest.fixture
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


@pytest.fixture
def marisol(program):
    """With a password, unlike most people of tests."""
    account = account_with("client", chosen_name="Marisol Ruiz", email="marisol@example.org")
    return ClientFactory(account=account, chosen_name="Marisol Ruiz", in_program=True)


@pytest.fixture
def lived(marisol):
    """Something of everything that a room gives."""
    LegalNameFactory(client=marisol, given="Maria", family="Ruiz Vega")
    session = SessionFactory(
        starts_at=clock.now() - timedelta(days=3), ends_at=clock.now() - timedelta(days=3, hours=-1)
    )
    AttendanceFactory(session=session, client=marisol, state="late", arrived_late_minutes=12)
    signed(marisol, shown="What Marisol read and signed")
    disclose(by=US, client=marisol, wanted=in_emergency(), how="spoken", make=say)
    notice.acknowledge(by=own(marisol), client=marisol, number=1, language="en")
    answers(asks(marisol), "deny", "The list says 5:42.")
    return marisol


@pytest.fixture
def sure(phone):
    """They typed their password a moment ago."""
    session = phone.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return phone


def file(browser, form):
    return browser.get(reverse("my:own_copy_file", args=[form]))


def data(browser):
    return json.loads(file(browser, "data").content)


def test_both_files_hold_what_every_room_gives(sure, lived):
    found = data(sure)
    assert (found["schema"], found["version"], found["language"]) == ("trellis.own-copy", 1, "en")
    sections = found["sections"]
    assert set(sections) == {
        "person", "asked", "stays", "admissions", "history", "substances", "levels", "attendance", "notices",
        "answers", "consents", "proxies", "told", "passed_on", "closed_to", "watched", "notice", "requests",
        "referrals", "diagnoses", "coverage", "needs", "first_steps", "discharge", "next_places", "letters",
        "reviews", "team_responses", "aftercare_plans", "contact_after", "follow_ups",
        "waits", "hand_ons",
    }  # fmt: skip
    assert sections["person"][0]["chosen_name"] == "Marisol Ruiz"
    assert sections["person"][1]["family"] == "Ruiz Vega"
    assert sections["stays"][0]["opened_on"] == "2026-10-05"
    assert sections["attendance"][0]["state"] == "late"
    assert sections["consents"][0]["recipients"] == ["Ana Ruiz"]
    assert sections["consents"][0]["shown"] == "What Marisol read and signed"
    assert sections["told"][0]["recipient"] == "Dr. Kim"
    assert sections["notice"][0]["version"] == 1
    assert sections["requests"][0]["deny"] == "The list says 5:42."
    page = text(file(sure, "page"))
    for said in ("Maria", "Late", "Ana Ruiz", "Dr. Kim", "I was there at 5:25", "The list says 5:42.", "Oct. 5, 2026"):
        assert said in page, said
    assert "Nobody may use it against you" in page


def test_what_they_told_us_about_a_group_is_in_it(sure, marisol):
    AbsenceNoticeFactory(client=marisol, session=SessionFactory(), reason="Work")
    told = data(sure)["sections"]["notices"][0]
    assert (told["kind"], told["reason"], told["taken_back"]) == ("cannot_come", "Work", False)


def admitted(client, **inquiry):
    return AdmissionFactory(
        episode=EpisodeFactory(client=client, closed=True),
        inquiry=InquiryFactory(**inquiry),
        admitted_on=date(2026, 9, 1),
    ).inquiry


def test_how_they_asked_and_why_they_came_is_in_it(sure, marisol):
    inquiry = admitted(
        marisol, words_sealed=crypto.seal("I want to stop before the baby comes"), topics=["start"],
        safe_note_sealed=crypto.seal("Not at work"),
    )  # fmt: skip
    with writing("test"):
        Attempt.objects.create(
            inquiry=inquiry,
            at=clock.now(),
            outcome="reached",
            note_sealed=crypto.seal("Her brother picked up"),
            key="k",
        )
        again = InquiryFactory(same_as=inquiry, status="merged", words_sealed=crypto.seal("It is me again"))
    found = data(sure)["sections"]
    first, second = found["asked"]
    assert first["words"] == "I want to stop before the baby comes"
    assert (first["telephone"], first["safe_note"], first["times"]) == ("(909) 555-0142", "Not at work", ["evening"])
    assert first["asked_at"].startswith("2026-11-25T10:00:00")
    assert (second["words"], again.is_open) == ("It is me again", False)
    (came,) = found["admissions"]
    assert (came["admitted_on"], came["level"]) == ("2026-09-01", "2.1")
    assert came["reason"].startswith("Needs structure")
    body = file(sure, "page").content.decode()
    assert "I want to stop before the baby comes" in body
    assert "Her brother picked up" not in body + file(sure, "data").content.decode()


@pytest.mark.parametrize("for_whom", ["loved_one", "referring"])
def test_what_somebody_else_asked_about_them_is_not(sure, marisol, for_whom):
    admitted(marisol, for_whom=for_whom, name="Elena Ruiz")
    assert data(sure)["sections"]["asked"] == []
    assert "Elena" not in file(sure, "page").content.decode()


def test_to_whom_their_record_is_closed_is_in_it_and_no_ones_own_reason(sure, marisol):
    cousin = StaffMemberFactory(account__roles=["front_desk"], account__chosen_name="Rosa Peña").account
    neighbor = StaffMemberFactory(account__roles=["biller"], account__chosen_name="Ana Cole").account
    let_in(by=own(marisol), kept=keep_out(by=own(marisol), client=marisol, account=cousin))
    step_back(by=actor_of(neighbor), client=marisol)
    first, second = data(sure)["sections"]["closed_to"]
    assert (first["name"], first["closed_by"]) == ("Rosa Peña", "you")
    assert first["since"] == first["until"] == "2026-10-05T09:00:00-07:00"
    assert (second["name"], second["closed_by"], second["until"]) == ("Ana Cole", "themselves", None)
    page = text(file(sure, "page"))
    assert "They closed it to themselves" in page
    assert "know each other" not in page
    with translation.override("es"):
        assert "Se lo cerró por su cuenta" in text(file(sure, "page"))


def test_whoever_has_no_record_is_led_to_today(program, client):
    account = account_with("client", email="nobody@example.org")
    browser = sign_in(client, account)
    shown = browser.session
    shown["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    shown.save()
    own = [reverse(f"my:{name}") for name in ("rights", "notice", "own_copy")]
    for path in (*own, reverse("my:ask_right", args=["less"]), reverse("my:own_copy_file", args=["data"])):
        assert browser.get(path)["Location"] == reverse("my:today")
    assert browser.post(reverse("my:acknowledge"), {"number": "1"})["Location"] == reverse("my:today")


def test_the_minutes_are_those_that_they_were_there(sure, lived):
    assert data(sure)["sections"]["attendance"][0]["minutes"] == 33


def test_nothing_that_others_told_in_confidence_is_in_it(sure, lived):
    note = a_note(asker="loved_one", about="Marisol Ruiz", asker_name="Jorge", told=IN_CONFIDENCE, in_confidence=True)
    outside.review(by=actor("clinical_director"), request=note, client=lived, done="Spoke with his counselor")
    for form in files.FORMS:
        body = file(sure, form).content.decode()
        assert "Marisol Ruiz" in body
        for said in (IN_CONFIDENCE, "drinks again", "Jorge", "Spoke with his counselor"):
            assert said not in body


def test_another_clients_record_is_not_in_it(sure, lived):
    other = ClientFactory(chosen_name="Denise Park", in_program=True)
    asks(other, "complaint")
    for form in files.FORMS:
        body = file(sure, form).content.decode()
        assert "Denise" not in body
        assert "waiting room" not in body


def test_it_leaves_as_a_file_that_nobody_keeps_and_whose_name_says_nothing(sure, lived):
    for form, kind, ending in (("page", "text/html; charset=utf-8", "html"), ("data", "application/json", "json")):
        answer = file(sure, form)
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'attachment; filename="my-copy-2026-10-05.{ending}"'
        assert answer["Cache-Control"] == "no-store"
    with translation.override("es"):
        assert 'filename="mi-copia-2026-10-05.html"' in file(sure, "page")["Content-Disposition"]


def test_the_page_needs_no_other_file_and_runs_nothing_that_somebody_wrote(sure, marisol):
    with writing("test"):
        type(marisol).objects.filter(pk=marisol.pk).update(safe_times="<script>alert(1)</script>", pronouns="=1+1")
    body = file(sure, "page").content.decode()
    assert "<script" not in body
    assert "&lt;script&gt;" in body
    assert not re.search(r"""(?:src|href)=|url\(|@import""", body)


def test_each_download_is_in_the_trail_and_on_their_list(sure, lived):
    file(sure, "data")
    events = AuditEvent.objects.filter(verb="record.download")
    assert [one.subjects for one in events] == [[f"client:{lived.pk}"]]


def test_without_the_password_just_now_nothing_leaves(phone, lived):
    for form in files.FORMS:
        answer = file(phone, form)
        assert (answer.status_code, answer["Location"]) == (302, reverse("my:own_copy"))
    assert reverse("account_reauthenticate") in phone.get(reverse("my:own_copy"))["Location"]
    assert not AuditEvent.objects.filter(verb="record.download").exists()


def test_the_password_opens_the_page_with_both_files(phone):
    where = phone.get(reverse("my:own_copy"))["Location"]
    page = text(phone.post(where, {"password": "not it"}))
    assert "Download the page" not in page
    page = text(phone.post(where, {"password": PASSWORD}, follow=True))
    assert "Download the page" in page
    assert "For the notes, ask for a copy of your record." in page
    assert file(phone, "page").status_code == 200


def test_who_waited_too_long_is_asked_again(sure, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert file(sure, "data").status_code == 302


def test_other_forms_and_other_methods_are_not_there(sure):
    assert file(sure, "csv").status_code == 404
    assert sure.post(reverse("my:own_copy_file", args=["data"])).status_code == 405


def test_nobody_who_works_here_takes_it_for_them(marisol, client):
    director = StaffMemberFactory(account__roles=["clinical_director"]).account
    assert file(sign_in(client, director), "data").status_code == 403
    with pytest.raises(NotPermitted):
        actions.take(by=actor("clinical_director"), client=marisol)


def test_it_reads_in_spanish_with_the_same_keys(sure, lived):
    english = data(sure)["sections"]
    with translation.override("es"):
        spanish = data(sure)
        page = text(file(sure, "page"))
    assert spanish["language"] == "es"
    assert {key: [list(one) for one in rows] for key, rows in spanish["sections"].items()} == {
        key: [list(one) for one in rows] for key, rows in english.items()
    }
    assert "Sus grupos y minutos" in page
    assert "Lo que no tiene" in page


def test_a_section_with_nothing_says_so(sure, marisol):
    assert data(sure)["sections"]["told"] == []
    assert "Nothing." in text(file(sure, "page"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_statements_for_one_and_for_thirty(marisol, statements, number):
    for turn in range(number):
        signed(marisol)
        disclose(by=US, client=marisol, wanted=in_emergency(), how="spoken", make=say)
        answers(asks(marisol, ("correction", "copy")[turn % 2]), "accept")
        AttendanceFactory(session=SessionFactory(), client=marisol)
        AbsenceNoticeFactory(client=marisol, session=SessionFactory())
        given_to(marisol, way="phone")
        KeptOutFactory(client=marisol)
        WatchFactory(client=marisol)
        one_more(marisol, turn)
    with blueprint.remembered(), statements() as seen:
        found = own_copy.sections(marisol)
    assert len(seen) == 43, seen
    few = {one.key for one in found if len(one.entries) < number}
    assert few <= SELDOM, "nothing of it was planted"
