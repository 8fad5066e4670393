from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.urls import reverse

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.messaging.models import Message
from trellis.people.accounts import actions, queries
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.rules import hash_of
from trellis.people.accounts.tests.factories import (
    AccountFactory,
    InvitationFactory,
    account_with,
    actor_of,
    give_second_step,
    sign_in,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:invitation", args=["a-token-for-tests"])
NEW = {"password1": "under the apricot tree", "password2": "under the apricot tree"}
DETAILS = {"chosen_name": "Marisol R.", "pronouns": "she/her", "language": "es"}


@pytest.fixture
def desk():
    return actor_of(account_with("front_desk"))


@pytest.fixture
def office():
    return actor_of(account_with("program_administrator"))


def token_in(address):
    return address.rstrip("/").rsplit("/", 1)[1]


def test_a_link_is_kept_as_a_hash_and_sent_without_saying_for_what(desk):
    invitation, address = actions.invite_client(
        by=desk, about="client:17", chosen_name="Marisol", email="M@example.org", language="es"
    )
    assert invitation.token_hash == hash_of(token_in(address))
    assert address.startswith("http://localhost:8000/es/accounts/invitation/")
    message = Message.objects.get()
    assert (message.to, message.language, message.values["url"]) == ("m@example.org", "es", address)
    assert [event.verb for event in trail.about("client:17")] == ["account.invite_client"]


def test_without_an_email_the_link_is_handed_over(desk):
    _invitation, address = actions.invite_client(by=desk, about="client:17", chosen_name="Marisol")
    assert token_in(address)
    assert not Message.objects.exists()


def test_a_new_link_takes_the_place_of_the_one_before(desk):
    first, _ = actions.invite_client(by=desk, about="client:17", chosen_name="Marisol")
    second, _ = actions.invite_client(by=desk, about="client:17", chosen_name="Marisol")
    assert queries.open_invitation(first.token_hash, clock.now()) is None
    assert queries.open_invitation(second.token_hash, clock.now()) == second


def test_staff_are_invited_by_whoever_keeps_the_house_only(office, desk):
    invitation, _ = actions.invite_staff(by=office, email="dana@example.org", chosen_name="Dana", roles=["therapist"])
    assert invitation.audit_subjects == (f"invitation:{invitation.pk}",)
    with pytest.raises(NotPermitted):
        actions.invite_staff(by=desk, email="dana@example.org", chosen_name="Dana", roles=["therapist"])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"email": " "}, "Write their address"),
        ({"roles": []}, "at least one role"),
        ({"roles": ["client"]}, "at least one role"),
        ({"roles": ["king"]}, "at least one role"),
        ({"chosen_name": "  "}, "Write the name"),
        ({"email": "HERE@example.org"}, "Somebody else signs in"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(office, changed, sentence):
    AccountFactory(email="here@example.org")
    wanted = {"email": "dana@example.org", "chosen_name": "Dana", "roles": ["therapist"]} | changed
    with pytest.raises(Refused, match=sentence):
        actions.invite_staff(by=office, **wanted)


def test_whoever_holds_the_link_comes_in_and_says_how_to_call_them(client):
    invitation = InvitationFactory(email="marisol@example.org", about="")
    assert "Welcome, Marisol Reyes" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, DETAILS | NEW)
    assert answer["Location"] == reverse("accounts:arrive")
    account = Account.objects.get(email="marisol@example.org")
    assert (account.chosen_name, account.pronouns, account.language) == ("Marisol R.", "she/her", "es")
    assert queries.roles_of(account) == {"client"}
    assert check_password(NEW["password1"], account.password)
    assert client.get("/accounts/").context["me"] == account
    invitation.refresh_from_db()
    assert invitation.account == account
    events = [event for event in trail.about(f"account:{account.pk}") if event.verb == "account.accept"]
    assert events[0].subjects == sorted([f"account:{account.pk}", f"invitation:{invitation.pk}"])


