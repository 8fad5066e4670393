"""An incident from the first night to the last report: what is kept, what is refused, where it stands."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.people.breaches import actions, queries, states
from trellis.people.breaches.actions import Factors, Facts
from trellis.people.breaches.models import Assessment, Circumstances, Incident
from trellis.people.breaches.rules import Duty, Outcome
from trellis.people.breaches.tests.factories import (
    FACTS,
    FOUND_OUT,
    TODAY,
    affects,
    assessed,
    guard,
    happened,
    signer,
    told,
    worded,
)
from trellis.people.breaches.tests.pages import text
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]


def known(incident):
    return queries.known(incident)


def duties(incident):
    return {one.duty for one in known(incident).unmet}


class TestRecording:
    def test_its_words_lie_sealed_and_name_nobody_in_the_trail(self):
        row = happened(told_by="The driver", at_once="We called the bus line")
        assert "A folder" not in row.what_sealed
        assert queries.opened_text(row.what_sealed) == "A folder was left on a bus."
        assert AuditEvent.objects.get(verb="breach.record").subjects == []
        assert known(row).state == states.OPEN

    @pytest.mark.parametrize("role", ["counselor", "front_desk", "biller", "intake_coordinator", "client"])
    def test_only_those_who_guard_privacy(self, role):
        with pytest.raises(NotPermitted):
            actions.record(by=actor(role), what="Something", facts=FACTS)

    @pytest.mark.parametrize(
        ("what", "facts", "sentence"),
        [
            (" ", FACTS, actions.SAY_IT),
            ("x", Facts(TODAY + timedelta(days=1), ()), actions.NOT_YET),
            ("x", Facts(FOUND_OUT, (), date(2026, 10, 2)), actions.DAYS_IN_ORDER),
            ("x", Facts(FOUND_OUT, (), date(2026, 9, 2), date(2026, 9, 1)), actions.DAYS_IN_ORDER),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, what, facts, sentence):
        with pytest.raises(Refused, match=str(sentence)):
            happened(what=what, facts=facts)
        assert not Incident.objects.exists()

    def test_one_day_is_a_span_of_one(self):
        now = known(happened(facts=Facts(FOUND_OUT, (), date(2026, 9, 2)))).facts
        assert (now.happened_from, now.happened_until) == (date(2026, 9, 2), date(2026, 9, 2))

    def test_what_comes_to_light_later_stands_beside_it_and_moves_the_days(self):
        row = happened()
        earlier = Facts(date(2026, 9, 1), ("diagnosis",), licensed="no", unencrypted="yes", residents=2)
        actions.learn(by=guard(), incident=row, facts=earlier, words="Somebody knew in September")
        assert Circumstances.objects.filter(incident=row).count() == 2
        assert {one.duty: one.due for one in known(row).unmet} == {
            Duty.CALIFORNIANS: date(2026, 10, 1), Duty.PEOPLE: date(2026, 10, 31), Duty.HHS: date(2027, 3, 1),
        }  # fmt: skip

    def test_the_database_itself_keeps_every_row(self):
        row = happened()
        with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
            Circumstances.objects.filter(incident=row).update(licensed="no")
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            Circumstances.objects.create(
                incident=row, happened_from=TODAY, happened_until=FOUND_OUT, discovered_on=TODAY, information=[],
                at=clock.now(), by="account:1",
            )  # fmt: skip


class TestPolice:
    def test_a_delay_in_writing_moves_the_days(self):
        row = happened()
        actions.wait_for_police(by=guard(), incident=row, who="Officer Lee", stated_on=TODAY, until=date(2026, 12, 24))
        people = next(one for one in known(row).deadlines if one.duty is Duty.PEOPLE)
        assert people.due == date(2026, 12, 25)

    def test_an_impossible_one_is_refused(self):
        row = happened()
        for stated, until in ((TODAY, FOUND_OUT), (TODAY + timedelta(days=1), None)):
            with pytest.raises(Refused):
                actions.wait_for_police(by=guard(), incident=row, who="Lee", stated_on=stated, until=until)


class TestAssessment:
    def test_signed_it_is_a_breach_or_none(self):
        row = happened()
        assessed(row)
        assert known(row).state == states.CONFIRMED
        other = happened()
        assessed(other, "low_probability")
        assert known(other).state == states.CLEARED
        assert known(other).unmet == ()
        assert "A stranger" not in Assessment.objects.first().who_sealed

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"signed": "Somebody Else"}, "Sign with your own name"),
            ({"reasons": " "}, "Write the reasons"),
            ({"outcome": "low_probability", "factors": Factors("a", "b", "", "d")}, "needs all four"),
        ],
    )
    def test_without_its_parts_it_is_none(self, given, sentence):
        row = happened()
        with pytest.raises(Refused, match=sentence):
            assessed(row, **given)
        assert known(row).state == states.OPEN

    def test_the_second_of_two_is_told_and_looked_at_again_it_counts_as_a_breach(self):
        row = happened()
        assessed(row, "secured")
        with pytest.raises(Refused, match="meantime"):
            actions.assess(
                by=signer(), incident=row, outcome=Outcome.BREACH, factors=Factors(), reasons="x", signed="dana cole"
            )
        with pytest.raises(Refused):
            actions.reopen(by=guard(), incident=row, words=" ")
        actions.reopen(by=guard(), incident=row, words="The key was in the same bag")
        assert known(row).state == states.OPEN
        assert Duty.PEOPLE in duties(row)


class TestEnd:
    def test_it_ends_only_once_everybody_and_every_office_was_told(self, marisol):
        row = happened(facts=Facts(FOUND_OUT, ("presence",), licensed="no", unencrypted="yes"))
        assessed(row)
        worded(row)
        (one,) = affects(row, marisol)
        with pytest.raises(Refused, match="owed"):
            actions.finish(by=guard(), incident=row)
        told(one)
        assert duties(row) == {Duty.HHS}
        with pytest.raises(Refused, match="letters"):
            actions.give(by=guard(), incident=row, duty=Duty.PEOPLE, on=TODAY)
        with pytest.raises(Refused, match="future"):
            actions.give(by=guard(), incident=row, duty=Duty.HHS, on=TODAY + timedelta(days=1))
        actions.give(by=guard(), incident=row, duty=Duty.HHS, on=TODAY, words="On their site, number 4711")
        actions.finish(by=guard(), incident=row)
        assert known(row).is_over

    def test_what_nobody_answered_about_california_keeps_it_open(self, marisol):
        row = happened()
        assessed(row)
        worded(row)
        (one,) = affects(row, marisol)
        told(one)
        actions.give(by=guard(), incident=row, duty=Duty.HHS, on=TODAY)
        assert duties(row) == {Duty.STATE}


class TestDesk:
    def test_the_night_it_happens(self, desk):
        page = text(desk.get(reverse("breaches:incidents")))
        assert "Nothing has happened" in page
        where = reverse("breaches:new")
        wrong = desk.post(where, {"what": "A laptop is gone", "discovered_on": "2026-10-05"})
        assert "Choose at least one. If in doubt, choose more." in text(wrong)
        assert "A laptop is gone" in wrong.content.decode()
        said = {
            "what": "A laptop is gone", "discovered_on": "2026-10-05", "information": ["presence", "diagnosis"],
            "licensed": "unknown", "unencrypted": "unknown", "at_once": "We locked it",
        }  # fmt: skip
        late = desk.post(where, said | {"discovered_on": "2026-10-06"})
        assert "Write a day that has come." in text(late)
        order = text(desk.post(where, said | {"happened_from": "2026-10-06"}))
        assert "It cannot end before it begins" in order
        page = text(desk.post(where, said, follow=True))
        for words in (
            "Find out who was affected", "A laptop is gone", "We locked it", "ask counsel", "Counts as a breach",
            "We do not know the day on which it happened.", "45 CFR 164.404(b)", "due by Dec. 4, 2026, in 60 days",
        ):  # fmt: skip
            assert words in page
        assert "One incident is open" in text(desk.get(reverse("breaches:incidents")))

    def test_each_form_writes_and_says_what_is_missing(self, desk, director):
        row = happened()
        forms = {
            "learn": {
                "words": "More", "discovered_on": "2026-10-01", "information": ["billing"], "licensed": "yes",
                "unencrypted": "no",
            },
            "delay": {"who": "Officer Lee, 909-555-0100", "stated_on": "2026-10-05", "until": "2026-10-04"},
            "letter": {f"{code}_{part}": "Words" for code in ("en", "es") for part in ("happened", "doing", "can_do")},
            "assess": {"outcome": "breach", "reasons": "It is gone", "signed": "dana cole"},
        }  # fmt: skip
        for name, said in forms.items():
            where = reverse(f"breaches:{name}", args=[row.public_id])
            assert desk.get(where).status_code == 200
            assert "has-error" in desk.post(where, {}).content.decode()
            if name == "delay":
                assert "It cannot end before it begins" in text(desk.post(where, said))
                said["until"] = ""
            assert "Written down." in text(desk.post(where, said, follow=True))
        page = text(desk.get(reverse("breaches:incident", args=[row.public_id])))
        for words in ("Signed: dana cole", "Police asked us to wait until Nov. 4, 2026", "Bills and payments"):
            assert words in page
        where = reverse("breaches:given", args=[row.public_id, "hhs"])
        desk.get(where)
        page = text(desk.post(where, {"on": "2026-10-05", "words": "Number 4711"}, follow=True))
        assert "done on Oct. 5, 2026" in page
        assert desk.get(reverse("breaches:given", args=[row.public_id, "people"])).status_code == 404
        page = text(desk.post(reverse("breaches:finish", args=[row.public_id]), follow=True))
        assert "Something is still owed" in page
        where = reverse("breaches:reopen", args=[row.public_id])
        desk.get(where)
        assert "Looked at again" in text(desk.post(where, {"words": "It was found"}, follow=True))

    def test_what_to_do_next_goes_on_as_it_is_done(self, desk, marisol):
        row = happened(facts=Facts(FOUND_OUT, ("presence",), licensed="no", unencrypted="no"))
        where = reverse("breaches:incident", args=[row.public_id])
        assert "Find out who was affected" in text(desk.get(where))
        (one,) = affects(row, marisol)
        assert "Decide whether it is a breach, and sign" in text(desk.get(where))
        assessed(row)
        assert "Write the letter" in text(desk.get(where))
        worded(row)
        assert "Tell 1 person" in text(desk.get(where))
        told(one)
        assert "Tell the offices that must know" in text(desk.get(where))
        actions.give(by=guard(), incident=row, duty=Duty.HHS, on=TODAY)
        assert "Everything is done. Say so." in text(desk.get(where))
        page = text(desk.post(reverse("breaches:finish", args=[row.public_id]), follow=True))
        assert "Everybody was told" in page
        assert "What is due" not in page
        assert "No incident is open" in text(desk.get(reverse("breaches:incidents")))

    def test_a_refusal_keeps_what_was_typed(self, desk):
        row = happened()
        assessed(row)
        said = {"outcome": "breach", "reasons": "Once more", "signed": "Dana Cole"}
        page = desk.post(reverse("breaches:assess", args=[row.public_id]), said)
        assert "meantime" in text(page)
        assert "Once more" in page.content.decode()

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_takes_the_same_statements(self, desk, statements, number):
        for _ in range(number):
            affects(happened(), ClientFactory(), ClientFactory())
        with statements() as seen:
            desk.get(reverse("breaches:incidents"))
        assert len(seen) == 9, seen


class TestToday:
    def page(self, director, client):
        return text(sign_in(client, director).get(reverse("staff_desk:program_today")))

    def test_what_is_open_near_or_late_stands_on_the_program_today(self, director, client, clock_at):
        assert "incident" not in self.page(director, client).replace("Incidents", "")
        row = happened(facts=Facts(TODAY, ("presence",), licensed="no", unencrypted="no"))
        assert "An incident with records is open." in self.page(director, client)
        clock_at(clock.now() + timedelta(days=53))
        assert "An incident with records is due within seven days." in self.page(director, client)
        clock_at(clock.now() + timedelta(days=8))
        assert "An incident with records is past a day of the law." in self.page(director, client)
        assessed(row, "good_faith")
        assert "incident" not in self.page(director, client).replace("Incidents", "")

    def test_who_does_not_guard_privacy_is_asked_nothing(self, statements):
        by = actor("front_desk")
        with statements() as seen:
            assert queries.waiting_for(by, TODAY).number == 0
        assert len(seen) == 0


class TestLog:
    def test_a_year_holds_its_breaches_and_no_name(self, desk, marisol):
        row = happened()
        affects(row, marisol)
        actions.give(by=guard(), incident=row, duty=Duty.HHS, on=TODAY)
        assessed(happened(), "low_probability")
        page = text(desk.get(reverse("breaches:log", args=[2026])))
        assert row.public_id in page
        assert "March 1, 2027" in page
        file = desk.get(reverse("breaches:log_file", args=[2026]))
        assert file["Content-Disposition"] == 'attachment; filename="log-2026.csv"'
        lines = file.content.decode().splitlines()
        assert len(lines) == 2
        assert lines[1].startswith(row.public_id + ",2026-10-01,")
        assert ",1,0," in lines[1]
        assert lines[1].endswith("2026-10-05")
        assert "Marisol" not in file.content.decode()
        assert "No breach was discovered" in text(desk.get(reverse("breaches:log", args=[2025])))
        assert desk.get(reverse("breaches:log", args=[1999])).status_code == 404

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
    def test_no_cell_is_a_formula(self, cell):
        from trellis.people.breaches.exporting import plain

        assert plain(cell) == f"'{cell}"
        assert plain("It happened") == "It happened"


def test_others_do_not_come_in(client, program):
    row = happened()
    browser = sign_in(client, StaffMemberFactory(account__roles=["counselor"]).account)
    for where in (reverse("breaches:incidents"), reverse("breaches:incident", args=[row.public_id])):
        assert browser.get(where).status_code == 403
