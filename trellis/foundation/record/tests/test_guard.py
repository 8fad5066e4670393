import pytest
from django.db import connection

from trellis.foundation.record.guard import WriteOutsideAction, is_writing, writing, written_table
from trellis.foundation.record.models import Erasure

pytestmark = pytest.mark.django_db

INSERT = "INSERT INTO record_erasure (subject, decided_at, decided_by) VALUES ('client:1', '2026-01-01', 'x')"


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        (INSERT, "record_erasure"),
        ('insert or ignore into "record_erasure" values (1)', "record_erasure"),
        ("REPLACE INTO record_erasure VALUES (1)", "record_erasure"),
        ('UPDATE "record_erasure" SET subject = 1', "record_erasure"),
        ("  DELETE FROM record_erasure", "record_erasure"),
        ("COPY record_erasure FROM STDIN", "record_erasure"),
        ("WITH x AS (SELECT 1) INSERT INTO record_erasure SELECT * FROM x", "record_erasure"),
        ("/* note */ DELETE FROM record_erasure", "record_erasure"),
        ("TRUNCATE record_erasure", "record_erasure"),
        ("SELECT 1 FROM record_erasure", None),
        ("SAVEPOINT s1", None),
    ],
)
def test_a_writing_statement_is_known_by_its_table(sql, table):
    assert written_table(sql) == table


def test_a_write_outside_an_action_is_refused_before_it_reaches_the_database():
    with connection.cursor() as cursor, pytest.raises(WriteOutsideAction, match="record_erasure"):
        cursor.execute(INSERT)
    assert not Erasure.objects.exists()


def test_inside_writing_the_same_statement_passes_and_the_door_closes_after_it():
    with writing("test"):
        assert is_writing()
        with connection.cursor() as cursor:
            cursor.execute(INSERT)
    assert not is_writing()
    assert Erasure.objects.count() == 1


def test_the_tables_of_libraries_are_written_by_their_libraries():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session WHERE session_key = 'none'")
