import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.checks import assert_none
from tests.architecture.checks.sealed import sealed_by_name_alone, sealed_into_other_columns
from trellis.foundation.record.sealed import SealedText, places


def test_what_is_called_sealed_is_found_by_a_change_of_keys():
    assert_none(sealed_by_name_alone())


def test_what_is_sealed_is_found_by_a_change_of_keys(root):
    assert_none(sealed_into_other_columns(root))


def test_the_places_are_those_of_every_room_and_of_the_second_factors():
    found = {str(place) for place in places()}
    ours = {
        f"{model._meta.db_table}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedText)
    }
    assert found == ours | {"mfa_authenticator.data"}
    assert {"accounts_draft.sealed", "messaging_message.sealed_to", "inquiry_inquiry.words_sealed"} <= ours


def test_a_migration_sees_a_column_of_text():
    assert SealedText(blank=True).deconstruct()[1:] == ("django.db.models.TextField", [], {"blank": True})


@isolate_apps("trellis.people.accounts")
def test_a_column_that_is_only_called_sealed_is_found():
    class Note(models.Model):
        words_sealed = models.TextField()
        sealed_words = SealedText()
        sealed_at = models.DateTimeField()

        class Meta:
            app_label = "accounts"

    [fault] = sealed_by_name_alone([Note])
    assert fault.startswith("accounts.Note.words_sealed is called sealed")


@pytest.mark.parametrize(
    "line",
    [
        "Note.objects.create(words=crypto.seal(text) if text else '')",
        "Note.objects.update_or_create(pk=1, defaults={'words': crypto.seal(json.dumps(text))})",
        "fields = {'words': crypto.seal(text)}",
    ],
)
def test_a_text_sealed_into_another_column_is_found(plot, line):
    plot("trellis/people/clients/actions.py", line)
    assert [fault.split(": ")[1] for fault in sealed_into_other_columns(plot.path)] == [
        "words holds a sealed text and is no SealedText"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Draft.objects.create(sealed=crypto.seal(text))",
        "create(words=text)",
        "create(defaults={'sealed': crypto.seal(x)})",
    ],
)
def test_a_text_sealed_where_it_belongs_is_left_alone(plot, line):
    plot("trellis/people/clients/actions.py", line)
    assert sealed_into_other_columns(plot.path) == []
