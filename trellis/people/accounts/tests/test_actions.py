import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.record.guard import writing
from trellis.people.accounts import actions, hooks, queries
from trellis.people.accounts.models import Account, RoleGrant
from trellis.people.accounts.tests.factories import PASSWORD, AccountFactory, account_with, actor_of

pytestmark = pytest.mark.django_db
SYSTEM = Actor.of_system("test")


@pytest.fixture
def office():
    return account_with("program_administrator")


def test_the_software_makes_an_account_with_its_roles_and_a_proven_address():
    account = actions.create_account(
        by=SYSTEM,
        chosen_name="  Dana   Cole ",
        email="Dana@Example.org",
        password=PASSWORD,
        roles=["therapist", "biller"],
    )
    assert (account.chosen_name, account.email, account.username) == ("Dana Cole", "dana@example.org", None)
    assert queries.roles_of(account) == {"therapist", "biller"}
    assert RoleGrant.objects.filter(account=account).first().granted_by == "system:test"
    assert EmailAddress.objects.get(user=account).verified
    assert account.check_password(PASSWORD)
    assert [event.verb for event in trail.about(f"account:{account.pk}")] == ["account.create"]


def test_an_account_without_a_password_lets_nobody_in():
    account = actions.create_account(by=SYSTEM, chosen_name="Dana", email="dana@example.org")
    assert not account.has_usable_password()
    assert not account.check_password("")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({}, "an email address or a sign-in name"),
        ({"email": "here@example.org"}, "Somebody else signs in"),
        ({"username": "a b"}, "3 to 40 letters"),
        ({"email": "new@example.org", "roles": ["king"]}, "no such role"),
        ({"email": "new@example.org", "chosen_name": " "}, "Write the name"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(wanted, sentence):
    AccountFactory(email="here@example.org")
    with pytest.raises(Refused, match=sentence):
        actions.create_account(**({"by": SYSTEM, "chosen_name": "Dana"} | wanted))


def test_only_the_office_and_the_software_make_accounts():
    with pytest.raises(NotPermitted):
        actions.create_account(by=actor_of(account_with("front_desk")), chosen_name="Dana", email="dana@example.org")


def test_the_database_itself_wants_a_way_in_and_one_live_grant_of_a_role():
    account = account_with("client")
    for wrong in (
        lambda: AccountFactory(email=None, username=None),
        lambda: RoleGrant.objects.create(
            account=account, role="client", since=account.created_at, granted_by="system:test"
        ),
    ):
        with writing("test"), transaction.atomic(), pytest.raises(IntegrityError):
            wrong()
        transaction.set_rollback(False)


def test_a_role_is_given_once_ended_and_given_again(office):
    by, account = actor_of(office), account_with("counselor")
    first = actions.grant_role(by=by, account=account, role="biller")
    assert actions.grant_role(by=by, account=account, role="biller") == first
    actions.end_role(by=by, account=account, role="biller")
    assert queries.roles_of(account) == {"counselor"}
    assert actions.grant_role(by=by, account=account, role="biller") != first
    with pytest.raises(Refused, match="does not hold"):
        actions.end_role(by=by, account=account, role="front_desk")
    with pytest.raises(Refused, match="no such role"):
        actions.grant_role(by=by, account=account, role="king")


def test_somebody_stays_program_administrator(office):
    by = actor_of(office)
    with pytest.raises(Refused, match="stay program administrator"):
        actions.end_role(by=by, account=office, role="program_administrator")
    with pytest.raises(Refused, match="stay program administrator"):
        actions.deactivate(by=by, account=office)
    account_with("program_administrator")
    actions.end_role(by=by, account=office, role="program_administrator")


@pytest.mark.parametrize("role", ["front_desk", "therapist", "client"])
def test_nobody_else_changes_roles_or_switches_off(role):
    by, account = actor_of(account_with(role)), account_with("counselor")
    for act in (
        lambda: actions.grant_role(by=by, account=account, role="biller"),
        lambda: actions.end_role(by=by, account=account, role="counselor"),
        lambda: actions.deactivate(by=by, account=account),
        lambda: actions.reactivate(by=by, account=account),
        lambda: actions.sign_out_everywhere(by=by, account=account),
        lambda: actions.remove_second_step(by=by, account=account),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_everybody_keeps_their_own_name_language_and_password():
    account, other = account_with("client"), account_with("client")
    by = actor_of(account)
    actions.change_details(by=by, account=account, chosen_name=" Ana  P. ", pronouns="she/her", language="es")
    account.refresh_from_db()
    assert (account.chosen_name, account.pronouns, account.language) == ("Ana P.", "she/her", "es")
    actions.change_language(by=by, account=account, language="en")
    actions.set_password(by=by, account=account, password="under the apricot tree")
    account.refresh_from_db()
    assert account.language == "en"
    assert check_password("under the apricot tree", account.password)
    for act in (
        lambda: actions.change_details(by=by, account=other, chosen_name="X", pronouns="", language="en"),
        lambda: actions.change_language(by=by, account=other, language="es"),
        lambda: actions.set_password(by=by, account=other, password="under the apricot tree"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_rooms_that_keep_the_name_follow_it(monkeypatch):
    seen = []
    monkeypatch.setattr(hooks, "_named", [])
    hooks.when_named(follow := lambda by, account: seen.append((by.account_id, account.chosen_name)))
    hooks.when_named(follow)
    account = account_with("client")
    actions.change_details(by=actor_of(account), account=account, chosen_name="Ana", pronouns="", language="en")
    assert seen == [(account.pk, "Ana")]


def test_switching_off_ends_what_is_open_and_keeps_the_roles(office, client):
    account = account_with("client", email="ana@example.org")
    client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    actions.save_draft(account_id=account.pk, form="f", fields={"a": ["b"]})
    assert UserSession.objects.filter(user=account).exists()
    actions.deactivate(by=actor_of(office), account=account)
    assert client.get("/accounts/").status_code == 302
    assert not UserSession.objects.filter(user=account).exists()
    assert queries.draft_for(account.pk, "f") == {}
    assert queries.roles_of(account) == {"client"}
    assert queries.actor_for(account).roles == frozenset()
    actions.reactivate(by=actor_of(office), account=account)
    assert Account.objects.get(pk=account.pk).is_active


def test_a_session_that_no_list_knows_ends_too(office, client):
    account = account_with("client")
    client.force_login(account)
    actions.deactivate(by=actor_of(office), account=account)
    assert client.get("/accounts/").status_code == 302


def test_a_lost_second_step_takes_two_people(office):
    account = account_with("counselor")
    actions.remove_second_step(by=actor_of(office), account=account)
    assert not Authenticator.objects.filter(user=account).exists()
    with pytest.raises(Refused, match="Somebody else"):
        actions.remove_second_step(by=actor_of(office), account=office)


def test_the_desk_gives_a_client_a_name_and_a_pin_and_a_new_one():
    by = actor_of(account_with("front_desk"))
    account = actions.give_pin_access(
        by=by, about="client:17", chosen_name="Ana", pronouns="", language="es", username="Blue.River7", hashed="!a"
    )
    assert (account.username, account.uses_pin, queries.roles_of(account)) == ("blue.river7", True, {"client"})
    actions.reset_pin(by=by, account=account, about="client:17", hashed="!b")
    account.refresh_from_db()
    assert account.password == "!b"
    assert [event.verb for event in trail.about("client:17")] == ["account.set_up_at_desk"] * 2


def test_the_desk_sets_no_pin_for_staff():
    by = actor_of(account_with("front_desk"))
    with pytest.raises(Refused, match="do not sign in with a PIN"):
        actions.reset_pin(by=by, account=account_with("biller"), about="staff:1", hashed="!b")


def test_an_account_and_its_roles_come_in_one_statement(statements):
    account = account_with("client")
    bare = AccountFactory()
    with statements() as seen:
        found = queries.account_with_roles(account.pk)
    assert len(seen) == 1
    assert found.role_keys == {"client"}
    assert queries.account_with_roles(bare.pk).role_keys == frozenset()
    assert queries.account_with_roles(0) is None
    assert queries.account_by_name(" ") is None
