"""A record opened in an emergency: who may, for how long, who is told, and who reads why."""

from datetime import date, timedelta

import pytest

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.people.accounts.tests.factories import PASSWORD
from trellis.people.clients.emergency import actions, queries, rules
from trellis.people.clients.models import EmergencyOpening
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db
BORN = date(1992, 3, 14)
#: session, account, roles, what waits, what was read, the event
STATEMENTS = 6
PAGE, READ = "/desk/clients/emergency/", "/desk/clients/emergency/read/"
WORDS = "The hospital asks which medicines she takes."


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Peña", born_on=BORN, in_program=True)


@pytest.fixture
def therapist():
    return StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Dana Cole")


@pytest.fixture
def guardian():
    return StaffMemberFactory(
        account__roles=["program_administrator"], account__chosen_name="Helen Marsh", account__email="helen@example.org"
    )


def opened(by, **changed):
    given = {"name": "marisol pena", "born_on": BORN, "why": "medical", "words": WORDS} | changed
    return actions.open_in_emergency(by=by, **given)


def test_it_opens_for_one_hour_to_one_person(marisol, therapist, clock_at):
    by, other = actor_of(therapist.account), actor("therapist")
    assert not may(by, "client.read", marisol)
    opening = opened(by)
    assert (opening.client, opening.account) == (marisol, therapist.account)
    for verb in (
        "client.read",
        "consent.read",
        "disclosure.ask",
        "disclosure.make",
        "schedule.minutes",
        "admission.read",
    ):
        assert may(by, verb, marisol), verb
    for verb in ("client.change_name", "client.record_legal_name", "client.close_episode", "consent.sign"):
        assert not may(by, verb, marisol), verb
    assert not may(other, "client.read", marisol)
    assert not may(by, "client.read", ClientFactory())
    clock_at(SINCE + rules.OPEN_FOR - timedelta(seconds=1))
    assert may(by, "client.read", marisol)
    clock_at(SINCE + rules.OPEN_FOR)
    assert not may(by, "client.read", marisol)


def test_those_who_guard_privacy_are_told_in_words_that_say_nothing(marisol, therapist, guardian):
    StaffMemberFactory(account__roles=["front_desk"], account__email="desk@example.org")
    StaffMemberFactory(account__roles=["clinical_director"], account__email=None, account__username="no.mail")
    opened(actor_of(therapist.account))
    message = Message.objects.get()
    assert (message.to, message.kind) == ("helen@example.org", "clients.emergency")
    assert message.values == {"url": f"http://localhost:8000{READ}"}


def test_the_trail_names_the_client_and_a_name_that_fits_nobody_names_nobody(marisol, therapist):
    by = actor_of(therapist.account)
    opened(by)
    assert AuditEvent.objects.get(verb="client.open_in_emergency").subjects == [f"client:{marisol.pk}"]
    with pytest.raises(Refused, match="Nobody here has this name"):
        opened(by, name="Marisol")
    assert AuditEvent.objects.get(verb="client.miss_in_emergency").subjects == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": "Marisol"}, "Nobody here has this name"),
        ({"born_on": date(1992, 3, 15)}, "Nobody here has this name"),
        ({"words": "urgent"}, "Write in a few words"),
    ],
)
def test_what_opens_nothing_says_so(marisol, therapist, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        opened(actor_of(therapist.account), **changed)
    assert not EmergencyOpening.objects.exists()


def test_two_of_one_name_and_birth_date_are_not_guessed_between(marisol, therapist):
    ClientFactory(chosen_name="Marisol Pena", born_on=BORN)
    with pytest.raises(Refused, match="The clinical director can help"):
        opened(actor_of(therapist.account))


def test_whose_record_is_open_anyway_is_not_opened_again(marisol, therapist):
    CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=therapist, since=SINCE.date())
    with pytest.raises(Refused, match="open to you already"):
        opened(actor_of(therapist.account))


@pytest.mark.parametrize("role", ["front_desk", "biller", "intake_coordinator", "client", "clinical_director"])
def test_others_have_no_such_way(marisol, role):
    with pytest.raises(NotPermitted):
        opened(actor(role))


def test_one_other_person_reads_why_once(marisol, guardian):
    member = StaffMemberFactory(account__roles=["therapist", "program_administrator"])
    ends = SINCE + rules.OPEN_FOR
    with writing("test"):
        mine = EmergencyOpening.objects.create(
            client=marisol, account=member.account, why="life", words=WORDS, since=SINCE, until=ends
        )
    with pytest.raises(Refused, match="Somebody else reads"):
        actions.review(by=actor_of(member.account), opening=mine, found="right", words="Fine.")
    read = actions.review(by=actor_of(guardian.account), opening=mine, found="right", words=" Fine. ")
    assert (read.words, read.audit_subjects) == ("Fine.", (f"client:{marisol.pk}",))
    with pytest.raises(Refused, match="read this in the meantime"):
        actions.review(by=actor_of(guardian.account), opening=mine, found="not_right", words="No.")


