"""The list of people who work here: invited, given roles, and let go."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.access.requests import Request
from trellis.people.accounts import actions as accounts
from trellis.people.accounts import queries as account_queries
from trellis.people.staff import actions, forms, presenters, queries
from trellis.people.staff.licenses.presenters import Line, soon
from trellis.people.staff.licenses.queries import ending
from trellis.people.staff.models import StaffMember

app_name = "staff"


@page("staff.see", opens="staff")
def list_page(request: Request) -> HttpResponseBase:
    members = list(queries.with_roles())
    opened(request, *members) if members else opened_nobody(request)
    invites = may(request.actor, "account.invite_staff")
    waiting = presenters.waiting(account_queries.open_invitations("staff"), clock.now()) if invites else []
    return render(request, "staff/list.html", {
        "rows": presenters.rows(members), "waiting": waiting, "invites": invites, "ending": _ending(request),
    })  # fmt: skip


def _ending(request: Request) -> list[Line]:
    """Licenses that somebody has to renew soon, for those who write them down."""
    if not may(request.actor, "staff.license"):
        return []
    today = localdate(clock.now())
    return soon(ending(today), today)


@page("account.invite_staff")
def invite(request: Request) -> HttpResponseBase:
    """The link stands on this answer and nowhere else, so there is no page to come back to."""
    form = forms.InviteForm(request.POST or None)
    if form.is_valid():
        try:
            invitation, link = accounts.invite_staff(by=request.actor, **form.invitation())
            return render(request, "staff/invited.html", {"invitation": invitation, "link": link})
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "staff/invite.html", {"form": form})


@page("account.withdraw_invitation")
@require_POST
def withdraw(request: Request, public_id: str) -> HttpResponseBase:
    waiting = account_queries.open_invitations("staff")
    invitation = find_or_404(request.actor, "account.withdraw_invitation", waiting, public_id)
    accounts.withdraw(by=request.actor, invitation=invitation)
    messages.success(request, _("The link does not work any more."))
    return redirect("staff:list")


@page("staff.see", opens="staff")
def member(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id)
    form = forms.MemberForm(request.POST or None, initial=presenters.initial(person))
    if request.method == "POST":
        require(request.actor, "staff.change", person)
        if form.is_valid() and _change(request, person, form):
            messages.success(request, _("Saved."))
            return redirect("staff:member", person.public_id)
    opened(request, person)
    return render(request, "staff/member.html", {
        "person": person, "form": form, "changes": may(request.actor, "staff.change"),
        "roles": presenters.role_names(account_queries.roles_of(person.account)),
        "has_second_step": account_queries.has_second_step(person.account),
        "is_oneself": person.account_id == request.actor.account_id,
        "may_license": may(request.actor, "staff.license", person),
    })  # fmt: skip


def _change(request: Request, person: StaffMember, form: forms.MemberForm) -> bool:
    wanted = set(form.cleaned_data["roles"])
    held = account_queries.roles_of(person.account)
    try:
        actions.change(
            by=request.actor, staff_member=person, credential=form.cleaned_data["credential"],
            languages=form.cleaned_data["languages"],
        )  # fmt: skip
        for role in sorted(wanted - held):
            accounts.grant_role(by=request.actor, account=person.account, role=role)
        for role in sorted(held - wanted):
            accounts.end_role(by=request.actor, account=person.account, role=role)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@page("account.remove_second_step")
@require_POST
def remove_second_step(request: Request, public_id: str) -> HttpResponseBase:
    done = _("The second step is removed. At the next sign-in they set up a new one.")
    return _act(
        request, public_id, lambda person: accounts.remove_second_step(by=request.actor, account=person.account), done
    )


@page("account.switch_off")
@require_POST
def sign_out_everywhere(request: Request, public_id: str) -> HttpResponseBase:
    done = _("They are signed out everywhere.")
    return _act(
        request, public_id, lambda person: accounts.sign_out_everywhere(by=request.actor, account=person.account), done
    )


def _act(request: Request, public_id: str, act: Any, done: str) -> HttpResponseBase:
    person = _person(request, public_id)
    try:
        act(person)
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("staff:member", person.public_id)


@page("staff.end", opens="staff")
def end(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id, "staff.end")
    form = forms.EndForm(request.POST or None, initial={"ended_on": localdate(clock.now())})
    if form.is_valid():
        try:
            actions.end_employment(by=request.actor, staff_member=person, ended_on=form.cleaned_data["ended_on"])
            messages.success(request, _("Their sign-in is switched off."))
            return redirect("staff:list")
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, person)
    return render(request, "staff/end.html", {"person": person, "form": form})


@page("staff.open_legal_name", opens="staff")
def legal_name(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id, "staff.open_legal_name")
    form = forms.LegalNameForm(request.POST or None, initial={"since": localdate(clock.now())})
    if form.is_valid():
        actions.record_legal_name(by=request.actor, staff_member=person, **form.cleaned_data)
        messages.success(request, _("The legal name is written down."))
        return redirect("staff:legal_name", person.public_id)
    opened(request, person)
    names = list(queries.legal_names(person))
    return render(request, "staff/legal_name.html", {"person": person, "form": form, "names": names})


def _person(request: Request, public_id: str, verb: str = "staff.see") -> StaffMember:
    return find_or_404(request.actor, verb, queries.staff(), public_id)


urlpatterns = [
    path("staff/", list_page, name="list"),
    path("staff/invite/", invite, name="invite"),
    path("staff/invitations/<slug:public_id>/withdraw/", withdraw, name="withdraw"),
    path("staff/<slug:public_id>/", member, name="member"),
    path("staff/<slug:public_id>/second-step/", remove_second_step, name="remove_second_step"),
    path("staff/<slug:public_id>/sign-out/", sign_out_everywhere, name="sign_out_everywhere"),
    path("staff/<slug:public_id>/end/", end, name="end"),
    path("staff/<slug:public_id>/legal-name/", legal_name, name="legal_name"),
]
