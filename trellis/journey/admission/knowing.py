"""Whom we know already of somebody who asked: for whoever assesses and whoever admits."""

from collections.abc import Collection
from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.journey.admission.forms import from_inquiry, typed_person
from trellis.journey.admission.queries import MOST_KNOWN, may_be_known
from trellis.journey.admission.rules import Person
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.journey.inquiry.queries import referrals
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import Client
from trellis.people.clients.queries import find_clients, sees_everybody


def behind(inquiry: Inquiry) -> Client | None:
    """Whose record the inquiry is part of already: somebody who is assessed, or who asked to come back."""
    subject = inquiry.client_subject if inquiry.is_open else ""
    return Client.objects.filter(pk=subject.partition(":")[2]).first() if subject else None


def known_to(actor: Actor, inquiry: Inquiry | None, sent: Any) -> list[Client]:
    """People who may be the same as whoever is assessed or admitted; `sent` is what was typed, empty before.

    Of somebody whose record is closed to the reader the page says and asks what it would of a stranger: should it be
    the same person, `admission/one_person` lets others find it out.
    """
    if not sees_everybody(actor):
        return []
    closed = clients_kept_from(actor)
    known = _known_of(inquiry, closed) if inquiry else []
    if sent:
        person, legal = typed_person(sent)
        known += [client for client in may_be_known(person, legal, closed) if client not in known]
    return known


def _known_of(inquiry: Inquiry, closed: Collection[int]) -> list[Client]:
    """Whom the inquiry itself may be about: who was recognized in a referral, people of this name who were here
    before, and whoever is like it."""
    if not inquiry.is_about_themself:
        return []
    found = find_clients(inquiry.name, closed=closed)
    here = [client for client in found.clients if client.pk not in found.present and not found.guessed][:MOST_KNOWN]
    like = may_be_known(Person(0, inquiry.name, inquiry.telephone, inquiry.email), closed=closed)
    return list(dict.fromkeys([*_recognized(inquiry, closed), *here, *like]))


def _recognized(inquiry: Inquiry, closed: Collection[int]) -> list[Client]:
    keys = {one.client_id for one in _referrals(inquiry) if one.client_id is not None} - set(closed)
    return list(Client.objects.filter(pk__in=keys)) if keys else []


def came_with(inquiry: Inquiry) -> dict[str, Any]:
    """What they told us, and the birth date that whoever sent them wrote; nobody types it again."""
    told = from_inquiry(inquiry)
    for one in _referrals(inquiry)[:1]:
        told["born_on"] = one.found["patient"]["birth_date"] or ""
    return told


def _referrals(inquiry: Inquiry) -> list[Referral]:
    return referrals.of_inquiry(inquiry) if inquiry.is_about_themself else []
