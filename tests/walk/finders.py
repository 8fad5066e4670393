"""How the arguments of an address are found in a house: one value, or None where there is nothing yet."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import signing
from django.db.models import Count
from django.utils.crypto import get_random_string
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from playwright.sync_api import Page

from tests.walk.houses import House
from trellis.doors.staff_desk.tests.messages import set_aside
from trellis.foundation import clock
from trellis.foundation.places.models import Meeting, MeetingList, WrongReport
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.journey.care.actions import keep_note
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.referred import sent
from trellis.journey.schedule import actions
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.models import Series, Session
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.tests.factories import PASSWORD, InvitationFactory, account_with, actor_of
from trellis.people.clients import queries as clients
from trellis.people.clients.models import CareAssignment, Client
from trellis.people.clients.tests.factories import EmergencyOpeningFactory, EpisodeFactory
from trellis.people.consent.tests.heard import a_note
from trellis.people.staff.models import StaffMember

Finder = Callable[[House], Any]
FINDERS: dict[str, Finder] = {}

#: stands where a house has nothing of the kind yet
NOT_THERE = {"pk": 999_999, "uidb36": "zzzz"}
TOKEN = "a-token-for-the-walk"


def finder(function: Finder) -> Finder:
    FINDERS[function.__name__] = function
    return function


def arguments(house: House, find: dict[str, str]) -> dict[str, Any]:
    found = {name: FINDERS[way](house) for name, way in find.items()}
    return {name: NOT_THERE.get(name, "notherenothere12") if value is None else value for name, value in found.items()}


@finder
def form(house: House) -> str:
    return "walk"


@finder
def client(house: House) -> str | None:
    """Whoever has the most to show: in the program, with a care team."""
    found = (
        Client.objects.filter(episodes__status="open").annotate(n=Count("episodes__assignments")).order_by("-n", "pk")
    )
    return found.values_list("public_id", flat=True).first()


@finder
def client_of_therapist(house: House) -> str | None:
    team = CareAssignment.objects.filter(until=None, staff_member__account=house.person("therapist"))
    return team.order_by("pk").values_list("episode__client__public_id", flat=True).first()


#: what a therapist keeps of a talk on this walk
KEPT_APART = "She spoke of her brother."


@finder
def note_apart(house: House) -> str | None:
    known = Client.objects.filter(public_id=client_of_therapist(house)).first()
    by = actor_of(house.person("therapist"))
    return keep_note(by=by, client=known, on=this_day(), words=KEPT_APART).public_id if known else None


def this_day() -> date:
    return clock.today(program.zone())


FORMER_CLIENT = "Inés Robles"


@finder
def former_client(house: House) -> str | None:
    """Somebody who was in the program and may come back; the weeks of a small house see nobody leave."""
    if house.is_empty:
        return None
    found = Client.objects.filter(episodes__status="closed").exclude(episodes__status="open").order_by("pk").first()
    return str((found or EpisodeFactory(closed=True, client__chosen_name=FORMER_CLIENT).client).public_id)


@finder
def meeting(house: House) -> str | None:
    listed = Meeting.objects.filter(ended_at=None, day__isnull=False, list__switched_on=True)
    return listed.order_by("pk").values_list("public_id", flat=True).first()


@finder
def meeting_list(house: House) -> str | None:
    return MeetingList.objects.order_by("pk").values_list("public_id", flat=True).first()


@finder
def wrong_report(house: House) -> str | None:
    return WrongReport.objects.filter(handled_at__isnull=True).values_list("public_id", flat=True).first()


@finder
def team_member(house: House) -> str | None:
    team = CareAssignment.objects.filter(episode__client__public_id=client(house), until=None)
    return team.order_by("pk").values_list("staff_member__public_id", flat=True).first()


@finder
def open_inquiry(house: House) -> str | None:
    """One that waits, with as many calls in its log as there are."""
    found = Inquiry.objects.annotate(n=Count("attempts")).order_by("-n", "pk")
    return next((one.public_id for one in found if one.is_open), None)


@finder
def inquiry(house: House) -> str | None:
    """One that has ended."""
    found = Inquiry.objects.annotate(n=Count("attempts")).order_by("-n", "pk")
    return next((one.public_id for one in found if not one.is_open), None)


@finder
def referral(house: House) -> str | None:
    return None if house.is_empty else sent().public_id


@finder
def colleague(house: House) -> str | None:
    """Somebody who does not walk here: what is sent may sign them out."""
    return StaffMember.objects.get(account=house.person("biller")).public_id


@finder
def staff_invitation(house: House) -> str | None:
    if house.is_empty:
        return None
    known = Invitation.objects.filter(email="new-biller@example.org", withdrawn_at=None).first()
    return (
        known
        or InvitationFactory(
            token=get_random_string(20),
            purpose=Invitation.Purpose.STAFF,
            roles=["biller"],
            about="",
            email="new-biller@example.org",
        )
    ).public_id


@finder
def invitation(house: House) -> str | None:
    if house.is_empty:
        return None
    if not Invitation.objects.filter(email="walker@example.org").exists():
        InvitationFactory(
            token=TOKEN, email="walker@example.org", created_at=clock.now(), expires_at=clock.now() + timedelta(1)
        )
    return TOKEN


@finder
def passkey(house: House) -> int | None:
    if house.is_empty:
        return None
    person = house.person("counselor")
    with writing("factory"):
        return Authenticator.objects.get_or_create(
            user=person,
            type=Authenticator.Type.WEBAUTHN,
            defaults={"data": {"name": "Work telephone", "credential": new_credential()}},
        )[0].pk


def new_credential() -> dict[str, Any]:
    """What a browser answers when it has made a passkey."""
    public_key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"a-passkey-of-a-walk", public_key)
    present = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost"), present, 0, credential)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    return {
        "id": websafe_encode(credential.credential_id),
        "rawId": websafe_encode(credential.credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {},
    }


@finder
def reset_user(house: House) -> str:
    return user_id_to_str(house.person("client"))


@finder
def reset_key(house: House) -> str:
    return default_token_generator.make_token(house.person("client"))


HEARD = "He has not slept for days."


@finder
def emergency(house: House) -> str | None:
    """A record that somebody opened, and nobody has read why."""
    return None if house.is_empty else EmergencyOpeningFactory().public_id


@finder
def message_set_aside(house: House) -> str | None:
    return None if house.is_empty else set_aside().public_id


@finder
def asker(house: House) -> str:
    return "subpoena"


@finder
def outside(house: House) -> str | None:
    """What somebody from outside told us, and no clinician has read."""
    return None if house.is_empty else a_note(danger=True, told=HEARD).public_id


# --- the week ---------------------------------------------------------------------------------------------------------
@finder
def this_week(house: House) -> str:
    return clock.today(program.zone()).isoformat()


@finder
def last_week(house: House) -> str | None:
    return None if house.is_empty else (clock.today(program.zone()) - timedelta(days=7)).isoformat()


@finder
def session(house: House) -> str | None:
    """The one that is on, or the next."""
    ahead = Session.objects.filter(ends_at__gt=clock.now(), series__personal=False).order_by("starts_at", "pk")
    return ahead.values_list("public_id", flat=True).first()


@finder
def series(house: House) -> str | None:
    """A group that goes on; the blueprint brings it, clients or not."""
    going = Series.objects.filter(until__isnull=True, personal=False).order_by("pk")
    return going.values_list("public_id", flat=True).first()


@finder
def no_longer_waiting(house: House) -> None:
    """Somebody who was taken off the list already."""


@finder
def own_session(house: House) -> str | None:
    """The group that the facilitator leads now."""
    led = {"bookings__staff_member__account": house.person("group_facilitator"), "bookings__released": False}
    on = Session.objects.filter(ends_at__gt=clock.now(), **led).order_by("starts_at", "pk")
    return on.values_list("public_id", flat=True).first()


@finder
def somebody_of_the_session(house: House) -> str | None:
    found = Session.objects.filter(public_id=own_session(house)).first()
    return schedule.lines_of([found.pk])[found.pk][0].public_id if found else None


@finder
def next_session(house: House) -> str | None:
    own = clients.client_of(house.person("client").pk)
    found = schedule.next_session(own, clock.now()) if own else None
    return found.public_id if found else None


@finder
def told_session(house: House) -> str | None:
    """One of which the client has said something: they say it here."""
    own = clients.client_of(house.person("client").pk)
    if own is None:
        return None
    found = [one for one in schedule.sessions_of_client(own).order_by("starts_at") if one.starts_at > clock.now()][-1]
    # a new notice each time: another page of the walk may have taken the last one back
    actions.notify_cannot_come(by=actor_of(house.person("client")), client=own, session=found, reason="Work")
    return found.public_id


# --- queries ----------------------------------------------------------------------------------------------------------
def promise(house: House) -> str:
    """What the confirmation page is told: the moment by which somebody calls."""
    told = {"by": (clock.now() + timedelta(hours=4)).isoformat(), "call": True}
    return "p=" + signing.dumps(told, salt="inquiry.thanks", compress=True)


QUERIES: dict[str, Finder] = {"promise": promise}


# --- what must go before ----------------------------------------------------------------------------------------------
def half_signed_in(page: Page, house: House) -> None:
    """The password was right; the code is asked for next."""
    email = "halfway@example.org"
    if not Account.objects.filter(email=email).exists():
        account_with("biller", email=email)
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/login/code/**")


def recovery_codes(page: Page, house: House) -> None:
    with writing("factory"):
        RecoveryCodes.activate(house.person("counselor"))


def a_passkey(page: Page, house: House) -> None:
    passkey(house)


BEFORE: dict[str, Callable[[Page, House], None]] = {
    "half_signed_in": half_signed_in,
    "recovery_codes": recovery_codes,
    "a_passkey": a_passkey,
}


# Theirs are needed wherever these are, and they need `finder` from above.
from tests.walk import finders_of_rooms  # noqa: E402, F401
