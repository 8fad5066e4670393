from datetime import timedelta

import pytest
from django.test import Client

from trellis.foundation import clock
from trellis.foundation.access import public_forms
from trellis.foundation.messaging.models import Message
from trellis.journey.inquiry import limits
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.asking import ANSWERS, Asker, fields, told
from trellis.journey.inquiry.tests.factories import MORNING

pytestmark = pytest.mark.usefixtures("morning")


def thanks(response) -> str:
    assert response.status_code == 302, told(response)
    assert "/help/thanks/" in response["Location"]
    return told(Client().get(response["Location"]))


def test_five_questions_lead_to_an_inquiry_and_a_promise():
    asker = Asker()
    answer = asker.ask()
    assert len(asker.pages) == 6  # five questions and the answer
    assert "We call you today before 10:15 am." in thanks(answer)
    inquiry = Inquiry.objects.get()
    assert (inquiry.for_whom, inquiry.name, inquiry.telephone) == ("self", "Marisol", "(909) 555-0134")
    assert (inquiry.may_leave_message, inquiry.may_text, inquiry.times) == (True, False, ["evening"])
    assert (inquiry.words, inquiry.language, inquiry.channel) == ("After six, please.", "en", "web")


def test_in_spanish_everything_is_spanish_and_so_is_the_call():
    asker = Asker(language="es")
    page = asker.get()
    assert "¿Quién necesita ayuda?" in told(page)
    answer = Asker(language="es").ask(language="es")
    assert answer["Location"].startswith("/es/help/thanks/")
    assert "Le llamamos hoy antes de las 10:15 a. m." in thanks(answer)
    assert Inquiry.objects.get().language == "es"


def test_one_oclock_is_singular_in_spanish():
    with clock.travel(MORNING.replace(hour=20, minute=0)):  # noon in Pomona
        assert "antes de la 1 p. m." in thanks(Asker(language="es").ask())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_step_has_the_form_its_number_the_other_language_and_no_cookie(language):
    asker = Asker(language=language)
    asker.ask()
    for number, page in enumerate(asker.pages[:-1], 1):
        assert fields(page)
        assert f"{number} {'of' if language == 'en' else 'de'} 5" in told(page)
        assert f'hreflang="{"es" if language == "en" else "en"}"' in page.content.decode()
        assert "no-store" not in page["Cache-Control"]  # Back must work
    assert all("Set-Cookie" not in page for page in asker.pages)


@pytest.mark.parametrize(
    ("language", "hours", "danger"),
    [("en", "Monday to Friday, 8:30 am to 6 pm", "text AYUDA to 988"), ("es", "De lunes a viernes", "oprima 2")],
)
def test_before_sending_the_form_says_when_it_is_read_and_what_danger_means(language, hours, danger):
    page = told(Asker(language=language).until_last())
    assert hours in page
    assert danger in page
    assert 'href="tel:911"' in page


def test_a_loved_one_is_asked_nothing_about_the_person_and_nothing_is_filed():
    asker = Asker()
    last = asker.until_last(for_whom="loved_one", name="Elena")
    assert "words" not in fields(last).names
    asker.send(last, words="my son Mateo drinks", topics=["talk", "support"])
    inquiry = Inquiry.objects.get()
    assert (inquiry.name, inquiry.words_sealed, inquiry.topics) == ("Elena", "", ["talk", "support"])
    stored = " ".join(str(value) for value in Inquiry.objects.values().get().values())
    assert "Mateo" not in stored


def test_words_carried_from_another_answer_are_not_filed_for_a_loved_one():
    asker = Asker()
    page = asker.until_last()
    hidden = {name: values for name, values in fields(page).hidden.items() if name != "for_whom"}
    asker.browser.post("/help/", hidden | {"for_whom": "loved_one", "words": "Mateo drinks", "step": "words"})
    assert Inquiry.objects.get().words == ""


def test_who_refers_says_where_they_work_and_is_asked_to_leave_out_names():
    asker = Asker()
    page = asker.until_last(for_whom="referring", organisation="Casa Norte")
    assert "Please leave out names" in told(page)
    asker.send(page)
    assert Inquiry.objects.get().organisation == "Casa Norte"


def test_no_question_asks_for_clinical_detail():
    asker = Asker()
    asker.ask()
    names = set().union(*(fields(page).names for page in asker.pages[:-1]))
    assert names == {
        "for_whom", "name", "telephone", "email", "may_leave_message", "may_text", "times", "safe_note", "language",
        "words", "step", "stamp", "reference",
    }  # fmt: skip


