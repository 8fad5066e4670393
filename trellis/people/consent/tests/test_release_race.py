"""A consent is taken back in the very moment in which a message on it goes out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.core import mail
from django.db import connection, connections, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import jobs, kinds
from trellis.foundation.messaging.kinds import Addressee
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory
from trellis.people.consent import actions
from trellis.people.consent.actions import gate
from trellis.people.consent.models import ConsentEnd, Disclosure
from trellis.people.consent.paper import SHORT_NOTICE
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.words import Information, Purpose
from trellis.people.consent.tests.factories import SISTER, say, signed, wanted

BY = Actor.of_system("test")
ROUNDS = 8
MOST_LOOKS = 100_000
STANDS = {"deceased": False, "minor_consented_alone": False, "guardian_appointed": False}


@pytest.fixture
def told(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    words = tmp_path / "told.txt"
    words.write_text("We look forward to Tuesday.\n\n{{ notice }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    kinds.register_kind("told", template="told.txt", addressee=Addressee.SOMEBODY, title="What we told")


def beside_each_other(*acts):
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def test_either_it_went_before_and_is_accounted_for_or_it_stayed(committed_db, told):
    """Whichever comes first, nothing goes after the instant at which the consent was taken back."""
    load_pomona()
    for number in range(ROUNDS):
        client = ClientFactory(in_program=True)
        consent = signed(client)
        message = messaging.queue(
            by=BY, key=f"told:{number}", channel="mail", to="ana@example.org", kind="told", language="en",
            values={"notice": SHORT_NOTICE}, about=client.audit_subjects[0],
            telling={
                "kind": SISTER.kind, "name": SISTER.name, "purpose": Purpose.FAMILY_SUPPORT,
                "information": [Information.ATTENDANCE],
            },
        )  # fmt: skip
        mail.outbox.clear()
        beside_each_other(
            jobs.send_messages.call, lambda consent=consent: actions.revoke(by=BY, consent=consent, how="portal")
        )
        row = Message.objects.get(pk=message.pk)
        rows = Disclosure.objects.filter(subject=client.audit_subjects[0])
        if row.status == "sent":
            assert len(mail.outbox) == 1
            assert rows.get().at <= ConsentEnd.objects.get(consent=consent).at
        else:
            assert (row.status, row.parked_why) == ("parked", Why.CONSENT)
            assert (mail.outbox, rows.count()) == ([], 0)


def test_a_restriction_written_while_a_release_waits_counts(committed_db):
    """Whoever waits for the client's row judges after what the other did, and not by what stood there before."""
    load_pomona()
    client = ClientFactory(in_program=True)
    signed(client)
    held, went = Event(), []

    def restrict():
        with transaction.atomic():
            Client.objects.select_for_update().get(pk=client.pk)
            held.set()
            actions.set_standing(by=BY, client=client, **(STANDS | {"restricted": (SISTER,)}))
            somebody_waits()

    def release():
        held.wait()
        try:
            went.append(gate.disclose(by=BY, client=client, wanted=wanted(), how="spoken", make=say))
        except gate.Withheld as no:
            went.append(no.decision.reason)

    beside_each_other(restrict, release)
    assert went == [Reason.RESTRICTED]
    assert not Disclosure.objects.exists()


def somebody_waits():
    """Until a transaction waits for a row; only PostgreSQL says it. On SQLite whoever begins waits."""
    with connection.cursor() as cursor:
        for _ in range(MOST_LOOKS if connection.vendor == "postgresql" else 0):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    assert connection.vendor == "sqlite", "nobody waits"
