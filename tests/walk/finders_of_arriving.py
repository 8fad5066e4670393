"""Finders for pages about somebody who arrives, and about somebody who waits for a place."""

from tests.walk.finders import client_of_therapist, finder, open_inquiry
from tests.walk.houses import House
from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.admission.arriving import actions as arriving
from trellis.journey.admission.models import NeedFact
from trellis.journey.admission.waiting import actions, queries
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.models import Client


@finder
def one_who_arrives(house: House) -> str | None:
    """Somebody of a therapist's, who was asked what they need."""
    client = Client.objects.filter(public_id=client_of_therapist(house)).first()
    if client is None:
        return None
    answers = {need: (need == NeedFact.Need.TRANSPORT, "") for need in NeedFact.Need.values}
    arriving.write_needs(by=actor_of(house.person("therapist")), client=client, answers=answers)
    return client.public_id


@finder
def one_who_waits(house: House) -> str | None:
    """Somebody who asked and waits for a place, and of whom we once thought that another place is right."""
    inquiry = Inquiry.objects.filter(public_id=open_inquiry(house)).first()
    if inquiry is None:
        return None
    by = actor_of(house.person("intake_coordinator"))
    if inquiry.is_about_themself and queries.wait_of(inquiry) is None:
        actions.put_on(by=by, inquiry=inquiry, injects=True)
        actions.interim(by=by, inquiry=inquiry, service="hiv_tb", given=True)
    if not queries.hand_ons_of(inquiry):
        actions.hand_on(by=by, inquiry=inquiry, place="Casa Norte", way="number", on=clock.today(program.zone()))
    return inquiry.public_id
