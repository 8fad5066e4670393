"""A client disagrees with our no: their words, and our reply, go along with that part, and they hear that we wrote."""

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Channel, Message
from trellis.foundation.messaging.senders import _senders, register_sender
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.people.clients.tests.factories import ClientFactory
from trellis.people.consent import contents, letters
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.tests.factories import signed, terms, wanted
from trellis.people.rights.models import RequestAnswer
from trellis.people.rights.requests import actions, queries
from trellis.people.rights.requests.actions import MAIL_KIND
from trellis.people.rights.requests.letters import disputes
from trellis.people.rights.tests.factories import answers, asks, own
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
US = Actor.of_system("test")
STATEMENT, REPLY = "The clock in the hall was wrong", "We set it on the first of the month"


def disputed(client, parts=("attendance",), reply=True):
    request = asks(client)
    answers(request, "deny", "The list says 5:42.", parts)
    actions.follow(by=own(client), request=request, step="disagree", words=STATEMENT)
    if reply:
        answers(request, "rebut", REPLY)
    return request


def a_letter(client, *information):
    """What a recipient reads whom a consent names for these kinds of information."""
    signed(client, terms(information=information))
    asked = wanted(information=information)
    make = letters.writer(client, asked, program.zone(), US)
    return disclose(by=US, client=client, wanted=asked, how="letter", make=make).content.words


# --- our reply --------------------------------------------------------------------------------------------------------


def test_a_reply_follows_a_statement_once_and_stands_beside_it(marisol):
    request = disputed(marisol)
    assert queries.asked(request).state == "rebutted"
    assert queries.asked(request).steps == ()
    with pytest.raises(Refused):
        answers(request, "rebut", "Once more")


@pytest.mark.parametrize("steps", [(), ("deny",), ("accept",)])
def test_without_a_statement_there_is_no_reply(marisol, steps):
    request = asks(marisol)
    for step in steps:
        answers(request, step)
    with pytest.raises(Refused):
        answers(request, "rebut", REPLY)


def test_a_reply_without_words_is_none(marisol):
    with pytest.raises(Refused, match="Write it down"):
        answers(disputed(marisol, reply=False), "rebut", " ")


def test_the_client_reads_a_copy_of_it_on_their_own_page(marisol, phone):
    request = disputed(marisol)
    page = text(phone.get(reverse("my:asked", args=[request.public_id])))
    assert "Our reply to your statement" in page
    assert REPLY in page
    assert "Nuestra respuesta a su declaración" in text(
        phone.get("/es" + reverse("my:asked", args=[request.public_id]))
    )


def test_the_desk_writes_it_on_the_page_of_the_request(marisol, desk):
    request = disputed(marisol, reply=False)
    where = reverse("rights:request", args=[request.public_id])
    page = text(desk.get(where))
    assert "Our reply to their statement" in page
    assert "which part of the record" not in page
    assert REPLY in text(desk.post(where, {"step": "rebut", "words": REPLY}, follow=True))
    assert RequestAnswer.objects.latest("id").parts == []


def test_a_no_says_which_part_it_is_about(marisol, desk):
    request = asks(marisol)
    where = reverse("rights:request", args=[request.public_id])
    page = text(desk.post(where, {"step": "deny", "words": "It says 5:42."}))
    assert "Choose which part of the record it is about" in page
    assert "It says 5:42." in page
    with pytest.raises(Refused, match="which part"):
        answers(request, "deny", parts=("everything",))
    desk.post(where, {"step": "deny", "words": "It says 5:42.", "parts": ["attendance", "plan"]})
    assert queries.asked(request).parts == ["attendance", "plan"]


# --- what goes along --------------------------------------------------------------------------------------------------


def test_a_letter_about_that_part_carries_all_four(marisol):
    disputed(marisol)
    words = a_letter(marisol, "attendance")
    for said in ("It says that I was late on Monday", "I was there at 5:25", "The list says 5:42.", STATEMENT, REPLY):
        assert said in words


