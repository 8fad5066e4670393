"""A device of ours in the hands of somebody who comes to the program, as the walk hands it over."""

from playwright.sync_api import Page

from tests.walk.finders import BEFORE, finder
from tests.walk.houses import House
from trellis.journey.measures.models import Administration
from trellis.people.accounts.actions import set_room_pin
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import EpisodeFactory

WHO = "intake_coordinator"
#: everything is due for whoever came today
NEW_HERE = "Elena Prado"


def handed_over(page: Page, house: House) -> None:
    if house.is_empty:
        return
    person = house.person(WHO)
    if not person.room_pin:
        set_room_pin(by=actor_of(person), account=person, pin="4829")
    known = Client.objects.filter(chosen_name=NEW_HERE).first()
    known = known or EpisodeFactory(client__chosen_name=NEW_HERE).client
    page.goto(f"/desk/clients/{known.public_id}/questions/tablet/")
    page.check(f"[name=language][value={page.evaluate('navigator.language')[:2]}]")
    page.click("main form [type=submit]")
    page.wait_for_url("**/desk/tablet/")


def begun_on_tablet(page: Page, house: House) -> None:
    handed_over(page, house)
    if not house.is_empty:
        page.click("main form [type=submit]")
        page.wait_for_url("**/desk/tablet/*/")


@finder
def on_tablet(house: House) -> str | None:
    """What was begun there last."""
    begun = Administration.objects.filter(way=Administration.Way.TABLET).order_by("-pk")
    return begun.values_list("public_id", flat=True).first()


BEFORE.update(handed_over=handed_over, begun_on_tablet=begun_on_tablet)
