"""A question that is phrased once answers as the ORM would, whatever it is asked with."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from trellis.foundation.record.guard import writing
from trellis.foundation.record.models import Erasure
from trellis.foundation.record.prepared import NotAsked, Prepared

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
numbers = count()


def erasure(by: str = "account:1", at: datetime = AT) -> Erasure:
    with writing("test"):
        return Erasure.objects.create(subject=f"client:{next(numbers)}", decided_at=at, decided_by=by)


@Prepared
def decided_by(name: str) -> "QuerySet[Erasure]":
    return Erasure.objects.filter(decided_by=name).order_by("pk")


@Prepared
def holding(part: str, beginning: str) -> "QuerySet[Erasure]":
    rows = Erasure.objects.filter(Q(decided_by__contains=part) | Q(decided_by__startswith=beginning))
    return rows.order_by("pk")


@Prepared
def of_keys(keys: list[int]) -> "QuerySet[Erasure]":
    return Erasure.objects.filter(pk__in=keys).order_by("-pk")


@Prepared
def of_keys_since(keys: list[int], since: datetime, names: list[str]) -> "QuerySet[Erasure, tuple[int, datetime]]":
    rows = Erasure.objects.filter(Q(pk__in=keys) | Q(decided_by__in=names), decided_at__gte=since)
    return rows.order_by("pk").values_list("pk", "decided_at")


@Prepared
def on_the_day(day: date) -> "QuerySet[Erasure]":
    return Erasure.objects.filter(decided_at__date=day)


@Prepared
def permission(codename: str, number: int) -> "QuerySet[Permission]":
    rows = Permission.objects.filter(codename=codename).select_related("content_type")
    return rows.annotate(asked_with=Value(number), same=F("content_type_id"))


@Prepared
def without_the_value(name: str) -> "QuerySet[Erasure]":
    return Erasure.objects.filter(decided_by=name.upper()[:0] or "nobody")


def test_answers_follow_the_values():
    one, other = erasure("account:1"), erasure("account:2")
    assert decided_by("account:1") == [one]
    assert decided_by("account:2") == [other]
    assert decided_by.first("account:3") is None


def test_parts_of_words_are_taken_as_they_are_spelled():
    percent, plain = erasure("50% Rosa_Lee"), erasure("RosaxLee")
    assert holding("Rosa_", "nobody") == [percent]
    assert holding("0%", "nobody") == [percent]
    assert holding("Rosa", "nobody") == [percent, plain]
    assert holding("nobody", "Rosa") == [plain]


@pytest.mark.parametrize("number", [1, 2, 8, 9, 17])
def test_lists_of_any_length_are_asked_for(number, statements):
    made = [erasure() for _ in range(number)]
    with statements() as seen:
        assert of_keys([one.pk for one in made]) == made[::-1]
    assert len(seen) == 1


def test_an_empty_list_costs_nothing(statements):
    with statements() as seen:
        assert of_keys([]) == []
    assert len(seen) == 0


def test_an_empty_list_among_other_values_finds_nobody():
    one, before = erasure(), AT - timedelta(days=1)
    assert of_keys_since([], before, ["account:1"]) == [(one.pk, AT)]
    assert of_keys_since([one.pk], before, []) == [(one.pk, AT)]
    assert of_keys_since([], before, []) == []


def test_instants_come_and_go_as_aware_ones():
    one = erasure()
    assert of_keys_since([one.pk], AT, []) == [(one.pk, AT)]
    assert of_keys_since([one.pk], AT + timedelta(seconds=1), []) == []


def test_days_are_values_too():
    one = erasure()
    assert on_the_day(AT.date()) == [one]
    assert on_the_day(AT.date() + timedelta(days=1)) == []


def test_related_rows_and_annotations_come_along(statements):
    with statements() as seen:
        found = permission.first("add_permission", 7)
        assert (found.content_type.model, found.asked_with) == ("permission", 7)
        assert found.same == found.content_type_id
    assert len(seen) == 1


def test_a_question_that_hides_its_value_is_refused():
    with pytest.raises(NotAsked, match="without_the_value"):
        without_the_value("Sam")


def test_a_question_wants_every_value():
    with pytest.raises(TypeError, match="takes 1"):
        decided_by()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: plans that are kept")
def test_a_question_is_planned_once_whatever_the_size_of_its_numbers():
    for keys in ([1], [70_000], [2**40, 3]):
        of_keys(keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%record_erasure%%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: plans that are kept")
def test_a_question_with_a_pattern_is_planned_for_what_it_is_asked_with():
    holding("a", "b")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%decided_by%%LIKE%%'")
        assert cursor.fetchone() == (0,)
