"""Clients of a demo who can sign in: some of the group that is on, one who speaks Spanish, one who has finished."""

from trellis.doors.demo import cast, sign_ins
from trellis.doors.demo.build import moment, staff
from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.staff import sign_in_for
from trellis.doors.demo.groups import people_of
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
    finished = Client.objects.filter(episodes__close_reason="completed").order_by("language", "id")
    return [_sign_in(client, "alumnus") for client in finished[:1]] or staff.outsiders([cast.ALUMNA])


def _sign_in(client: Client, role: str) -> sign_ins.SignIn:
    email = client.email or f"demo.sign.in.{client.pk}@mail.example.org"
    made, account = sign_in_for(role, client.chosen_name, client.pronouns, email, client.language, second_factor=False)
    clients.link_account(by=BUILDER, client=client, account=account)
    return made