@pytest.mark.parametrize("number", [1, 30])
def test_what_waits_is_asked_in_one_statement_and_only_for_those_who_read(
    therapist, guardian, number, statements, clock_at
):
    for n in range(number):
        ClientFactory(chosen_name=f"Ana Lima {n}", born_on=BORN)
        opened(actor_of(therapist.account), name=f"Ana Lima {n}")
    now = clock_at(SINCE + timedelta(days=1, seconds=1))
    reader = actor_of(guardian.account)
    with statements() as seen:
        found = queries.waiting_for(reader, now)
    assert len(seen) == 1
    assert (found.number, found.late) == (number, number)
    with statements() as seen:
        assert queries.waiting_for(actor("front_desk"), now).number == 0
    assert len([one for one in seen if "emergency" in one]) == 0


class TestPages:
    def sent(self, browser, **changed):
        given = {"name": "Marisol Peña", "born_on": "1992-03-14", "why": "medical", "words": WORDS} | changed
        return browser.post(PAGE, given)

    def after_password(self, browser, answer):
        assert answer["Location"].startswith("/accounts/again/")
        return browser.post(answer["Location"], {"password": PASSWORD})

    def test_the_password_is_asked_for_and_the_record_opens_and_says_until_when(self, marisol, therapist, client):
        therapist.account.set_password(PASSWORD)
        with writing("test"):
            therapist.account.save()
        sign_in(client, therapist.account)
        record = f"/desk/clients/{marisol.public_id}/"
        assert client.get(record).status_code == 404
        answer = self.after_password(client, self.sent(client))
        assert answer["Location"] == record
        page = client.get(record).content.decode()
        assert "Open to you until 10 a.m., because of an emergency" in page
        assert AuditEvent.objects.filter(verb="opened client.read").count() == 1

    def test_what_was_typed_stays_beside_the_sentence(self, marisol, therapist, client, settings):
        settings.ACCOUNT_REAUTHENTICATION_REQUIRED = False
        sign_in(client, therapist.account)
        page = self.sent(client, name="Marisol P", words="The hospital asks.").content.decode()
        assert "Nobody here has this name" in page
        assert 'value="Marisol P"' in page
        assert "The hospital asks." in page
        page = self.sent(client, words="!", why="").content.decode()
        assert "Write in a few words" in page
        assert "Choose" in page or "required" in page

    def test_it_waits_is_read_and_stands_below(self, marisol, therapist, guardian, client):
        opening = opened(actor_of(therapist.account))
        sign_in(client, guardian.account)
        assert "nobody has read why" in client.get("/desk/today/").content.decode().lower()
        page = client.get(READ).content.decode()
        assert "1 opening waits to be read" in page
        assert "Dana Cole" in page
        one = f"{READ}{opening.public_id}/"
        assert WORDS in client.get(one).content.decode()
        assert client.post(one, {"found": "right", "words": ""}).status_code == 200
        assert client.post(one, {"found": "right", "words": "The hospital had called."})["Location"] == READ
        page = client.get(READ).content.decode()
        assert "Everything was read" in page
        assert "Read already" in page
        assert "The hospital had called." in client.get(one).content.decode()
        assert client.post(one, {"found": "right", "words": "Again."})["Location"] == READ
        assert "in the meantime" in client.get(READ).content.decode()

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_takes_as_many_statements_for_one_as_for_thirty(
        self, therapist, guardian, client, number, statements
    ):
        for n in range(number):
            ClientFactory(chosen_name=f"Ana Lima {n}", born_on=BORN)
            opened(actor_of(therapist.account), name=f"Ana Lima {n}")
        sign_in(client, guardian.account)
        client.get(READ)
        with statements() as seen:
            client.get(READ)
        assert len(seen) == STATEMENTS

    def test_the_desk_shows_the_way_only_to_those_who_may(self, therapist, guardian, client):
        sign_in(client, therapist.account)
        page = client.get("/desk/clients/").content.decode()
        assert PAGE in page
        assert READ not in page
        sign_in(client, guardian.account)
        page = client.get("/desk/clients/").content.decode()
        assert f'href="{PAGE}"' not in page
        assert READ in page
        assert client.get(PAGE).status_code == 403
