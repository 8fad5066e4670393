"""What those who guard privacy look at: an emergency, a note from outside, a record that is closed to somebody.

All three wait for somebody: nobody has read why, nobody has read the note, and the client can open the record again.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House, Member
from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.emergency.actions import open_in_emergency
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients_in_program
from trellis.people.consent.outside.actions import Heard, record


def watched(house: House, accounts: list[int]) -> None:
    """In the last day. The first client who signs in closed their record to somebody who works here."""
    first = Client.objects.filter(account__in=accounts[:1]).first()
    if first is not None and first.account is not None:
        with house.at(clock.now() - timedelta(hours=20)):
            neighbor = house.of("intake_coordinator")[-1].account
            keep_out(by=actor_for(first.account), client=first, account=neighbor)
    with house.at(clock.now() - timedelta(hours=2)):
        _open(house)
    with house.at(clock.now() - timedelta(minutes=50)):
        record(by=house.one("front_desk").actor, heard=Heard(
            asker="loved_one", asker_name="Glenn", about="His daughter", asked_for="Whether she comes here",
            told="She has not slept for days.", in_confidence=True,
        ))  # fmt: skip


def _open(house: House) -> None:
    """By the first counselor who is not on the care team of somebody in the program."""
    found = next(((m, one) for m in house.of("counselor") for one in clients_in_program() if _is_strange(m, one)), None)
    if found is None:
        return
    member, client = found
    if client.born_on is not None:
        open_in_emergency(
            by=member.actor, name=client.chosen_name, born_on=client.born_on, why="medical",
            words="The emergency room asks which medicines they take.",
        )  # fmt: skip


def _is_strange(member: Member, client: Client) -> bool:
    return not may(member.actor, "client.read", client)