def test_whoever_comes_in_gets_what_the_invitation_says_whatever_they_send(client):
    other = AccountFactory(email="here@example.org")
    invitation = InvitationFactory(email="marisol@example.org", about="")
    before = Invitation.objects.values().get()
    sent = {
        "email": "eve@evil.example", "username": "eve", "roles": ["program_administrator"], "role": "biller",
        "purpose": "staff", "is_staff": "on", "is_superuser": "on", "is_active": "", "uses_pin": "on", "id": other.pk,
        "pk": other.pk, "account": other.pk, "public_id": "0" * 16, "details": "{}", "about": "client:1",
        "expires_at": "2099-01-01", "used_at": "", "room_pin": "1234", "status": "open", "client": "1",
    }  # fmt: skip
    assert client.post(PAGE, sent | DETAILS | NEW)["Location"] == reverse("accounts:arrive")
    account = Account.objects.exclude(pk=other.pk).get()
    assert queries.roles_of(account) == {"client"}
    assert (account.email, account.username, account.is_active) == ("marisol@example.org", None, True)
    assert (account.uses_pin, account.room_pin) == (False, "")
    assert account.public_id != "0" * 16
    after = Invitation.objects.values().get()
    assert after == before | {"account_id": account.pk, "used_at": after["used_at"]}
    assert Account.objects.get(pk=other.pk).chosen_name == other.chosen_name
    assert invitation.pk == after["id"]


LONG = (
    "Copper kettle under seven green ladders while rain taps the tin roof and nobody counts the swallows that cross a "
    "yellow field at noon"
)
ODD = "  🌳 under the \t apricot tree  "


@pytest.mark.parametrize(
    ("password", "others"),
    [
        (LONG[:64], [LONG[:63], LONG[:64].lower()]),
        (LONG[:128], [LONG[:127], LONG[:64], LONG[:72]]),
        (ODD, [ODD.strip(), ODD.rstrip(), ODD.lstrip(), ODD.upper(), " ".join(ODD.split())]),
    ],
    ids=["64", "128", "spaces around"],
)
def test_a_password_is_taken_whole_and_as_it_was_typed(client, password, others):
    assert len(password) in (64, 128, len(ODD))
    InvitationFactory(email="marisol@example.org", about="")
    answer = client.post(PAGE, DETAILS | {"password1": password, "password2": password})
    assert answer["Location"] == reverse("accounts:arrive")
    client.post("/accounts/logout/")
    for other in others:
        cache.clear()
        assert client.post("/accounts/login/", {"login": "marisol@example.org", "password": other}).status_code == 200
    answer = client.post("/accounts/login/", {"login": "marisol@example.org", "password": password})
    assert answer["Location"] == reverse("accounts:arrive")


def test_staff_go_on_to_set_up_their_second_step_at_once(client):
    InvitationFactory(purpose="staff", about="", roles=["biller"], details={"credential": "CPC", "languages": ["en"]})
    client.post(PAGE, DETAILS | NEW)
    assert client.get("/accounts/")["Location"].startswith("/accounts/second-step/")
    # The password was typed a moment ago: it is not asked for again.
    assert client.get("/accounts/second-step/app/").status_code == 200


def test_without_an_email_they_choose_a_sign_in_name(client):
    InvitationFactory(email="", about="")
    assert 'name="username"' in client.get(PAGE).content.decode()
    assert client.post(PAGE, DETAILS | NEW | {"username": "no spaces please"}).status_code == 200
    client.post(PAGE, DETAILS | NEW | {"username": "Blue.River7"})
    assert Account.objects.get(username="blue.river7").email is None


