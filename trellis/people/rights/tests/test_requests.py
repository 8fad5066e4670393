"""What clients ask, by when it is answered, what was decided and who reads it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.people.clients.tests.factories import ClientFactory, actor
from trellis.people.consent.actions.gate import Withheld, disclose
from trellis.people.consent.queries import standing
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.tests.factories import say, signed, terms, wanted
from trellis.people.rights import states
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests import actions, queries
from trellis.people.rights.requests.actions import Wish
from trellis.people.rights.rules import Kind
from trellis.people.rights.states import ACCEPT, DENY, DISAGREE, END, EXTEND, WITHDRAW
from trellis.people.rights.tests.factories import answers, asks, own
from trellis.people.rights.tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
TODAY = date(2026, 10, 5)


def state(request):
    return queries.asked(request).state


class TestAsking:
    @pytest.mark.parametrize(
        ("kind", "due"),
        [
            ("correction", date(2026, 12, 4)),
            ("look", date(2026, 10, 12)),
            ("copy", date(2026, 10, 20)),
            ("restriction", date(2026, 10, 19)),
            ("self_paid", date(2026, 10, 7)),
            ("channel", date(2026, 10, 7)),
            ("complaint", date(2026, 11, 4)),
        ],
    )
    def test_each_is_kept_with_the_day_of_its_answer(self, marisol, kind, due):
        row = asks(marisol, kind)
        assert (row.due_on, state(row)) == (due, states.OPEN)
        assert AuditEvent.objects.filter(verb="rights.ask", subjects=[f"client:{marisol.pk}"]).count() == 1

    def test_their_words_lie_sealed(self, marisol):
        row = asks(marisol, "complaint")
        assert "waiting room" not in row.about_sealed
        assert queries.opened_text(row.about_sealed) == "Somebody called my name in the waiting room"

    def test_two_taps_are_one_request_and_a_taken_back_one_may_be_asked_again(self, marisol):
        row = asks(marisol)
        assert asks(marisol) == row
        assert asks(marisol, "copy") != row
        again = asks(marisol)
        assert again != row
        actions.follow(by=own(marisol), request=again, step=WITHDRAW)
        assert asks(marisol) not in (row, again)

    @pytest.mark.parametrize(
        "wish",
        [
            Wish(Kind.CORRECTION, "Something", " "),
            Wish(Kind.CHANNEL),
            Wish(Kind.COMPLAINT, " ", "Something"),
            Wish(Kind.RESTRICTION, "Something"),
            Wish(Kind.SELF_PAID, whom=Recipient("organization", " ")),
        ],
    )
    def test_what_is_nothing_without_words_is_asked_for(self, marisol, wish):
        with pytest.raises(Refused):
            actions.ask(by=own(marisol), client=marisol, wish=wish, how="own_page")
        assert not RightsRequest.objects.exists()

    def test_nobody_asks_for_a_stranger(self, marisol):
        with pytest.raises(NotPermitted):
            actions.ask(by=own(marisol), client=ClientFactory(), wish=Wish(Kind.COPY), how="own_page")
        with pytest.raises(NotPermitted):
            asks(marisol, by=actor("counselor"))  # not on their caseload


class TestAnswering:
    def test_longer_once_with_a_reason_and_a_new_day(self, marisol):
        row = asks(marisol)
        with pytest.raises(Refused, match="words"):
            answers(row, EXTEND, " ")
        answers(row, EXTEND, "The file is with the auditor.")
        known = queries.asked(row)
        assert (known.state, known.due) == (states.EXTENDED, date(2027, 1, 3))
        with pytest.raises(Refused, match="meantime"):
            answers(row, EXTEND)

    def test_only_a_correction_may_take_longer(self, marisol):
        with pytest.raises(Refused):
            answers(asks(marisol, "copy"), EXTEND)

    def test_yes_and_no_are_said_once(self, marisol):
        row = asks(marisol)
        answers(row, ACCEPT)
        for step in (DENY, ACCEPT, WITHDRAW):
            with pytest.raises(Refused):
                answers(row, step)
        assert state(row) == states.ACCEPTED

    def test_after_a_no_the_clients_own_words_stay_with_it(self, marisol):
        row = asks(marisol)
        answers(row, DENY, "The list of that evening says 5:42.")
        with pytest.raises(Refused, match="words"):
            actions.follow(by=own(marisol), request=row, step=DISAGREE, words="")
        actions.follow(by=own(marisol), request=row, step=DISAGREE, words="The clock in the room is wrong.")
        known = queries.asked(row)
        assert known.state == states.DISAGREED
        assert [queries.opened_text(one.words_sealed) for one in known.answers][-1] == "The clock in the room is wrong."

    def test_a_client_does_not_answer_and_follows_only_their_own(self, marisol):
        row = asks(marisol)
        with pytest.raises(NotPermitted):
            actions.answer(by=own(marisol), request=row, step=ACCEPT, words="Yes")
        with pytest.raises(ValueError, match="accept"):
            actions.follow(by=own(marisol), request=row, step=ACCEPT)
        with pytest.raises(NotPermitted):
            actions.follow(by=own(ClientFactory(with_account=True)), request=row, step=WITHDRAW)

    @pytest.mark.parametrize("role", ["front_desk", "therapist", "biller", "group_facilitator"])
    def test_answering_is_for_few(self, marisol, role):
        with pytest.raises(NotPermitted):
            actions.answer(by=actor(role), request=asks(marisol), step=ACCEPT, words="Yes")

    def test_rows_never_change(self, marisol):
        row = asks(marisol)
        done = answers(row, ACCEPT)
        for model, one in ((RightsRequest, row), (RequestAnswer, done)):
            with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
                model.objects.filter(pk=one.pk).update(by="x")


class TestRestriction:
    def test_a_yes_holds_at_the_gate_whatever_a_consent_says_and_an_end_lets_go(self, marisol):
        signed(marisol, terms())
        ask = Wish(Kind.RESTRICTION, whom=Recipient("person", "Ana  Ruiz"))
        row = actions.ask(by=own(marisol), client=marisol, wish=ask, how="own_page")
        assert disclose(by=actor("clinical_director"), client=marisol, wanted=wanted(), how="spoken", make=say)
        answers(row, ACCEPT)
        with pytest.raises(Withheld):
            disclose(by=actor("clinical_director"), client=marisol, wanted=wanted(), how="spoken", make=say)
        answers(row, END, "")
        assert state(row) == states.ENDED
        assert disclose(by=actor("clinical_director"), client=marisol, wanted=wanted(), how="spoken", make=say)

    def test_who_paid_in_full_is_never_told_no(self, marisol):
        row = asks(marisol, "self_paid")
        with pytest.raises(Refused, match="We have to say yes"):
            answers(row, DENY, "It is too much work.")
        answers(row, ACCEPT)
        assert standing(marisol).restricted == [{"kind": "organization", "name": "Alder Health Plan"}]

    def test_what_stood_in_the_standing_stays(self, marisol):
        answers(asks(marisol, "restriction"), ACCEPT)
        answers(asks(marisol, "self_paid"), ACCEPT)
        assert [one["name"] for one in standing(marisol).restricted] == ["Raul Ruiz", "Alder Health Plan"]

    def test_a_yes_to_something_else_changes_no_standing(self, marisol):
        answers(asks(marisol), ACCEPT)
        assert not standing(marisol).pk


class TestOwnPages:
    def test_a_correction_from_asking_to_the_statement(self, phone, marisol):
        said = {"about": "I was not late", "wanted": "On time"}
        page = text(phone.post(reverse("my:ask_right", args=["correction"]), said, follow=True))
        assert "We have it. You hear from us by Dec. 4, 2026." in page
        assert "Correct your record You hear from us by Dec. 4, 2026. We have it" in page
        row = RightsRequest.objects.get()
        answers(row, DENY, "The list says 5:42.")
        where = reverse("my:asked", args=[row.public_id])
        page = text(phone.get(where))
        assert "Our answer: no The list says 5:42." in page
        assert "Write it down, in your own words." in text(phone.post(where, {"words": " "}))
        page = text(phone.post(where, {"words": "The clock is wrong."}, follow=True))
        assert "Kept. It stays with that part." in page
        assert "Your statement, which stays with it The clock is wrong." in page
        assert "You see it otherwise?" not in page
        assert "meantime" in text(phone.post(where, {"words": "Once more."}, follow=True))

    @pytest.mark.parametrize(
        ("what", "said", "kind"),
        [
            ("record", {"way": "look", "wanted": ""}, Kind.LOOK),
            ("record", {"way": "copy", "wanted": ""}, Kind.COPY),
            ("less", {"whom": "Raul", "whom_kind": "person", "about": ""}, Kind.RESTRICTION),
            ("less", {"whom": "Plan", "whom_kind": "organization", "self_paid": "on"}, Kind.SELF_PAID),
            ("channel", {"wanted": "By text"}, Kind.CHANNEL),
            ("complaint", {"about": "They called my name", "wanted": ""}, Kind.COMPLAINT),
        ],
    )
    def test_each_thing_is_asked_on_the_phone(self, phone, what, said, kind):
        assert phone.post(reverse("my:ask_right", args=[what]), said).status_code == 302
        row = RightsRequest.objects.get()
        assert (row.kind, row.how) == (kind, "own_page")

    def test_a_complaint_names_the_government_and_promises_no_harm(self, phone, marisol):
        page = text(phone.get(reverse("my:ask_right", args=["complaint"])))
        assert "1-800-368-1019" in page
        assert "Nobody here may punish you" in page
        row = asks(marisol, "complaint")
        answers(row, ACCEPT, "We call by number now.")
        page = text(phone.get(reverse("my:asked", args=[row.public_id])))
        assert "Our answer We call by number now." in page
        assert "Answered" in page

    def test_nothing_typed_is_lost_in_an_error(self, phone):
        page = phone.post(reverse("my:ask_right", args=["correction"]), {"about": "The name", "wanted": ""})
        assert "Write it down, in your own words." in text(page)
        assert "The name" in page.content.decode()

    def test_a_request_that_is_nothing_says_so(self, phone):
        said = {"whom": "\u200b ", "whom_kind": "person"}
        assert phone.post(reverse("my:ask_right", args=["less"]), said).status_code in (200, 302)

    def test_it_is_taken_back_with_one_tap(self, phone, marisol):
        row = asks(marisol, "channel")
        where = reverse("my:take_back", args=[row.public_id])
        assert "Taken back." in text(phone.post(where, follow=True))
        assert "meantime" in text(phone.post(where, follow=True))
        assert "You took it back" in text(phone.get(reverse("my:asked", args=[row.public_id])))

    def test_a_late_answer_is_admitted(self, phone, marisol, clock_at):
        row = asks(marisol, "channel")
        clock_at(clock.now() + timedelta(hours=20 * 24))
        phone = sign_in(phone, marisol.account)
        assert "It should have been answered by Oct. 7, 2026. Call us." in text(
            phone.get(reverse("my:asked", args=[row.public_id]))
        )

    def test_somebody_elses_request_is_not_there(self, phone):
        other = asks(ClientFactory())
        assert phone.get(reverse("my:asked", args=[other.public_id])).status_code == 404
        assert phone.post(reverse("my:take_back", args=[other.public_id])).status_code == 404
        assert phone.get(reverse("my:ask_right", args=["nothing"])).status_code == 404

    def test_it_reads_in_spanish(self, phone, marisol):
        row = asks(marisol)
        answers(row, DENY, "x")
        with translation.override("es"):
            assert "Lo que puede pedir" in text(phone.get(reverse("my:rights")))
            assert "Nuestra respuesta: no" in text(phone.get(reverse("my:asked", args=[row.public_id])))

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_same_statements_for_one_and_for_thirty(self, phone, marisol, statements, number):
        for turn in range(number):
            answers(asks(marisol, list(Kind)[turn % 7]), ACCEPT)
        with statements() as seen:
            phone.get(reverse("my:rights"))
        assert len(seen) == 13, seen
