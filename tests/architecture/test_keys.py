import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.checks import assert_none
from tests.architecture.checks.keys import ids_without_keys, keys_to_later_rooms


def test_keys_point_down():
    assert_none(keys_to_later_rooms())


def test_a_number_that_points_somewhere_is_a_key_or_says_why_not():
    assert_none(ids_without_keys())


@isolate_apps("trellis.people.accounts", "trellis.journey.inquiry")
def test_a_key_to_a_later_room_is_found():
    class Inquiry(models.Model):
        class Meta:
            app_label = "inquiry"

    class Account(models.Model):
        inquiry = models.ForeignKey(Inquiry, models.CASCADE)
        inquiries = models.ManyToManyField(Inquiry, related_name="+")

        class Meta:
            app_label = "accounts"

    assert len(keys_to_later_rooms([Account, Inquiry])) == 2


@isolate_apps("trellis.people.accounts")
def test_an_id_without_a_key_is_found():
    class Account(models.Model):
        client_id = models.BigIntegerField()
        session_id = models.BigIntegerField()

        class Meta:
            app_label = "accounts"

    assert ids_without_keys([Account], {"accounts.Account.session_id": "why"}) == [
        "accounts.Account.client_id is no key; list its reason in PLAIN_IDS, or make it one"
    ]


@pytest.mark.parametrize("name", ["accounts.Account.gone_id", "*.gone_id"])
def test_a_reason_that_is_needed_no_more_is_found(name):
    assert ids_without_keys([], {name: "why"}) == [f"{name} is listed and is not there"]
