from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.record.guard import writing
from trellis.people.accounts import queries as accounts
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.tests.factories import (
    PASSWORD,
    AccountFactory,
    InvitationFactory,
    account_with,
    actor_of,
    code_now,
    sign_in,
)
from trellis.people.staff import actions, queries
from trellis.people.staff.models import LegalName, StaffMember
from trellis.people.staff.tests.factories import StaffMemberFactory, staff_member

pytestmark = pytest.mark.django_db
SYSTEM = Actor.of_system("test")
DAY = date(2026, 11, 24)
INVITE = {
    "chosen_name": "Dana Whitlock", "email": "dana@example.org", "roles": ["therapist"], "credential": "LMFT 9",
    "languages": ["en", "es"], "language": "en",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def administrator():
    return staff_member("program_administrator", account__chosen_name="Helen Marsh")


@pytest.fixture
def office(client, administrator):
    return sign_in(client, administrator.account)


def page(member, rest=""):
    return f"/desk/staff/{member.public_id}/{rest}"


def test_somebody_who_works_here_is_on_the_list_once():
    account = AccountFactory()
    member = actions.employ(by=SYSTEM, account=account, credential=" LMFT 1 ", languages=["es"], started_on=DAY)
    assert (member.credential, member.languages, member.chosen_name) == ("LMFT 1", ["es"], account.chosen_name)
    assert [event.verb for event in trail.about(f"staff:{member.pk}")] == ["staff.employ"]
    with pytest.raises(Refused, match="on the list already"):
        actions.employ(by=SYSTEM, account=account, started_on=DAY)


def test_only_the_office_employs():
    with pytest.raises(NotPermitted):
        actions.employ(by=actor_of(account_with("clinical_director")), account=AccountFactory(), started_on=DAY)


def test_the_last_day_switches_the_sign_in_off(administrator):
    by, member = actor_of(administrator.account), staff_member("counselor")
    with pytest.raises(Refused, match="before the first"):
        actions.end_employment(by=by, staff_member=member, ended_on=date(2023, 1, 1))
    actions.end_employment(by=by, staff_member=member, ended_on=DAY)
    assert not Account.objects.get(pk=member.account_id).is_active
    assert member not in queries.working()


def test_the_database_itself_knows_that_an_end_comes_after_a_start():
    with writing("test"), transaction.atomic(), pytest.raises(IntegrityError):
        StaffMemberFactory(ended_on=date(2020, 1, 1))
    transaction.set_rollback(False)


def test_a_legal_name_is_dated_and_never_rewritten(administrator):
    by, member = actor_of(administrator.account), StaffMemberFactory()
    first = actions.record_legal_name(by=by, staff_member=member, given="Dana", family="Cole", since=DAY)
    second = actions.record_legal_name(by=by, staff_member=member, given="Dana", family="Reyes", since=DAY)
    assert list(queries.legal_names(member)) == [second, first]
    with pytest.raises(Refused, match="given name and the family name"):
        actions.record_legal_name(by=by, staff_member=member, given=" ", family="Reyes", since=DAY)
    with writing("test"), transaction.atomic(), pytest.raises(IntegrityError):
        LegalName.objects.filter(pk=first.pk).update(family="X")
    transaction.set_rollback(False)


def test_whoever_leads_groups_is_found_once():
    leads = staff_member("group_facilitator", "counselor")
    staff_member("biller")
    staff_member("therapist", ended_on=DAY)
    assert list(queries.facilitators()) == [leads]
    assert queries.staff_member_of(leads.account_id) == leads
    assert queries.staff_member_of(None) is None
    assert leads.pronouns == leads.account.pronouns
    assert leads.short_name == leads.account.short_name
    assert leads.first_name == leads.account.first_name


def test_the_list_costs_the_same_at_one_and_at_thirty(office, statements):
    with statements() as one:
        office.get("/desk/staff/")
    for _ in range(29):
        staff_member("counselor")
    with statements() as thirty:
        office.get("/desk/staff/")
    assert len(one) == len(thirty), thirty


def test_the_list_packs_whom_it_showed_into_one_event(office, administrator):
    others = [StaffMemberFactory(), StaffMemberFactory(ended_on=DAY), StaffMemberFactory(account__is_active=False)]
    text = office.get("/desk/staff/").content.decode()
    assert "Switched off" in text
    assert "Until Nov. 24, 2026" in text
    event = AuditEvent.objects.get(verb="opened staff.see")
    assert event.subjects == sorted(f"staff:{member.pk}" for member in [administrator, *others])


def test_an_empty_list_says_what_will_stand_there(client):
    sign_in(client, account_with("program_administrator"))
    assert "Nobody is on the list yet" in client.get("/desk/staff/").content.decode()


def test_somebody_is_invited_accepts_and_stands_on_the_list(office, client):
    answer = office.post("/desk/staff/invite/", INVITE)
    text = answer.content.decode()
    link = text.split('<code class="strong">http://localhost:8000')[1].split("<")[0]
    assert Message.objects.get().to == "dana@example.org"
    assert "Invited, not here yet" in office.get("/desk/staff/").content.decode()
    assert link not in office.get("/desk/staff/").content.decode()
    form = {
        "chosen_name": "Dana W.",
        "language": "en",
        "password1": "under the apricot tree",
        "password2": "under the apricot tree",
    }
    assert type(client)().post(link, form).status_code == 302
    member = StaffMember.objects.get(account__email="dana@example.org")
    assert (member.credential, member.languages, member.chosen_name) == ("LMFT 9", ["en", "es"], "Dana W.")
    assert accounts.roles_of(member.account) == {"therapist"}


def test_an_invitation_that_does_not_work_is_said_and_stays_typed(office):
    AccountFactory(email="dana@example.org")
    text = office.post("/desk/staff/invite/", INVITE).content.decode()
    assert "Somebody else signs in with this" in text
    assert 'value="Dana Whitlock"' in text
    assert "Choose" not in office.get("/desk/staff/invite/").content.decode().split("<form")[0]


def test_a_link_is_withdrawn(office):
    invitation = InvitationFactory(purpose="staff")
    assert office.post(f"/desk/staff/invitations/{invitation.public_id}/withdraw/")["Location"] == "/desk/staff/"
    assert Invitation.objects.get().withdrawn_at is not None
    assert office.post("/desk/staff/invitations/nobody/withdraw/").status_code == 404


def test_an_old_link_says_so_on_the_list(office):
    InvitationFactory(purpose="staff", created_at=accounts.Account.objects.first().created_at.replace(year=2020))
    assert "The link ended" in office.get("/desk/staff/").content.decode()


def test_roles_license_and_languages_change(office):
    member = staff_member("counselor", "biller")
    wanted = {"credential": "LMFT 2", "languages": ["en", "es"], "roles": ["counselor", "therapist"]}
    assert office.post(page(member), wanted)["Location"] == page(member)
    member.refresh_from_db()
    assert (member.credential, member.languages) == ("LMFT 2", ["en", "es"])
    assert accounts.roles_of(member.account) == {"counselor", "therapist"}


def test_fields_that_the_form_does_not_show_change_nothing(office):
    member, other = staff_member("counselor"), staff_member("biller")
    sent = {
        "credential": "LMFT 2", "languages": ["en"], "roles": ["counselor"], "id": other.pk, "member": other.public_id,
        "public_id": "0" * 16, "account": other.account_id, "started_on": "2001-01-01", "ended_on": "2001-01-01",
        "is_staff": "on", "is_superuser": "on", "is_active": "", "password": "x", "email": "eve@evil.example",
        "chosen_name": "Eve", "status": "ended",
    }  # fmt: skip
    rows = [(StaffMember, member, {"credential": "LMFT 2", "languages": ["en"]}), (Account, member.account, {})]
    rows += [(StaffMember, other, {}), (Account, other.account, {})]
    before = [model.objects.filter(pk=one.pk).values().get() for model, one, _ in rows]
    assert office.post(page(member), sent)["Location"] == page(member)
    after = [model.objects.filter(pk=one.pk).values().get() for model, one, _ in rows]
    assert after == [row | changes for row, (_, _, changes) in zip(before, rows, strict=True)]
    assert [accounts.roles_of(one.account) for one in (member, other)] == [{"counselor"}, {"biller"}]


@pytest.mark.parametrize("roles", [["client"], ["counselor", "superuser"], ["system"], ["program_administrator\x00"]])
def test_no_role_is_given_that_the_form_does_not_offer(office, roles):
    member = staff_member("counselor")
    assert office.post(page(member), {"credential": "", "languages": ["en"], "roles": roles}).status_code == 200
    assert accounts.roles_of(member.account) == {"counselor"}


def test_the_last_administrator_is_told_why_not(office, administrator):
    text = office.post(page(administrator), {"languages": ["en"], "roles": ["biller"]}).content.decode()
    assert "stay program administrator" in text


def test_nobody_takes_their_own_second_step_or_sign_in_away_here(office, administrator):
    text = office.get(page(administrator)).content.decode()
    assert page(administrator, "second-step/") not in text
    answer = office.post(page(administrator, "second-step/"), follow=True)
    assert "Somebody else has to do this" in answer.content.decode()


def test_a_lost_second_step_and_a_lost_device_are_set_right(office, client):
    member = staff_member("counselor")
    lost = type(client)()
    lost.post("/accounts/login/", {"login": member.account.email, "password": PASSWORD})
    lost.post("/accounts/login/code/", {"code": code_now()})
    assert lost.get("/accounts/").status_code == 200
    answer = office.post(page(member, "sign-out/"), follow=True)
    assert "signed out everywhere" in answer.content.decode()
    answer = office.post(page(member, "second-step/"), follow=True)
    assert "set up a new one" in answer.content.decode()
    assert not accounts.has_second_step(member.account)
    assert lost.get("/accounts/").status_code == 302


def test_somebody_leaves(office):
    member = staff_member("counselor")
    assert "switched off now" in office.get(page(member, "end/")).content.decode()
    assert "before the first" in office.post(page(member, "end/"), {"ended_on": "2020-01-01"}).content.decode()
    assert office.post(page(member, "end/"), {"ended_on": "2026-11-24"})["Location"] == "/desk/staff/"
    assert "Nov. 24, 2026" in office.get(page(member)).content.decode()


def test_a_legal_name_has_a_page_of_its_own_and_each_look_is_written_down(office):
    member = staff_member("counselor")
    assert (
        office.post(page(member, "legal-name/"), {"given": "Dana", "family": "Cole", "since": "2026-01-02"}).status_code
        == 302
    )
    assert "Dana Cole" in office.get(page(member, "legal-name/")).content.decode()
    assert "Cole" not in office.get(page(member)).content.decode()
    assert "opened staff.open_legal_name" in [event.verb for event in trail.about(f"staff:{member.pk}")]


def test_others_see_the_list_and_change_nothing(client):
    member = staff_member("counselor")
    sign_in(client, account_with("front_desk"))
    text = client.get(page(member)).content.decode()
    assert 'name="roles"' not in text
    assert "Sign out everywhere" not in text
    assert client.post(page(member), {"languages": ["en"], "roles": []}).status_code == 403
    for rest in ("end/", "legal-name/"):
        assert client.get(page(member, rest)).status_code == 403
    for rest in ("second-step/", "sign-out/"):
        assert client.post(page(member, rest)).status_code == 403
    assert client.get("/desk/staff/invite/").status_code == 403


@pytest.mark.parametrize("role", ["counselor", "biller", "client", "loved_one", "alumnus"])
def test_whoever_does_not_need_the_list_does_not_see_it(client, role):
    member = StaffMemberFactory()
    sign_in(client, account_with(role))
    assert client.get("/desk/staff/").status_code == 403
    assert client.get(page(member)).status_code == 403


def test_nobody_there_is_a_404(office):
    assert office.get("/desk/staff/nobody/").status_code == 404


def test_the_guard_of_legal_names_stands_in_the_database():
    from trellis.foundation.record.triggers import missing

    assert not [d for d in missing(connection) if getattr(d, "table", "") == "staff_legalname"]
