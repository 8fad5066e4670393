"""A device of ours in the hands of somebody who comes to the program, as the walk hands it over."""

from playwright.sync_api import Page

from tests.walk.finders import BEFORE, client, finder
from tests.walk.houses import House
from trellis.journey.measures.models import Administration
from trellis.people.accounts.actions import set_room_pin
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import EpisodeFactory

WHO, HANDS_OVER = "intake_coordinator", "front_desk"
#: everything is due for whoever came today
NEW_HERE = "Elena Prado"


def _with_pin(person: Account) -> Account:
    if not person.room_pin:
        set_room_pin(by=actor_of(person), account=person, pin="4829")
    return person


@finder
def client_to_hand_to(house: House) -> str | None:
    """By somebody with the PIN that opens the tablet again, so that the form stands there."""
    if house.is_empty:
        return None
    _with_pin(house.person(HANDS_OVER))
    return client(house)


def handed_over(page: Page, house: House) -> None:
    if house.is_empty:
        return
    _with_pin(house.person(WHO))
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
