"""What staff open: asking, and reading."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.measures import own_copy, queries
from trellis.journey.measures.actions import begin, finish, keep_answers
from trellis.journey.measures.models import Administration, Outcome
from trellis.journey.measures.tests.alerted import alerted
from trellis.journey.measures.tests.conftest import NOW
from trellis.journey.measures.tests.factories import form
from trellis.people.accounts.tests.factories import account_with

ASK = {"instrument": "phq-9", "way": "aloud", "language": "en", "occasion": ""}


@pytest.fixture
def desk(client, marisol):
    sign_in(client, marisol.member.account)
    return client


def answered(person, *, worrying=False):
    one = begin(by=person.me, client=person, instrument="phq-9", occasion="weekly", way="phone", language="en")
    keep_answers(by=person.me, administration=one, answers=form("phq-9", 3, 3, 2, 2, 1, 1, 1, 0, int(worrying)))
    finish(by=person.me, administration=one)
    return one


def test_staff_choose_what_to_ask_and_fill_it_in(desk, marisol):
    response = desk.post(reverse("measures:ask", args=[marisol.public_id]), ASK)
    one = Administration.objects.get()
    assert (one.way, one.occasion) == ("aloud", "intake")
    assert response.url == reverse("measures:fill", args=[one.public_id])
    assert "Little interest" in told(desk.get(response.url))
    desk.post(reverse("measures:answer", args=[one.public_id]), {"phq9.9": "1"})
    assert "Stay with the person" in told(desk.get(response.url))
    page = told(desk.post(response.url, {f"phq9.{n}": "1" for n in range(1, 11)}, follow=True))
    assert "9 of 27, mild" in page
    assert Outcome.objects.get().by == marisol.counselor.name


@pytest.mark.parametrize(
    ("with_", "says"),
    [
        ({"instrument": "bam", "language": "es"}, "no confirmed Spanish"),
        ({"way": "paper"}, "Write the day that stands on the paper"),
        ({"way": "paper", "on": "2027-01-01"}, "still to come"),
        ({"way": "paper", "on": "0206-11-20"}, "Look at the year"),
        ({"way": "phone"}, "phone"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(desk, marisol, with_, says):
    page = told(desk.post(reverse("measures:ask", args=[marisol.public_id]), ASK | with_))
    assert says in page
    assert not Administration.objects.exists()


@pytest.mark.parametrize("day", ["2027-01-01", "0206-11-20"])
def test_a_day_that_cannot_be_is_said_at_its_field(desk, marisol, day):
    sent = ASK | {"way": "paper", "on": day}
    form = desk.post(reverse("measures:ask", args=[marisol.public_id]), sent).context["form"]
    assert set(form.errors) == {"on"}


def test_a_null_character_in_the_address_is_left_out_of_what_is_looked_up(desk, marisol):
    alert = alerted(marisol)
    page = told(desk.get(reverse("measures:ask", args=[marisol.public_id]) + f"?alert=%00{alert.public_id}"))
    assert f'name="alert" value="{alert.public_id}"' in page


def test_one_number_that_cannot_be_loses_nothing_else_and_is_said_where_it_stands(desk, marisol):
    fill = desk.post(reverse("measures:ask", args=[marisol.public_id]), ASK | {"instrument": "bam-r"}).url
    page = told(desk.post(fill, {"bamr.2": "2", "bamr.3": "300", "bamr.4": "4"}))
    assert "Your other answers are saved." in page
    assert "Write a whole number from 0 to 30." in page
    assert 'value="300" aria-invalid="true" aria-describedby="bamr-3-look"' in page
    assert 'name="leave_out"' not in page
    assert queries.answers_of(Administration.objects.get()) == {"bamr.2": 2, "bamr.4": 4}
    assert not Outcome.objects.exists()
    assert 'name="leave_out"' in told(desk.post(fill, {"bamr.3": "3"}))


def test_a_form_on_a_clients_phone_is_not_filled_in_at_the_desk(desk, marisol):
    one = answered(marisol)
    assert desk.get(reverse("measures:fill", args=[one.public_id])).status_code == 404


def test_a_clinician_reads_answers_total_and_what_to_look_at(desk, marisol):
    one = answered(marisol, worrying=True)
    page = told(desk.get(reverse("measures:given", args=[one.public_id])))
    assert "14 of 27, moderate" in page
    assert "Nearly every day (3)" in page
    assert "better off dead" in page
    assert "Pfizer" in page
    panel = told(desk.get(reverse("clients:client", args=[marisol.public_id])))
    assert "14 of 27, moderate" in panel
    assert "Due now" in panel


def test_what_nobody_finished_in_a_week_is_not_gone_on_with(desk, marisol, clock_at):
    desk.post(reverse("measures:ask", args=[marisol.public_id]), ASK)
    address = reverse("measures:given", args=[Administration.objects.get().public_id])
    assert desk.get(address).context["may_go_on"]
    clock_at(NOW + timedelta(days=7))
    sign_in(desk, marisol.member.account)
    assert not desk.get(address).context["may_go_on"]


@pytest.mark.parametrize("role", ["front_desk", "biller", "intake_coordinator", "group_facilitator", "counselor"])
def test_nobody_else_reads_them(client, marisol, role):
    one = answered(marisol)
    sign_in(client, account_with(role))
    for name, public_id in (("given", one.public_id), ("fill", one.public_id), ("ask", marisol.public_id)):
        assert client.get(reverse(f"measures:{name}", args=[public_id])).status_code in (403, 404)
    panel = client.get(reverse("clients:client", args=[marisol.public_id]))
    assert "of 27" not in panel.content.decode()


def test_a_client_takes_their_answers_along(marisol, statements):
    answered(marisol, worrying=True)
    with statements() as one:
        (entry,) = own_copy.answers(marisol)
    lines = {line.key: (line.value, line.shown) for line in entry}
    assert lines["total"] == (14, "14")
    assert lines["phq9.1"] == (3, "Nearly every day (3)")
    for _ in range(3):
        begin(by=marisol.counselor, client=marisol, instrument="gad-7", occasion="asked", way="aloud", language="en")
    begin(by=marisol.me, client=marisol, instrument="gad-7", occasion="weekly", way="phone", language="en")
    with statements() as more:
        assert len(list(own_copy.answers(marisol))) == 3
    assert len(one) == len(more) == 2


def test_whoever_is_on_duty_for_an_alert_asks_what_comes_next_and_reads_nothing_of_before(client, marisol):
    on_duty = sign_in(client, account_with("therapist"))
    asks = reverse("measures:ask", args=[marisol.public_id])
    answered(marisol)
    assert on_duty.get(asks).status_code == 404
    answered(marisol, worrying=True)
    page = told(on_duty.get(asks + "?instrument=c-ssrs-screener"))
    assert 'value="c-ssrs-screener" selected' in page
    assert "of 27" not in page
    fill = on_duty.post(asks, ASK | {"instrument": "c-ssrs-screener"}).url
    handed_in = on_duty.post(fill, {"cssrs.1": "0", "cssrs.2": "0", "cssrs.6": "0"}, follow=True)
    assert "Handed in. Now write down what you did." in told(handed_in)
    assert on_duty.get(reverse("measures:given", args=[fill.split("/")[-3]])).status_code == 404
