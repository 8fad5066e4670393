"""Finders for incidents with records: who was affected, the letters, the log."""

from tests.walk.finders import client, finder
from tests.walk.houses import House
from trellis.people.breaches import actions, queries
from trellis.people.breaches.models import Affected, Incident, Letter
from trellis.people.breaches.tests.factories import TEXTS, affects, guard, happened, told, worded
from trellis.people.clients.models import Client

#: what staff write on this walk
WRITTEN = [text for parts in TEXTS.values() for text in parts.values()]


@finder
def incident(house: House) -> str | None:
    return None if house.is_empty else _incident(house).public_id


@finder
def affected(house: House) -> str | None:
    return None if house.is_empty else _affected(house).public_id


@finder
def breach_letter(house: House) -> str | None:
    """The one that a tap calls returned; each visit finds a new one."""
    return None if house.is_empty else told(_affected(house)).public_id


@finder
def own_breach_letter(house: House) -> str | None:
    """To whoever walks the client's pages."""
    if house.is_empty:
        return None
    known = Client.objects.get(account=house.person("client"))
    found = Letter.objects.filter(affected__subject=known.audit_subjects[0]).first()
    return (found or told(affects(_incident(house), known)[0])).public_id


@finder
def way_to_find(house: House) -> str:
    return "opened"


@finder
def office(house: House) -> str:
    return "hhs"


@finder
def year(house: House) -> int:
    return 2026


def _incident(house: House) -> Incident:
    """Open, with a letter and somebody on its list."""
    found = Incident.objects.order_by("pk").first()
    if found is None:
        found = happened()
        worded(found)
        affects(found, Client.objects.get(public_id=client(house)))
    return found


def _affected(house: House) -> Affected:
    """On the list of an open incident, whatever was sent before."""
    incident = _incident(house)
    found = Affected.objects.filter(incident=incident).order_by("pk")[0]
    if queries.known(incident).is_over:
        actions.reopen(by=guard(), incident=incident, words="There is more to it.")
    if not queries.is_on_the_list(found):
        actions.put_back(by=guard(), affected=found, words="They are affected after all.")
    return found