# --- wrong input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Ana", "telephone": "12"}, "Write the whole number with its area code"),
        ({"name": "Ana", "telephone": "call me"}, "Write the whole number with its area code"),
        ({"name": "Ana"}, "Write a telephone number or an email address"),
        ({"name": "Ana", "email": "ana@"}, "Write the whole address"),
        ({"telephone": "909-555-0134"}, "Write a name that we can ask for"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_stays_typed(typed, sentence):
    asker = Asker()
    page = asker.send(asker.send(asker.get(), for_whom="self"), **typed)
    assert page.status_code == 200
    assert "needs a look" in told(page) or "need a look" in told(page)
    assert sentence in told(page)
    for value in typed.values():
        assert f'value="{value}"' in page.content.decode()


def test_no_answer_is_chosen_for_anybody():
    asker = Asker()
    page = asker.send(asker.get())
    assert "Choose the line that fits best." in told(page)
    safely = asker.send(asker.send(asker.get(), for_whom="self"), name="Ana", telephone="909-555-0134")
    assert "checked" not in safely.content.decode()
    assert "Choose yes or no." in told(asker.send(safely))


def test_without_a_telephone_nobody_is_asked_about_messages_and_email_must_be_allowed():
    asker = Asker()
    page = asker.send(asker.send(asker.get(), for_whom="self"), name="Ana", email="ana@example.org")
    assert fields(page).names & {"may_leave_message", "may_text", "may_email"} == {"may_email"}
    assert "Without email we cannot reach you" in told(asker.send(page, may_email="no"))
    answer = Asker().ask(telephone=None, email="ana@example.org", may_email="yes")
    assert "We write to you today before 10:15 am." in thanks(answer)
    assert Message.objects.get().to == "ana@example.org"


def test_what_travels_in_the_form_is_not_believed():
    asker = Asker()
    page = asker.until_last()
    hidden = fields(page).hidden
    for broken in ({"telephone": "0"}, {"for_whom": "the mayor"}, {"may_leave_message": ""}, {"language": "xx"}):
        answer = asker.browser.post("/help/", hidden | broken | {"words": "hello"})
        assert answer.status_code == 200
        assert fields(answer)
    assert not Inquiry.objects.exists()


def test_an_unknown_step_is_the_first_one():
    assert "Question 1 of 5" in told(Client().post("/help/", {"step": "nonsense"}))


@pytest.mark.parametrize("text", ["\x00", "x" * 3000, "‮evil", "<script>alert(1)</script>", "1e308"])
def test_odd_text_is_answered_with_a_page(text):
    asker = Asker()
    page = asker.until_last()
    answer = asker.send(page, words=text)
    assert answer.status_code in (200, 302)
    assert b"<script>alert" not in answer.content


def test_back_goes_back_and_forgets_nothing():
    asker = Asker()
    page = asker.until_last()
    before = asker.send(page, words="half a sentence", back="1")
    assert "Question 4 of 5" in told(before)
    assert fields(before).hidden["words"] == ["half a sentence"]
    again = asker.send(before, **{name: ANSWERS[name] for name in ("times", "language")})
    assert "half a sentence" in told(again)
    first = Asker()
    assert "Question 1 of 5" in told(first.send(first.get(), for_whom="self", back="1"))


def test_to_change_the_language_in_the_middle_keeps_what_was_typed():
    asker = Asker()
    page = asker.until_last()
    data = fields(page).hidden | {"words": "half a sentence", "switch": "1"}
    spanish = asker.browser.post("/es/help/", data)
    assert "¿Qué nos quiere contar?" in told(spanish)
    assert "half a sentence" in told(spanish)
    assert fields(spanish).hidden["telephone"] == ["909-555-0134"]


def test_a_page_for_someone_who_worries_has_that_answer_chosen():
    page = Client().get("/help/?for=loved_one").content.decode()
    assert 'value="loved_one"' in page
    assert page.count("checked") == 1
    assert "checked" not in Client().get("/help/?for=<b>").content.decode()


# --- guards -----------------------------------------------------------------------------------------------------------


def test_to_send_the_last_page_twice_is_one_inquiry_and_the_same_answer():
    asker = Asker()
    page = asker.until_last()
    first, second = asker.send(page, words="hello"), asker.send(page, words="hello")
    assert first["Location"].split("?")[0] == second["Location"].split("?")[0]
    assert Inquiry.objects.count() == 1


def test_to_start_again_with_the_same_content_is_a_new_stamp_and_still_one_inquiry():
    one, two = Asker(), Asker()
    first, second = one.until_last(), two.until_last()
    assert fields(first).hidden["stamp"] != fields(second).hidden["stamp"]
    assert one.send(first, words="hello").status_code == two.send(second, words="hello").status_code == 302
    assert Inquiry.objects.count() == 1


def test_a_spent_stamp_with_other_words_keeps_them_and_gives_a_new_stamp():
    asker = Asker()
    page = asker.until_last()
    asker.send(page, words="hello")
    again = asker.send(page, words="hello, and one thing more")
    assert again.status_code == 200
    assert "sent once already" in told(again)
    assert "and one thing more" in told(again)
    assert fields(again).hidden["stamp"] != fields(page).hidden["stamp"]
    assert asker.send(again, words="hello, and one thing more").status_code == 302
    assert Inquiry.objects.count() == 2


def test_a_stamp_that_is_missing_or_made_up_asks_to_send_once_more():
    asker = Asker()
    hidden = fields(asker.until_last()).hidden
    for stamp in ([], ["forged"]):
        answer = asker.browser.post("/help/", hidden | {"stamp": stamp, "words": "hello"})
        assert "lay open for a long time" in told(answer)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_this_sites_own_page_sends_the_form(headers, accepted):
    page = Asker().until_last()
    data = fields(page).hidden | {"words": "hello"}
    answer = Client(enforce_csrf_checks=True).post("/help/", data, headers=headers)
    assert answer.status_code == (302 if accepted else 403)
    assert Inquiry.objects.exists() is accepted


def test_a_field_that_nobody_sees_stops_a_machine_and_never_a_person():
    asker = Asker()
    page = asker.until_last()
    assert 'aria-hidden="true"' in page.content.decode()
    stopped = asker.send(page, words="buy pills", reference="http://spam.example")
    assert stopped.status_code == 200
    assert "press the button once more" in told(stopped)
    assert not Inquiry.objects.exists()
    assert asker.send(stopped, words="it was my password manager").status_code == 302


def test_who_sends_too_much_gets_429_keeps_their_words_and_can_call(monkeypatch):
    monkeypatch.setattr(public_forms, "_window", lambda: 1)  # all of it in the same ten minutes
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    for number in range(3):
        assert Asker().ask(words=f"number {number}").status_code == 302
    limited = Asker().ask(words="number four")
    assert limited.status_code == 429
    assert limited["Retry-After"] == "600"
    assert "number four" in told(limited)
    assert "909-555-0140" in told(limited)
    assert "Thank you" not in told(limited)
    assert Inquiry.objects.count() == 3
    browser = Client(REMOTE_ADDR="198.51.100.7")
    assert Asker(browser).ask(words="from another place").status_code == 302


def test_a_flood_from_everywhere_is_limited_too(monkeypatch):
    monkeypatch.setattr(public_forms, "_window", lambda: 1)
    monkeypatch.setattr(limits, "TOGETHER", 2)
    codes = [Asker(Client(REMOTE_ADDR=f"198.51.100.{n}")).ask(words=str(n)).status_code for n in range(3)]
    assert codes == [302, 302, 429]


def test_the_limit_keeps_no_address_in_readable_form():
    from django.db import connection

    Asker(Client(REMOTE_ADDR="198.51.100.7")).ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert not any("198.51" in key for (key,) in cursor.fetchall())


# --- the answer -------------------------------------------------------------------------------------------------------


def test_the_answer_names_nobody_and_says_nothing_about_treatment():
    page = thanks(Asker().ask())
    body = page[page.index("<main") : page.index("</main>")]
    for word in ("Marisol", "0134", "treatment", "recover", "program", "alcohol", "substance"):
        assert word not in body


def test_the_answer_shown_later_no_longer_promises_a_time_that_has_passed():
    answer = Asker().ask()
    with clock.travel(MORNING + timedelta(hours=3)):
        page = told(Client().get(answer["Location"]))
    assert "We are on it." in page
    assert "10:15" not in page


@pytest.mark.parametrize("query", ["", "?p=", "?p=forged:x:y"])
def test_an_answer_without_an_inquiry_leads_to_the_form(query):
    assert Client().get(f"/help/thanks/{query}")["Location"] == "/help/"


def test_before_a_program_is_loaded_the_page_says_where_help_is(monkeypatch):
    from trellis.foundation.program import queries

    def nothing():
        raise queries.NoBlueprint(queries.NOT_LOADED)

    monkeypatch.setattr(queries, "current", nothing)
    page = Client().get("/help/")
    assert page.status_code == 503
    assert "988" in told(page)


def test_the_pages_take_few_statements(statements):
    Client().get("/help/")
    with statements() as seen:
        Client().get("/help/")
    assert len(seen) == 1, seen
