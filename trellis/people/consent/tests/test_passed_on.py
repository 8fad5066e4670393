"""The list for intermediaries (42 CFR 2.24): what they told us, on the client's page and on paper."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record.guard import writing
from trellis.people.clients import own_copy
from trellis.people.clients.tests.factories import ClientFactory
from trellis.people.consent import actions, queries
from trellis.people.consent.actions import gate
from trellis.people.consent.models import Consent, PassedOn
from trellis.people.consent.rules.words import Purpose
from trellis.people.consent.tests.factories import EXCHANGE, for_exchange, say, signed, wanted

pytestmark = pytest.mark.django_db
BY = Actor.of_system("test")
TODAY = date(2026, 10, 5)


def told(client):
    asks = wanted(recipient=EXCHANGE, purpose=Purpose.TREATMENT)
    return gate.disclose(by=BY, client=client, wanted=asks, how="paper", make=say).disclosure


def notes(client, disclosure, **changed):
    given = {"entity": "Alder Clinic", "on": TODAY, "what": "The days on which she came"}
    return actions.note_passed_on(by=BY, client=client, disclosure=disclosure, **(given | changed))


@pytest.fixture
def exchange(marisol):
    signed(marisol, for_exchange())
    return told(marisol)


def test_scene_53_those_who_treat_there_are_named_and_it_goes_with_the_notice(exchange):
    assert (exchange.recipient_name, exchange.notice) == ("Valley Exchange", True)


def test_scene_52_without_members_the_consent_serves_nobody(marisol):
    consent = signed(marisol, for_exchange())
    row = Consent.objects.get(pk=consent.pk)
    row.members = []
    rule = queries.rule_of(row, (), clock.now().tzinfo)
    assert rule.faults == ("intermediary_unnamed",)
    assert queries.rule_of(Consent.objects.get(pk=consent.pk), (), clock.now().tzinfo).faults == ()


def test_what_they_tell_us_is_about_the_client(marisol, exchange):
    assert notes(marisol, exchange).audit_subjects == marisol.audit_subjects


def test_what_they_tell_us_is_written_down_once(marisol, exchange):
    assert notes(marisol, exchange) == notes(marisol, exchange, entity=" Alder  Clinic ")
    assert [(row.entity, row.on, row.what) for row in queries.passed_on(marisol)] == [
        ("Alder Clinic", TODAY, "The days on which she came")
    ]


def test_what_was_told_to_anybody_else_was_passed_on_by_no_intermediary(marisol):
    signed(marisol)
    sister = gate.disclose(by=BY, client=marisol, wanted=wanted(), how="spoken", make=say).disclosure
    with pytest.raises(Refused, match="told to an intermediary"):
        notes(marisol, sister)


def test_what_was_told_of_somebody_else_is_not_on_this_list(marisol, exchange):
    with pytest.raises(Refused):
        notes(ClientFactory(), exchange)


@pytest.mark.parametrize("wrong", [{"entity": " "}, {"what": ""}, {"on": date(2026, 10, 6)}, {"on": date(2026, 10, 4)}])
def test_what_cannot_be_is_refused(marisol, exchange, wrong):
    with pytest.raises(Refused):
        notes(marisol, exchange, **wrong)


def test_the_list_names_three_years_to_the_day(marisol, exchange, clock_at):
    notes(marisol, exchange)
    start = clock.now()
    clock_at(start.replace(year=2029))
    assert queries.passed_on(marisol).count() == 1
    clock_at(start.replace(year=2029) + timedelta(days=1))
    assert queries.passed_on(marisol).count() == 0


def test_a_row_stays_as_it_was_written(marisol, exchange):
    notes(marisol, exchange)
    with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
        PassedOn.objects.update(entity="Nobody")


def test_the_own_copy_holds_it(marisol, exchange):
    notes(marisol, exchange)
    (section,) = [one for one in own_copy.sections(marisol) if one.key == "passed_on"]
    assert [line.shown for line in section.entries[0]][:2] == ["Valley Exchange", "Alder Clinic"]


# --- pages ------------------------------------------------------------------------------------------------------------
def page(browser, client, rest=""):
    return browser.get(f"/desk/clients/{client.public_id}/sharing/passed-on/{rest}").content.decode()


def test_the_desk_writes_down_what_they_told_us_and_prints_the_list(marisol, exchange, desk):
    sent = {"told": exchange.public_id, "entity": "Alder Clinic", "on": "2026-10-05", "what": "The days she came"}
    address = f"/desk/clients/{marisol.public_id}/sharing/passed-on/"
    assert "Written down." in desk.post(address, sent, follow=True).content.decode()
    for shown in (page(desk, marisol), page(desk, marisol, "print/")):
        for said in ("Alder Clinic", "The days she came", "Valley Exchange", "This program is not an intermediary"):
            assert said in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"entity": ""}, "Write to whom it was passed on."),
        ({"told": "nothing"}, "Select a valid choice"),
        ({"on": "2026-10-04"}, "before we told it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(marisol, exchange, desk, wrong, says):
    sent = {"told": exchange.public_id, "entity": "Alder Clinic", "on": "2026-10-05", "what": "The days she came"}
    answer = desk.post(f"/desk/clients/{marisol.public_id}/sharing/passed-on/", sent | wrong).content.decode()
    assert says in answer
    assert "The days she came" in answer
    assert not PassedOn.objects.exists()


def test_where_nothing_was_told_to_an_intermediary_nothing_can_be_noted(marisol, desk):
    shown = page(desk, marisol)
    assert "No intermediary told us" in shown
    assert "An intermediary told us" not in shown


def test_the_text_that_is_signed_names_the_members_and_the_right_to_a_list(marisol, desk):
    sent = {
        "recipient_name": "Valley Exchange", "recipient_kind": "organization", "intermediary": "on",
        "to_treating": "on",
        "member_names": "Alder Clinic", "information": ["attendance"], "purposes": ["treatment"], "until": "treatment",
        "step": "read",
    }  # fmt: skip
    address = f"/desk/clients/{marisol.public_id}/sharing/sign/specific/"
    shown = desk.post(address, sent).content.decode()
    for said in ("everybody there who treats them", "Alder Clinic", "Your right to a list", "within 30 days"):
        assert said in shown
    lacks = desk.post(address, sent | {"to_treating": "", "member_names": ""}).content.decode()
    assert "Say to whom the intermediary may pass it on" in lacks
