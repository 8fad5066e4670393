"""What is still missing of an admission: derived from the record, written down, taken back, said again."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.program.check import check
from trellis.foundation.program.tests.factories import TEXT, load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.arriving import actions, own_copy, presenters, queries
from trellis.journey.admission.arriving.blueprint import arriving
from trellis.journey.admission.arriving.orientation import orientation
from trellis.journey.admission.arriving.rules import Terms
from trellis.journey.admission.models import Coverage, LevelAssessment, NeedFact, OrientationSigned, StepDone
from trellis.journey.admission.tests.factories import NOW
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    KeptOutFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.tests.factories import for_care, signed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
YES = {need: (need == "transport", "Mondays") for need in NeedFact.Need.values}
COUNTY = Terms("payer", payer="county", on=TODAY, authorized=30, unit="days", ends_on=date(2026, 12, 24))


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def marisol():
    client = ClientFactory(with_account=True, chosen_name="Marisol Ruiz", language="es")
    EpisodeFactory(client=client, opened_on=TODAY)
    return client


@pytest.fixture
def desk():
    return actor("intake_coordinator")


def missing(client):
    section, found = arriving(), queries.arrival(client, TODAY)
    return {one.key: one for one in presenters.steps(section, found, TODAY) if not one.done}


def at_desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def test_the_record_itself_shows_what_is_done(marisol, desk):
    before = missing(marisol)
    assert before["permission"].due == "Late since yesterday"
    assert before["tb-screen"].due.startswith("By ")
    signed(marisol, for_care())
    actions.cover(by=desk, client=marisol, terms=COUNTY, member_number="XQ-7 9")
    actions.write_needs(by=desk, client=marisol, answers=YES)
    actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY, note="Clear")
    actions.orientation_on_paper(by=desk, client=marisol, name="Marisol Ruiz", language="es")
    CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=StaffMemberFactory(account__roles=["counselor"]))
    gone = set(before) - set(missing(marisol))
    assert gone == {"permission", "coverage", "needs", "tb-screen", "orientation", "counselor"}


def test_a_level_decided_within_another_stay_is_none_of_this_one(marisol):
    last = EpisodeFactory(client=marisol, closed=True)
    row = {"client": marisol, "kind": "decided", "facts": {}, "rules_version": 1, "recommended": "1", "level": "1"}
    with writing("test"):
        LevelAssessment.objects.create(**row, episode=last, at=NOW, by="x")
        LevelAssessment.objects.create(
            **row, episode=None, at=NOW - timedelta(days=25), by="x"
        )  # before that one ended
    assert "level" in missing(marisol)
    with writing("test"):
        LevelAssessment.objects.create(**row, episode=None, at=NOW, by="x")
    assert "level" not in missing(marisol)


def test_a_step_is_taken_back_by_a_row_and_the_first_one_stays(marisol, desk):
    actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY)
    actions.undo_step(by=desk, client=marisol, step="tb-screen")
    assert "tb-screen" in missing(marisol)
    assert [row.done for row in StepDone.objects.order_by("id")] == [True, False]
    with pytest.raises(Refused, match="Nobody has written"):
        actions.undo_step(by=desk, client=marisol, step="tb-screen")


def test_a_step_that_the_record_shows_or_that_lies_ahead_is_written_by_nobody(marisol, desk):
    with pytest.raises(Refused, match="no such step"):
        actions.write_step(by=desk, client=marisol, step="coverage", on=TODAY)
    with pytest.raises(Refused, match="ahead"):
        actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="too far back"):
        actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY.replace(year=202))
    nobody = ClientFactory()
    with pytest.raises(Refused, match="no open stay"):
        actions.write_step(by=desk, client=nobody, step="tb-screen", on=TODAY)


def test_facts_never_change_and_numbers_lie_sealed(marisol, desk):
    row = actions.cover(by=desk, client=marisol, terms=COUNTY, member_number="XQ-7 9")
    assert (row.member_number, "XQ-7 9" in row.member_number_sealed) == ("XQ-7 9", False)
    with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
        Coverage.objects.update(payer="commercial")
    assert [event.verb for event in about(*row.audit_subjects)][:1] == ["coverage.write"]


def test_coverage_with_a_fault_is_refused(marisol, desk):
    with pytest.raises(Refused, match="before the first"):
        actions.cover(
            by=desk,
            client=marisol,
            terms=Terms("cash", on=TODAY, cents=1, starts_on=TODAY, ends_on=NOW.date() - timedelta(days=9)),
        )
    assert not Coverage.objects.exists()


def test_coverage_that_has_ended_is_missing_again(marisol, desk):
    ended = Terms("payer", payer="county", on=TODAY, ends_on=TODAY - timedelta(days=1))
    actions.cover(by=desk, client=marisol, terms=ended)
    assert "coverage" in missing(marisol)


def test_all_needs_are_answered_at_once(marisol, desk):
    with pytest.raises(Refused, match="each of them"):
        actions.write_needs(by=desk, client=marisol, answers={"transport": (True, "")})
    actions.write_needs(by=desk, client=marisol, answers=YES)
    known = queries.needs_of([marisol.pk])[marisol.pk]
    assert presenters.needed(known) == [("Help with getting here", "Mondays")]


def test_two_who_write_needs_at_once_lose_no_answer(marisol, desk):
    actions.write_needs(by=desk, client=marisol, answers=YES)
    browser, address = at_desk(desk), f"/desk/clients/{marisol.public_id}/arriving/needs/"
    opened = browser.get(address).context
    form = {**opened["form"].initial, "seen": opened["seen"]}
    browser.post(address, form | {"transport": "no"})
    browser.post(address, form | {"childcare": "yes", "childcare_words": "Two small ones"})
    page = browser.post(address, form | {"transport": "yes", "transport_words": "Fridays"}).content.decode()
    assert "otherwise meanwhile: Help with getting here" in page
    assert "Fridays" in page
    known = queries.needs_of([marisol.pk])[marisol.pk]
    assert (known["transport"].needed, known["childcare"].words) == (False, "Two small ones")


def test_the_client_signs_the_words_that_they_read(marisol):
    by, words = actor_of(marisol.account), orientation(arriving(), "es")
    for wrong, said in (({"shown_sha256": "old"}, "changed"), ({"name": " "}, "your name")):
        given = {"name": "Marisol Ruiz", "shown_sha256": words.sha256, **wrong}
        with pytest.raises(Refused, match=said):
            actions.sign_orientation(by=by, client=marisol, language="es", **given)
    first, again = (
        actions.sign_orientation(by=by, client=marisol, name="Marisol", language="es", shown_sha256=words.sha256)
        for _ in range(2)
    )
    assert first == again == OrientationSigned.objects.get()
    assert first.shown.startswith("Lo que hacemos aquí")
    with pytest.raises(NotPermitted):
        actions.sign_orientation(
            by=actor("intake_coordinator"), client=marisol, name="x", language="es", shown_sha256=words.sha256
        )


@pytest.fixture
def returning(desk, clock_at):
    """Somebody who was here a year ago, and comes back today."""
    client = ClientFactory(chosen_name="Ana Vega")
    clock_at(NOW - timedelta(days=365))
    EpisodeFactory(client=client, opened_on=date(2025, 11, 25), closed=True, closed_on=date(2026, 2, 1))
    actions.write_needs(by=desk, client=client, answers=YES)
    actions.cover(by=desk, client=client, terms=Terms("cash", on=date(2025, 11, 20), cents=4000))
    clock_at(NOW)
    EpisodeFactory(client=client, opened_on=TODAY)
    return client


def test_whoever_comes_back_is_asked_only_whether_it_is_still_so(returning, desk):
    found = queries.arrival(returning, TODAY)
    assert found.came_before
    assert found.before.coverage.cents == 4000
    assert len(found.before.needs) == len(NeedFact.Need)
    assert {"needs", "coverage"} <= set(missing(returning))
    actions.still_covered(by=desk, client=returning, seen=found.coverage.public_id)
    actions.still_needed(by=desk, client=returning, seen=max(row.pk for row in found.needs.values()))
    assert not {"needs", "coverage"} & set(missing(returning))
    assert not queries.arrival(returning, TODAY).before.anything
    assert Coverage.objects.count() == 2
    with pytest.raises(Refused, match="meanwhile"):
        actions.still_covered(by=desk, client=returning, seen=found.coverage.public_id)
    with pytest.raises(Refused, match="meanwhile"):
        actions.still_needed(by=desk, client=returning, seen=0)


def test_counselors_are_proposed_by_room_and_nobody_to_whom_it_is_closed(marisol):
    free, busy, cousin = (StaffMemberFactory(account__roles=["counselor"], languages=["es"]) for _ in range(3))
    StaffMemberFactory(account__roles=["front_desk"], languages=["es"])
    CareAssignmentFactory(staff_member=busy)
    KeptOutFactory(client=marisol, account=cousin.account)
    assert [one.candidate.key for one in queries.counselors(marisol, "es")] == [free.public_id, busy.public_id]
    assert [one.candidate.open for one in queries.counselors(marisol, "es")] == [0, 1]


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_statements_for_one_and_for_thirty(marisol, desk, statements, number):
    for _ in range(number):
        actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY)
        CareAssignmentFactory(staff_member=StaffMemberFactory(account__roles=["counselor"]))
    with statements() as seen:
        queries.arrival(marisol, TODAY)
        queries.counselors(marisol, "es")
        queries.needs_of([marisol.pk])
    assert len(seen) == 17


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_missing_and_takes_what_is_written(marisol, desk):
    browser, address = at_desk(desk), f"/desk/clients/{marisol.public_id}/arriving/"
    html = browser.get(address).content.decode()
    assert "things are still missing" in html
    assert f"/desk/clients/{marisol.public_id}/sharing/sign/tpo/" in html
    wrong = browser.post(address, {"what": "step", "step": "tb-screen", "on": "2027-01-01"})
    assert "This day lies ahead" in wrong.content.decode()
    assert browser.post(address, {"what": "step", "step": "tb-screen", "on": "2026-11-25"}).status_code == 302
    assert "Take it back" in browser.get(address).content.decode()
    browser.post(address, {"what": "undo", "step": "tb-screen"})
    browser.post(address, {"what": "paper", "name": "Marisol Ruiz", "language": "es"})
    member = StaffMemberFactory(account__roles=["counselor"])
    browser.post(address, {"what": "assign", "member": member.public_id})
    assert not {"orientation", "counselor"} & set(missing(marisol))
    assert "tb-screen" in missing(marisol)
    assert browser.post(address, {"what": "assign", "member": "nobody"}, follow=True).status_code == 200


def test_whoever_comes_back_says_still_so_on_the_page(returning, desk):
    browser, address = at_desk(desk), f"/desk/clients/{returning.public_id}/arriving/"
    found = queries.arrival(returning, TODAY)
    assert "They were here before" in browser.get(address).content.decode()
    browser.post(address, {"what": "still_covered", "seen": found.coverage.public_id})
    browser.post(address, {"what": "still_needed", "seen": max(row.pk for row in found.needs.values())})
    assert "They were here before" not in browser.get(address).content.decode()
    browser.post(address, {"what": "still_needed", "seen": "²"})


def test_coverage_is_checked_at_its_field(marisol, desk):
    browser, address = at_desk(desk), f"/desk/clients/{marisol.public_id}/arriving/coverage/"
    form = {"kind": "payer", "payer": "county", "on": "2026-11-25", "starts_on": "2026-11-25", "ends_on": "2026-11-01"}
    html = browser.post(address, form).content.decode()
    assert "The last day lies before the first" in html
    assert browser.post(address, form | {"ends_on": "2026-12-25"}).status_code == 302
    assert "County or court funds" in browser.get(address).content.decode()


def test_needs_are_asked_on_a_page_of_their_own(marisol, desk):
    browser, address = at_desk(desk), f"/desk/clients/{marisol.public_id}/arriving/needs/"
    assert "Choose yes or no." in browser.post(address, {}).content.decode()
    answers = dict.fromkeys(NeedFact.Need.values, "no")
    assert browser.post(address, answers).status_code == 302
    assert NeedFact.objects.count() == len(NeedFact.Need)


def test_the_biller_reads_who_pays_and_not_what_is_missing(marisol):
    browser = at_desk(actor("biller"))
    assert browser.get(f"/desk/clients/{marisol.public_id}/arriving/coverage/").status_code == 200
    assert browser.get(f"/desk/clients/{marisol.public_id}/arriving/").status_code == 403


def test_without_a_list_the_page_says_so(marisol, desk):
    load_pomona(**{TEXT[TEXT.index("[arriving]") :]: ""})
    html = at_desk(desk).get(f"/desk/clients/{marisol.public_id}/arriving/").content.decode()
    assert "has no list of steps yet" in html


def test_the_client_sees_their_first_days_and_signs(marisol):
    browser = sign_in(Browser(), marisol.account)
    html = browser.get("/es/my/arriving/").content.decode()
    assert "Tarjeta" in html or "tarjeta" in html
    assert "/es/my/sharing/care/" in html
    shown = orientation(arriving(), "es").sha256
    assert browser.post("/es/my/arriving/", {"name": "", "shown": shown}).status_code == 200
    assert browser.post("/es/my/arriving/", {"name": "Marisol Ruiz", "shown": "x"}).status_code == 200
    assert browser.post("/es/my/arriving/", {"name": "Marisol Ruiz", "shown": shown}).status_code == 302
    assert OrientationSigned.objects.get().way == "own_page"


def test_the_own_copy_holds_who_pays_needs_and_steps(marisol, desk):
    actions.cover(by=desk, client=marisol, terms=COUNTY, member_number="XQ-7 9")
    actions.write_needs(by=desk, client=marisol, answers=YES)
    actions.write_step(by=desk, client=marisol, step="tb-screen", on=TODAY, note="Clear")
    actions.orientation_on_paper(by=desk, client=marisol, name="Marisol Ruiz", language="es")
    assert {line.key: line.shown for line in next(iter(own_copy.coverages(marisol)))}["member_number"] == "XQ-7 9"
    assert len(list(own_copy.needs(marisol))) == len(NeedFact.Need)
    assert [entry[1].shown for entry in own_copy.steps(marisol)] == ["Orientation", "TB screen"]


def test_the_program_file_is_checked_for_steps_that_nobody_could_show():
    wrong = TEXT + (
        '\n[[arriving.steps]]\nkey = "tb-screen"\nwords = { en = "x", es = "x" }\ndue = "soon"\nby = "magic"\n'
        '\n[[arriving.steps]]\nkey = "y"\nwords = { en = "x", es = "x" }\ndue = "at"\nby = "consent"\nof = ["moon"]\n'
        '\n[[arriving.steps]]\nkey = "z"\nwords = { en = "x", es = "x" }\ndue = "at"\nby = "measure"\n'
    )
    said = " ".join(str(one) for one in check(wrong))
    for sentence in ("Another step has this key", "before, at, within", "fact", "moon is not known", "they must"):
        assert sentence in said
