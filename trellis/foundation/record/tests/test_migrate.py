import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_the_table_of_limits_and_codes():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    call_command("migrate", verbosity=0)
    assert "cache" in connection.introspection.table_names()


def test_a_look_at_the_plan_makes_nothing():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    call_command("migrate", plan=True, verbosity=0)
    assert "cache" not in connection.introspection.table_names()
