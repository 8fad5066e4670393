"""Clients of a demo who can sign in: some of the group that is on, one who speaks Spanish, those who have finished."""

from trellis.doors.demo import cast, sign_ins
from trellis.doors.demo.build import moment
from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.staff import sign_in_for
from trellis.doors.demo.groups import people_of
from trellis.journey.continuity.models import AftercarePlan
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client

FROM_EACH_GROUP = 2


def sign_ins_of(house: House) -> list[sign_ins.SignIn]:
    made = []
    leader = house.members[cast.FACILITATOR].staff_member
    rooms = sorted(moment.on_now(house), key=lambda one: not one.bookings.filter(staff_member=leader).exists())
    for session in rooms:
        made += [_sign_in(client, "client") for client in people_of([session])[session.pk][:FROM_EACH_GROUP]]
    return made + _alumni()


def _alumni() -> list[sign_ins.SignIn]:
    """Those with a plan for afterwards: one in each language."""
    finished = Client.objects.filter(pk__in=AftercarePlan.objects.values("client")).order_by("language", "pk")
    return [_sign_in(client, "alumnus") for client in finished]


def _sign_in(client: Client, role: str) -> sign_ins.SignIn:
    email = client.email or f"demo.sign.in.{client.pk}@mail.example.org"
    made, account = sign_in_for(role, client.chosen_name, client.pronouns, email, client.language, second_factor=False)
    clients.link_account(by=BUILDER, client=client, account=account)
    return made