def test_a_statement_goes_along_before_we_replied(marisol):
    disputed(marisol, reply=False)
    words = a_letter(marisol, "attendance")
    assert STATEMENT in words
    assert "Our reply" not in words


def test_a_letter_about_another_part_says_nothing_of_it(marisol):
    disputed(marisol, parts=("toxicology",))
    assert STATEMENT not in a_letter(marisol, "attendance")


@pytest.mark.parametrize("step", ["", "deny", "accept", "withdraw"])
def test_what_has_no_statement_goes_nowhere(marisol, step):
    request = asks(marisol)
    if step == "withdraw":
        actions.follow(by=own(marisol), request=request, step=step)
    elif step:
        answers(request, step)
    assert disputes(marisol, ["attendance"]) == []


def test_another_clients_statement_goes_nowhere(marisol):
    disputed(ClientFactory(with_account=True, in_program=True))
    assert disputes(marisol, ["attendance"]) == []


def test_it_goes_in_the_language_of_the_letter(marisol):
    disputed(marisol)
    with translation.override("es"):
        (section,) = contents.beside(marisol, ["attendance"])
    assert "no está de acuerdo con esta parte" in section.title
    assert f"Su declaración: {STATEMENT}" in section.items


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_two_statements(marisol, statements, number):
    for _ in range(number):
        disputed(marisol)
    with statements() as seen:
        assert len(list(disputes(marisol, ["attendance"]))) == number
    assert len(seen) == 2


# --- a word that it is there ------------------------------------------------------------------------------------------


@pytest.fixture
def texts():
    register_sender(Channel.SMS, lambda letter: None)
    yield
    del _senders[Channel.SMS]


def messages():
    return [(one.channel, one.to) for one in Message.objects.filter(kind=MAIL_KIND).order_by("id")]


def signs_in_by_mail(client, address="marisol@example.org"):
    with writing("test"):
        client.account.email = address
        client.account.save(update_fields=["email"])


@pytest.mark.parametrize("step", ["extend", "accept", "deny"])
def test_an_answer_is_told_at_the_address_they_sign_in_with(marisol, step):
    signs_in_by_mail(marisol)
    answers(asks(marisol), step)
    assert messages() == [("mail", "marisol@example.org")]


def test_a_reply_is_told_too_and_the_clients_own_steps_are_not(marisol):
    signs_in_by_mail(marisol)
    request = disputed(marisol)
    assert len(messages()) == 2
    assert [one.key for one in Message.objects.order_by("id")] == [
        f"rights:{one.pk}" for one in request.answers.filter(step__in=["deny", "rebut"]).order_by("id")
    ]


def test_a_text_goes_where_they_allowed_texts_and_texts_go(marisol, texts):
    signs_in_by_mail(marisol)
    with writing("test"):
        marisol.may_text = True
        marisol.save(update_fields=["may_text"])
    answers(asks(marisol), "accept")
    assert messages() == [("sms", "(909) 555-0142")]


def test_nobody_is_written_to_who_did_not_agree(marisol):
    with writing("test"):
        type(marisol).objects.filter(pk=marisol.pk).update(email="kept@example.org")
        marisol.account.email, marisol.account.username = None, "marisol"
        marisol.account.save(update_fields=["email", "username"])
    answers(asks(marisol), "accept")
    assert messages() == []


def test_one_way_that_we_agreed_to_is_kept_by_people(marisol):
    signs_in_by_mail(marisol)
    answers(asks(marisol, "channel"), "accept")
    answers(asks(marisol), "accept")
    assert messages() == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_says_only_to_look(marisol, language):
    signs_in_by_mail(marisol)
    with writing("test"):
        marisol.language = language
        marisol.save(update_fields=["language"])
    answers(asks(marisol), "accept")
    message = Message.objects.get()
    assert message.language == language
    assert kinds.kind_of(MAIL_KIND).subject is kinds.Subject.MESSAGE
    assert set(message.values) == {"url"}
    assert message.values["url"].endswith("/accounts/arrive/")


def test_where_they_have_no_sign_in_nothing_goes(program):
    answers(asks(ClientFactory(in_program=True)), "accept")
    assert messages() == []
