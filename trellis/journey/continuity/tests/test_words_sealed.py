"""Words that lay in clear text are sealed by a migration, where people are already."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import sealed_later
from trellis.foundation.record.guard import writing
from trellis.foundation.record.triggers import declared, install, remove
from trellis.journey.admission.models import Admission, HandOn
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory
from trellis.journey.continuity.models import LetterRequest
from trellis.journey.continuity.tests.left import asked_for
from trellis.journey.inquiry.tests.factories import asked
from trellis.people.clients.tests.factories import ClientFactory

pytestmark = [pytest.mark.django_db]
WORDS = ((Admission, "reason_sealed"), (HandOn, "spoke_with_sealed"), (LetterRequest, "asked_by_sealed"))


@pytest.fixture
def in_clear_text(clock_at):
    """As it lay before: one of each, and a hand-on that names nobody."""
    clock_at(NOW)
    load_pomona()
    AdmissionFactory()
    asked_for(ClientFactory())
    with writing("test"):
        for words in ("Ines", ""):
            HandOn.objects.create(
                inquiry=asked(), place="Casa Norte", way="number", on="2026-11-08", at="2026-11-08T20:00Z", by="x",
                spoke_with_sealed=words,
            )  # fmt: skip
    never_changing = [one for one in declared() if one.table in {model._meta.db_table for model, _ in WORDS}]
    for one in never_changing:
        remove(connection, one)
    with writing("test"):
        Admission.objects.update(reason_sealed="Drinks alone")
        LetterRequest.objects.update(asked_by_sealed="Her sister")
    for one in never_changing:
        install(connection, one)


def lying():
    return {field: list(model.objects.order_by("pk").values_list(field, flat=True)) for model, field in WORDS}


def test_what_lay_in_clear_text_is_sealed_and_reads_as_before_and_the_way_back_opens_it(in_clear_text):
    before = lying()
    for step in (0, 1):
        for model, field in WORDS:
            run = sealed_later.column(model._meta.app_label, model.__name__, field)[step]
            with writing("test"):
                run(apps, SimpleNamespace(connection=connection))
        if step == 0:
            assert not {"Drinks alone", "Ines", "Her sister"} & {one for found in lying().values() for one in found}
            assert (Admission.objects.get().reason, LetterRequest.objects.get().asked_by) == (
                "Drinks alone", "Her sister",
            )  # fmt: skip
            assert [one.spoke_with for one in HandOn.objects.order_by("pk")] == ["Ines", ""]
    assert lying() == before
