"""Signed-in browsers of people who work here, for tests of their pages."""

from django.test import Client

from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import actor, sign_in

BOARD = "/desk/inquiries/"


def browser(role: str) -> Client:
    return sign_in(Client(), actor(role).account_id)


def again(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.get(pk=inquiry.pk)


def one(inquiry: Inquiry, act: str = "") -> str:
    return f"{BOARD}{inquiry.public_id}/{act}"
