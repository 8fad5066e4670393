"""Who pays and what is needed, for those who can sign in; two who wait for a place, and one who was handed on."""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.journey.admission.arriving import actions
from trellis.journey.admission.arriving.blueprint import arriving
from trellis.journey.admission.arriving.orientation import orientation
from trellis.journey.admission.arriving.rules import Terms
from trellis.journey.admission.models import NeedFact
from trellis.journey.admission.waiting import actions as waiting
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.states import REACHED, REFERRED
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode


def told(house: House, accounts: list[int]) -> None:
    desk = house.one("intake_coordinator").actor
    for place, client in enumerate(Client.objects.filter(account__in=accounts).order_by("pk")):
        stay = open_episode(client)
        if stay is None:
            continue
        with house.at(house.calendar.at(stay.opened_on, 9)):
            terms = Terms("payer", payer=client.payer or "medi-cal", on=stay.opened_on, authorized=90, unit="days")
            actions.cover(by=desk, client=client, terms=terms, member_number=f"DEMO-{place + 1:03}")
            needs = {need: (need == NeedFact.Need.TRANSPORT and place == 0, "") for need in NeedFact.Need.values}
            actions.write_needs(by=desk, client=client, answers=needs)
            actions.write_step(by=desk, client=client, step="health-questionnaire", on=stay.opened_on)
            if client.account_id == accounts[0]:
                _signs(client)
    _waiting(house)


def _signs(client: Client) -> None:
    """The orientation, on their own page; everybody else still has it before them."""
    section = arriving()
    assert client.account is not None
    assert section is not None
    shown = orientation(section, client.language).sha256
    actions.sign_orientation(
        by=actor_for(client.account), client=client, name=client.chosen_name, language=client.language,
        shown_sha256=shown,
    )  # fmt: skip


def _waiting(house: House) -> None:
    """One of them injects, and is owed a talk since this morning."""
    desk, now = house.one("intake_coordinator").actor, clock.now()
    reached = [one for one in Inquiry.objects.filter(status=REACHED).order_by("pk") if one.is_about_themself]
    for place, inquiry in enumerate(reached[:2]):
        with house.at(max(inquiry.asked_at, now - timedelta(hours=50))):
            waiting.put_on(by=desk, inquiry=inquiry, injects=place == 1)
    gone = Inquiry.objects.filter(status=REFERRED).order_by("pk").first()
    if gone is not None:
        on = (now - timedelta(days=2)).astimezone(house.calendar.zone).date()
        waiting.hand_on(by=desk, inquiry=gone, place="Casa Norte", way="together", spoke_with="Ines", on=on)