def test_a_name_that_somebody_has_is_refused_and_the_link_stays_good(client):
    AccountFactory(email=None, username="blue.river7")
    InvitationFactory(email="", about="")
    answer = client.post(PAGE, DETAILS | NEW | {"username": "blue.river7"})
    assert "Choose another" in answer.content.decode()
    assert 'value="Marisol R."' in answer.content.decode()
    assert client.post(PAGE, DETAILS | NEW | {"username": "blue.river8"}).status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("under the apricot tree", "under the lemon tree", "not the same"),
        ("short", "short", "at least 12"),
        ("password1234", "password1234", "too common"),
        ("passwordpassword", "passwordpassword", "easy to guess"),
        ("marisol@example.org", "marisol@example.org", "too similar"),
    ],
)
def test_a_weak_password_is_refused(client, one, other, sentence):
    InvitationFactory(about="")
    answer = client.post(PAGE, DETAILS | {"password1": one, "password2": other})
    assert sentence in answer.content.decode()
    assert not Account.objects.exists()


def test_a_link_works_once(client):
    InvitationFactory(about="")
    client.post(PAGE, DETAILS | NEW)
    client.post("/accounts/logout/")
    answer = client.get(PAGE)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()


@pytest.mark.parametrize("traits", [{"expires_at": 0}, {"withdrawn_at": 0}, {"used_at": 0}, None])
def test_old_used_withdrawn_and_never_there_look_the_same(client, traits):
    if traits is not None:
        InvitationFactory(about="", **dict.fromkeys(traits, clock.now() - timedelta(seconds=1)))
    pages = [client.get(PAGE), client.post(PAGE, DETAILS | NEW)]
    assert {page.status_code for page in pages} == {404}


def test_the_act_itself_refuses_a_link_that_was_used_meanwhile():
    invitation = InvitationFactory(about="")
    values = {"invitation": invitation, "hashed": "!", **DETAILS}
    actions.accept(by=Actor(), **values)
    with pytest.raises(Refused, match="does not work any more"):
        actions.accept(by=Actor(), **values)
    assert Account.objects.count() == 1


def test_somebody_signed_in_is_asked_to_leave_first(client):
    InvitationFactory(about="")
    sign_in(client, account_with("client", chosen_name="Ana Peña"))
    page = client.post(PAGE, DETAILS | NEW).content.decode()
    assert "Ana Peña is signed in on this device" in page
    assert client.post("/accounts/logout/", {"next": PAGE})["Location"] == PAGE


def test_lost_access_comes_back_by_a_link_that_ends_what_was_open(client, desk):
    account = account_with("client", email="ana@example.org", second_factor=True)
    lost = sign_in(type(client)(), account)
    _, address = actions.invite_to_restore(by=desk, account=account, about="client:17")
    page = reverse("accounts:invitation", args=[token_in(address)])
    assert 'name="chosen_name"' not in client.get(page).content.decode()
    answer = client.post(page, NEW)
    assert answer["Location"] == "/accounts/login/code/"  # a lost password does not take the second step away
    account.refresh_from_db()
    assert check_password(NEW["password1"], account.password)
    assert lost.get("/accounts/").status_code == 302
    assert "account.accept" in [event.verb for event in trail.about("client:17")]


def test_the_desk_gives_no_access_of_staff_back(desk):
    with pytest.raises(Refused, match="by email"):
        actions.invite_to_restore(by=desk, account=account_with("biller"), about="staff:1")


def test_the_desk_withdraws_links_of_clients_but_not_of_staff(desk):
    mine = InvitationFactory()
    actions.withdraw(by=desk, invitation=mine)
    assert queries.open_invitation(mine.token_hash, clock.now()) is None
    with pytest.raises(NotPermitted):
        actions.withdraw(by=desk, invitation=InvitationFactory(purpose="staff", token="other"))


def test_open_invitations_are_listed_newest_first():
    rows = [InvitationFactory(purpose="staff", token=str(n)) for n in range(3)]
    InvitationFactory(purpose="staff", token="used", used_at=clock.now())
    assert list(queries.open_invitations("staff")) == rows[::-1]


def test_a_person_who_was_switched_off_has_no_open_link_left(office):
    account = account_with("client")
    give_second_step(account)
    invitation = InvitationFactory(purpose="restore", account=account)
    actions.deactivate(by=office, account=account)
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at is not None
