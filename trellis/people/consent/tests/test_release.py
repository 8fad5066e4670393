"""A message is asked about when it goes out: who it is about, who would read it, and in which way."""

from datetime import timedelta

import pytest
from django.core import mail

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import jobs, kinds
from trellis.foundation.messaging.kinds import Addressee
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.record.guard import writing
from trellis.people.accounts.tests.factories import InvitationFactory
from trellis.people.clients.models import Client
from trellis.people.consent import actions, queries
from trellis.people.consent.models import Disclosure
from trellis.people.consent.paper import SHORT_NOTICE
from trellis.people.consent.rules.words import Information, Purpose
from trellis.people.consent.tests.factories import SISTER, signed, terms

pytestmark = pytest.mark.django_db
BY = Actor.of_system("test")
WORDS = "We look forward to Tuesday.\n\n{{ notice }}"


@pytest.fixture(autouse=True)
def kinds_of_message(monkeypatch, settings, tmp_path):
    """One to the client themselves, one to somebody else."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    words = tmp_path / "consent/messages/told.txt"
    words.parent.mkdir(parents=True)
    words.write_text(WORDS)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    for name, addressee in (("told.self", Addressee.SELF), ("told.somebody", Addressee.SOMEBODY)):
        kinds.register_kind(name, template="consent/messages/told.txt", addressee=addressee, title="What we told")


@pytest.fixture
def ana(marisol):
    """She gave us an email and a number for texts."""
    with writing("factory"):
        Client.objects.filter(pk=marisol.pk).update(
            email="Marisol@example.org", telephone="(909) 555-0142", may_text=True
        )
    marisol.refresh_from_db()
    return marisol


def to_sister(client, key="told:1", **changed):
    telling = {
        "kind": SISTER.kind, "name": SISTER.name, "purpose": Purpose.FAMILY_SUPPORT,
        "information": [Information.ATTENDANCE],
    }  # fmt: skip
    return messaging.queue(
        by=BY, key=key, channel="mail", to="ana@example.org", kind="told.somebody", language="es",
        values={"notice": SHORT_NOTICE} | changed.pop("values", {}), about=client.audit_subjects[0],
        telling=telling | changed,
    )  # fmt: skip


def to_client(client, channel="mail", to="marisol@example.org"):
    return messaging.queue(
        by=BY, key=f"self:{to}", channel=channel, to=to, kind="told.self", language="en", values={},
        about=client.audit_subjects[0],
    )  # fmt: skip


def outcome():
    jobs.send_messages.call()
    message = Message.objects.get()
    return message.parked_why or message.status


def test_to_a_sister_whom_a_consent_names_it_goes_and_stands_in_the_accounting_once(ana):
    consent = signed(ana)
    to_sister(ana)
    assert outcome() == "sent"
    row = Disclosure.objects.get()
    assert (row.recipient_name, row.recipient_address, row.how) == ("Ana Ruiz", "ana@example.org", "message")
    assert (row.ground, row.information, row.notice) == (f"consent:{consent.public_id}", ["attendance"], True)
    assert row.content == "Mensaje: What we told"
    assert Message.objects.get().disclosure == row.public_id
    assert SHORT_NOTICE in mail.outbox[0].body


def test_without_a_consent_it_stays_and_nobody_was_told(ana):
    to_sister(ana)
    assert outcome() == Why.CONSENT
    assert (mail.outbox, Disclosure.objects.count()) == ([], 0)


def test_queued_while_it_was_allowed_and_taken_back_before_it_went(ana):
    """Scene 20: a consent revoked this morning, a fax queued for noon."""
    consent = signed(ana)
    to_sister(ana)
    actions.revoke(by=BY, consent=consent, how="portal")
    assert outcome() == Why.CONSENT
    assert (mail.outbox, Disclosure.objects.count()) == ([], 0)


def test_a_consent_that_ended_a_second_ago_keeps_it_here(ana, clock_at):
    until = clock.now() + timedelta(hours=1)
    signed(ana, terms(expires_at=until))
    to_sister(ana)
    clock_at(until)
    assert outcome() == Why.CONSENT


def test_all_that_it_tells_is_named_or_it_stays(ana):
    signed(ana)
    to_sister(ana, information=[Information.ATTENDANCE, Information.DIAGNOSIS])
    assert outcome() == Why.CONSENT


def test_without_the_notice_nothing_goes_on_a_consent(ana):
    signed(ana)
    to_sister(ana, values={"notice": ""})
    assert outcome() == Why.WITHHELD
    assert Disclosure.objects.count() == 0


def test_tried_again_it_stands_in_the_accounting_once_and_is_asked_about_again(ana, monkeypatch, clock_at):
    consent = signed(ana)
    to_sister(ana)
    monkeypatch.setattr(jobs, "sender_for", lambda channel: closed)
    assert outcome() == "queued"
    clock_at(clock.now() + timedelta(minutes=2))
    assert outcome() == "queued"
    assert Disclosure.objects.count() == 1
    actions.revoke(by=BY, consent=consent, how="voice")
    clock_at(clock.now() + timedelta(hours=1))
    assert outcome() == Why.CONSENT
    assert Disclosure.objects.count() == 1


def closed(letter):
    raise OSError


@pytest.mark.parametrize(
    ("channel", "to", "said"),
    [
        ("mail", "marisol@example.org", "sent"),
        ("mail", "older@example.org", Why.NOT_THIS_WAY),
        ("sms", "+19095550142", "sent"),
        ("sms", "+19095550199", Why.NOT_THIS_WAY),
    ],
)
def test_to_the_client_only_in_a_way_that_they_gave_us(ana, channel, to, said, monkeypatch):
    monkeypatch.setattr(jobs, "sender_for", lambda _channel: lambda letter: None)
    to_client(ana, channel, to)
    assert outcome() == said


def test_the_address_that_opens_their_sign_in_is_one_they_gave_us(marisol):
    to_client(marisol, to=marisol.account.email)
    assert outcome() == "sent"


def test_a_text_that_they_no_longer_want_stays(ana, monkeypatch):
    monkeypatch.setattr(jobs, "sender_for", lambda _channel: lambda letter: None)
    to_client(ana, "sms", "+19095550142")
    with writing("factory"):
        Client.objects.filter(pk=ana.pk).update(may_text=False)
    assert outcome() == Why.NOT_THIS_WAY


def dies(client):
    actions.set_standing(
        by=BY, client=client, deceased=True, minor_consented_alone=False, guardian_appointed=False, restricted=()
    )


def test_after_a_death_nothing_goes_to_them(ana):
    to_client(ana)
    dies(ana)
    assert outcome() == Why.DIED


def test_after_a_death_nothing_goes_on_what_they_signed(ana):
    signed(ana)
    to_sister(ana)
    dies(ana)
    assert outcome() == Why.CONSENT


def test_after_a_death_no_link_into_their_record_goes(marisol):
    account = marisol.account
    messaging.queue(
        by=BY, key="reset:1", channel="mail", to=account.email, kind="account.reset", language="en",
        values={"url": "https://x.test/"}, about=f"account:{account.pk}",
    )  # fmt: skip
    dies(marisol)
    assert outcome() == Why.DIED


@pytest.mark.parametrize("dead", [False, True])
def test_after_a_death_no_invitation_goes(marisol, dead):
    invitation = InvitationFactory(about=f"client:{marisol.pk}", email="m@example.org")
    messaging.queue(
        by=BY, key="invitation:1", channel="mail", to="m@example.org", kind="account.invitation", language="en",
        values={"url": "https://x.test/", "hours": 24}, about=f"invitation:{invitation.pk}",
    )  # fmt: skip
    if dead:
        dies(marisol)
    assert outcome() == (Why.DIED if dead else "sent")


def test_a_client_who_is_not_there_gets_nothing(ana):
    message = to_client(ana)
    with writing("factory"):
        Message.objects.filter(pk=message.pk).update(about="client:999999")
    assert outcome() == Why.OVER


def test_a_refusal_is_in_the_trail_of_whoever_it_is_about(ana):
    from trellis.foundation.audit.models import AuditEvent

    to_sister(ana)
    outcome()
    assert AuditEvent.objects.get(verb="disclosure.refuse").subjects == [f"client:{ana.pk}"]
    assert queries.disclosures(ana).count() == 0
