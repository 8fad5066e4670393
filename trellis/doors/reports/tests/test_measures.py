"""How the program does: the numbers of a quarter, and who stands behind each of them."""

from datetime import date, datetime, timedelta

import pytest

from tests.support.live import sign_in
from trellis.doors.reports import queries, words
from trellis.doors.reports.measures import MEASURES, measured
from trellis.doors.reports.rules import Answer, Quarter, Why
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.models import ContactAgreement, FollowUpDone, TransitionStep
from trellis.journey.continuity.tests.left import next_place
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.journey.inquiry.tests.referred import typed
from trellis.journey.schedule.tests.factories import NOW, POMONA, AttendanceFactory, SeriesFactory, SessionFactory
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory, actor
from trellis.people.consent.actions.consents import set_standing

pytestmark = pytest.mark.django_db
PAGE = "/desk/program-measures/"
AUTUMN = Quarter(2026, 4)
TODAY = date(2026, 11, 25)
BEGAN = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def program(db, clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def desk(client):
    return sign_in(client, StaffMemberFactory(account__roles=["clinical_director"]).account)


def begun(name: str, *days: int, **episode) -> Client:
    """Somebody whose stay began in October, and who came so many days later."""
    found = EpisodeFactory(client=ClientFactory(chosen_name=name), opened_on=BEGAN, **episode).client
    for day in days:
        session = SessionFactory(series=SeriesFactory(), planned_on=BEGAN + timedelta(day))
        AttendanceFactory(session=session, client=found)
    return found


def judged(key: str) -> dict[str, Why]:
    """Who → why, of one measure."""
    (measure,) = (one for one in MEASURES if one.key == key)
    found = measured(measure, queries.facts(AUTUMN, POMONA), AUTUMN, TODAY).cases
    names = dict(Client.objects.values_list("pk", "chosen_name")) | {None: "somebody who asked"}
    return {names[one.client]: one.judged.why for one in found}


def test_days_are_read_from_stays_and_from_the_newest_mark(desk):
    begun("Ana", 2, 5, 9)
    begun("Ben", 20)
    late = begun("Cal", 3)
    AttendanceFactory(session=late.attendances.get().session, client=late, state="absent")  # it was corrected
    assert judged("initiated") == {"Ana": Why.CAME, "Ben": Why.NOT_CAME, "Cal": Why.NOT_CAME}
    assert judged("engaged") == {"Ana": Why.ENGAGED, "Ben": Why.NOT_STARTED, "Cal": Why.NOT_STARTED}
    assert judged("stayed-30") == {"Ana": Why.STILL_HERE, "Ben": Why.STILL_HERE, "Cal": Why.NOT_SEEN}
    assert set(judged("stayed-90").values()) == {Why.STAY_RUNS}


def test_one_discharge_elsewhere_counts_once_whoever_told_us_of_it(desk):
    """Rosa was sent by two places; Omar, of whom two wrote, came and is a client."""
    typed(discharged_on=date(2026, 11, 2))
    typed(discharged_on=date(2026, 11, 2), why="The same, by fax.")
    omar = begun("Omar", 31)
    with writing("test"):
        twice = Referral.objects.order_by("-pk")[0]
        first = Referral.objects.order_by("pk")[0]
        Inquiry.objects.filter(pk=twice.inquiry_id).update(same_as=first.inquiry_id, status="merged")
    sent = typed(name="Omar Diaz", why="He wants to go on.", discharged_on=date(2026, 11, 1))
    typed(name="Nobody", why="No day.", discharged_on=None)
    with writing("test"):
        Referral.objects.filter(pk=sent.pk).update(client_subject=f"client:{omar.pk}")
    facts = queries.facts(AUTUMN, POMONA)
    (measure,) = (one for one in MEASURES if one.key == "linked-here-7")
    cases = measured(measure, facts, AUTUMN, TODAY).cases
    assert [(one.client, one.judged.answer) for one in cases] == [
        (None, Answer.LEFT_OUT), (omar.pk, Answer.YES), (None, Answer.LEFT_OUT),
    ]  # fmt: skip
    assert [one.judged.why for one in cases] == [Why.HEARD_LATE, Why.CAME, Why.NO_DAY]


def test_the_statements_do_not_grow_with_the_people(statements):
    counted = []
    for number in (1, 29):
        for _ in range(number):
            begun("Ana", 2)
        with statements() as seen:
            queries.facts(AUTUMN, POMONA)
        counted.append(len(seen))
    assert counted == [4, 4]


ENDED = {"status": "closed", "closed_on": date(2026, 11, 3), "close_reason": "completed"}


def onward(who: Client, arrived: int | None = None, kind: str = "arrived") -> None:
    """A next place was agreed, and so many days after the stay something was heard of it."""
    plan = next_place(who)
    if arrived is not None:
        with writing("test"):
            day = date(2026, 11, 3) + timedelta(arrived)
            TransitionStep.objects.create(plan=plan, kind=kind, on=day, at=NOW, by="x")


def test_whether_they_came_to_the_next_place_after_us(desk):
    came, withdrawn = begun("Ana", 2, **ENDED), begun("Ben", 2, **ENDED)
    onward(came, arrived=12)
    onward(came, arrived=5)
    onward(withdrawn, arrived=3, kind="withdrawn")
    begun("Cal", 2, **ENDED)
    found = judged("linked-onward-7")
    assert found["Ana"] == judged("linked-onward-14")["Ana"] == Why.ARRIVED
    assert found["Ben"] == found["Cal"] != Why.ARRIVED


def test_whether_we_reached_them_after_the_stay(desk):
    reached, declined = begun("Ana", 2, **ENDED), begun("Ben", 2, **ENDED)
    begun("Cal", 2, **ENDED)
    rather_not, later = begun("Dee", 2, **ENDED), begun("Eve", 2, **ENDED)
    with writing("test"):
        facts = {"how": "call", "on": date(2026, 11, 11), "at": NOW, "by": "x"}
        FollowUpDone.objects.create(
            client=reached, episode=reached.episodes.get(), day=7, outcome="reached", **facts
        )  # fmt: skip
        FollowUpDone.objects.create(
            client=rather_not, episode=rather_not.episodes.get(), day=7, outcome="declined", **facts
        )  # fmt: skip
        soon, late = (datetime(2026, 11, day, 20, tzinfo=POMONA) for day in (17, 18))  # the 17th is the last day
        ContactAgreement.objects.create(client=declined, yes=True, by_phone=True, how="staff", at=soon, by="x")
        ContactAgreement.objects.create(client=declined, yes=False, how="own", at=soon, by="x")
        ContactAgreement.objects.create(client=later, yes=False, how="own", at=late, by="x")
    assert judged("reached-7") == {
        "Ana": Why.REACHED, "Ben": Why.NOT_WISHED, "Cal": Why.NOT_REACHED, "Dee": Why.REACHED, "Eve": Why.NOT_REACHED,
    }  # fmt: skip


def test_the_page_says_share_and_numbers_and_each_opens_its_list(desk):
    ana = begun("Ana Ruiz", 2, 5, 9)
    begun("Ben Ortiz")
    page = desk.get(PAGE).content.decode()
    assert "50% (1 of 2)" in page
    address = f"{PAGE}initiated/?quarter=2026-4&answer=no"
    assert address.replace("&", "&amp;") in page
    assert "Ana Ruiz" not in page
    listed = desk.get(address).content.decode()
    assert "Ben Ortiz" in listed
    assert "Ana Ruiz" not in listed
    assert "Did not come by Oct. 19, 2026." in listed
    assert f"/desk/clients/{ana.public_id}/" in desk.get(f"{PAGE}initiated/").content.decode()


def test_how_stays_ended_opens_by_reason(desk):
    begun("Ana Ruiz", closed=True)
    begun("Ben Ortiz", status="closed", closed_on=date(2026, 11, 3), close_reason="no_contact")
    page = desk.get(PAGE).content.decode()
    assert "reason=no_contact" in page
    listed = desk.get(f"{PAGE}completed/?reason=no_contact").content.decode()
    assert "We could not reach the person" in listed
    assert "Ana Ruiz" not in listed


def test_who_died_is_counted_and_not_named(desk):
    begun("Ana Ruiz", status="closed", closed_on=date(2026, 11, 3), close_reason="died")
    said = begun("Ben Ortiz", 2)
    set_standing(
        by=actor("clinical_director"), client=said, deceased=True, minor_consented_alone=False,
        guardian_appointed=False, restricted=(),
    )  # fmt: skip
    for address in ("completed/?answer=left-out", "completed/?reason=died", "initiated/", "stayed-30/"):
        listed = desk.get(PAGE + address).content.decode()
        assert "Ana Ruiz" not in listed
        assert "Ben Ortiz" not in listed
    assert "One person who died is counted and not named." in desk.get(f"{PAGE}initiated/").content.decode()


def test_whose_death_was_a_mistake_is_named_again(desk):
    ana = begun("Ana Ruiz", 2, status="closed", closed_on=date(2026, 11, 3), close_reason="died")
    assert "Ana Ruiz" not in desk.get(f"{PAGE}initiated/").content.decode()
    set_standing(
        by=actor("clinical_director"), client=ana, deceased=False, minor_consented_alone=False,
        guardian_appointed=False, restricted=(),
    )  # fmt: skip
    assert "Ana Ruiz" in desk.get(f"{PAGE}initiated/").content.decode()


def test_whose_record_is_closed_to_the_reader_is_counted_and_not_named(client):
    reader = StaffMemberFactory(account__roles=["clinical_director"])
    ana = begun("Ana Ruiz", 2)
    keep_out(by=actor("program_administrator"), client=ana, account=reader.account)
    listed = sign_in(client, Account.objects.get(pk=reader.account_id)).get(f"{PAGE}initiated/").content.decode()
    assert "Ana Ruiz" not in listed
    assert "One person is counted whose record is closed to you." in listed


def test_whoever_bills_sees_numbers_and_no_list(client):
    begun("Ana Ruiz", 2)
    desk = sign_in(client, StaffMemberFactory(account__roles=["biller"]).account)
    page = desk.get(PAGE).content.decode()
    assert "100% (1 of 1)" in page
    assert f"{PAGE}initiated/" not in page
    assert desk.get(f"{PAGE}initiated/").status_code == 403


def test_the_file_holds_numbers_and_no_name(desk):
    begun("Ana Ruiz", 2)
    response = desk.get(f"{PAGE}numbers/?quarter=2026-4")
    said = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="program-measures-2026-4.csv"'
    assert (
        'initiated,"Starting, and coming again: Started within 14 days",2026-10-01,2026-12-31,1,0,0,0,100,Yes' in said
    )
    assert "Ana" not in said
    assert "linked-onward-7" in said


def test_what_nobody_writes_down_says_so_and_small_numbers_are_named(desk):
    page = desk.get(PAGE).content.decode()
    assert "Some numbers here are below 11" not in page
    begun("Ana Ruiz", 2)
    assert "Some numbers here are below 11" in desk.get(PAGE).content.decode()


@pytest.mark.parametrize("asked", ["?quarter=1999-1", "?quarter=x", "?answer=x&page=x", "?reason=x"])
def test_what_nobody_offered_is_answered_calmly(desk, asked):
    assert desk.get(f"{PAGE}initiated/{asked}").status_code == 200
    assert desk.get(f"{PAGE}{asked}").status_code == 200


def test_a_measure_that_nobody_knows_is_not_there(desk):
    assert desk.get(f"{PAGE}not-one/").status_code == 404


def test_every_reason_and_every_measure_has_words():
    assert set(words.WHY) == set(Why)
    assert {one.group for one in MEASURES} == set(words.TITLES) == set(words.DEFINITIONS)
    assert len({(one.group, words.label(one)) for one in MEASURES}) == len(MEASURES)
