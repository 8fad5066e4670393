"""Whoever is kept out of a record admits that person: page and statements are those of a stranger's admission."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.journey.admission.models import Admission
from trellis.journey.admission.one_person.queries import waiting_for
from trellis.journey.admission.tests.factories import InquiryFactory
from trellis.journey.schedule.tests.test_start_new import QUESTION, URL, text, typed
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import (
    ClientFactory,
    EpisodeFactory,
    LegalNameFactory,
    StaffMemberFactory,
    actor,
)

pytestmark = pytest.mark.django_db
FIRST = {"chosen_name": "Rosalba Limantour", "born_on": date(1988, 5, 2), "telephone": "(909) 555-0177"}
TYPED = {
    "chosen_name": "Rosalba Limantour", "telephone": "909 555 0177", "legal_given": "Rosalba María",
    "legal_family": "Limantour",
}  # fmt: skip


@pytest.fixture
def cousin(dana):
    """An intake coordinator who is kept out of two records, of somebody gone and of somebody here."""
    account = StaffMemberFactory(account__roles=["intake_coordinator"]).account
    gone = ClientFactory(chosen_name="Abundio Quiroz", born_on=date(1950, 1, 1), telephone="")
    keep_out(by=actor("program_administrator"), client=gone, account=account)
    return account


@pytest.fixture(params=[False, True], ids=["gone", "here"])
def known(request, cousin):
    person = ClientFactory(**FIRST)
    LegalNameFactory(client=person, given="Rosalba María", family="Limantour")
    EpisodeFactory(client=person, closed=not request.param)
    keep_out(by=actor("program_administrator"), client=person, account=cousin)
    return person


def seen_by(browser, dana, statements, address=URL):
    """Page and statements of an admission, without what differs each time: tokens, ids, instants."""
    with statements() as asked:
        first = browser.get(address)
        answer = browser.post(address, typed(dana, **TYPED))
    page = re.sub(r'(csrfmiddlewaretoken" value=|value=|content=)"[^"]*"', "", first.content.decode())
    shape = [re.sub(r"\d+|'[^']*'|%s", "?", sql)[:60] for sql in asked]
    return (
        answer.status_code,
        re.sub(r"/admitted/\w+/", "/admitted/…/", answer.url),
        text(first),
        page.count("<"),
        shape,
    )


def test_a_known_person_and_a_stranger_are_one_to_whoever_is_kept_out(
    cousin, dana, client, statements, django_db_blocker
):
    from django.db import transaction

    browser = sign_in(client, cousin)
    browser.get(URL)  # what a first page asks once

    def admission():
        with transaction.atomic():
            found = seen_by(browser, dana, statements)
            transaction.set_rollback(True)
        return found

    stranger = admission()
    person = ClientFactory(**FIRST)
    LegalNameFactory(client=person, given="Rosalba María", family="Limantour")
    EpisodeFactory(client=person)
    keep_out(by=actor("program_administrator"), client=person, account=cousin)
    assert admission() == stranger
    assert stranger[0] == 302


def test_nobody_is_asked_and_the_record_stands_until_others_have_looked(known, cousin, dana, client):
    browser = sign_in(client, cousin)
    answer = browser.post(URL, typed(dana, **TYPED), follow=True)
    assert QUESTION not in text(answer)
    assert "Rosalba is in the program" in text(answer)
    second = Admission.objects.get().client
    assert second != known
    assert [(one.second, one.first) for one in waiting_for(actor("clinical_director"))] == [(second, known)]


def test_a_colleague_is_asked_as_always(known, intake, dana):
    assert QUESTION in text(intake.post(URL, typed(dana, **TYPED)))
    assert Client.objects.filter(search_name="rosalba limantour").count() == 1


def test_somebody_admitted_a_minute_ago_is_not_told_either(known, cousin, dana, client, intake):
    """The same form twice leads to the first admission; not for somebody to whom that record is closed."""
    intake.post(URL, typed(dana, **TYPED, known="", shown=known.public_id))
    other = Admission.objects.get().client
    keep_out(by=actor("program_administrator"), client=other, account=cousin)
    browser = sign_in(client, cousin)
    answer = browser.post(URL, typed(dana, **TYPED))
    assert answer.url != reverse("admission:started", args=[other.public_id])
    assert Admission.objects.count() == 2
    assert len(waiting_for(actor("clinical_director"))) == 2


def test_an_inquiry_leads_to_no_question_either(known, cousin, dana, client):
    asked = InquiryFactory(name=FIRST["chosen_name"], telephone=FIRST["telephone"])
    address = reverse("admission:admit", args=[asked.public_id])
    browser = sign_in(client, cousin)
    assert "Is it one of these people?" not in text(browser.get(address))
    assert browser.post(address, typed(dana, **TYPED)).status_code == 302


def test_a_search_answers_as_if_they_were_not_there(known, cousin, client):
    ClientFactory(chosen_name="Rosalva Limantur")
    browser = sign_in(client, cousin)
    found = text(browser.post(reverse("clients:find"), {"q": "Rosalba Limantour"}))
    assert "Rosalva Limantur" in found
