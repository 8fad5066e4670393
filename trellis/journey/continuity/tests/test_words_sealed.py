"""Words that lay in clear text are sealed by a migration, where people are already."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.foundation.record.triggers import missing
from trellis.journey.admission.models import Admission, HandOn
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory
from trellis.journey.continuity.models import LetterRequest
from trellis.journey.continuity.tests.left import asked_for
from trellis.journey.inquiry.tests.factories import asked
from trellis.people.clients.tests.factories import ClientFactory

COLUMNS = (
    ("admission_admission", "reason"),
    ("admission_handon", "spoke_with"),
    ("continuity_letterrequest", "asked_by"),
)
WORDS = [["Drinks alone"], ["", "Ines"], ["Her sister"]]


@pytest.fixture
def people(committed_db, clock_at):
    """One of each, and a hand-on that names nobody."""
    clock_at(NOW)
    load_pomona()
    AdmissionFactory(reason="Drinks alone")
    asked_for(ClientFactory(), asked_by="Her sister")
    with writing("test"):
        for words in ("Ines", ""):
            HandOn.objects.create(
                inquiry=asked(), place="Casa Norte", way="number", on="2026-11-08", at="2026-11-08T20:00Z", by="x",
                spoke_with_sealed=words and crypto.seal(words),
            )  # fmt: skip


def lying(ending=""):
    with connection.cursor() as cursor:
        return [sorted(_column(cursor, table, name + ending)) for table, name in COLUMNS]


def _column(cursor, table, name):
    cursor.execute(f"SELECT {name} FROM {table}")
    return [row[0] for row in cursor.fetchall()]


def test_what_lay_in_clear_text_is_sealed_on_a_database_with_people_in_it_and_the_way_back_opens_it(people):
    try:
        call_command("migrate", "continuity", "0003", verbosity=0)
        call_command("migrate", "admission", "0007", verbosity=0)
        assert lying() == WORDS
        assert missing(connection) == []
    finally:
        call_command("migrate", verbosity=0)
    assert not {"Drinks alone", "Ines", "Her sister"} & {word for column in lying("_sealed") for word in column}
    assert Admission.objects.get().reason == "Drinks alone"
    assert LetterRequest.objects.get().asked_by == "Her sister"
    assert sorted(one.spoke_with for one in HandOn.objects.all()) == ["", "Ines"]
    assert missing(connection) == []
    with pytest.raises(DatabaseError, match="append-only"), writing("test"):
        Admission.objects.update(reason_sealed="")
