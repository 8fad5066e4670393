"""Licenses and registrations of somebody who works here: written down, renewed, ended."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.staff import queries as staff
from trellis.people.staff.licenses import actions, forms, presenters, queries
from trellis.people.staff.models import License


@require_http_methods(["GET", "HEAD", "POST"])
@page("staff.license", opens="staff")
def licenses(request: Request, public_id: str) -> HttpResponseBase:
    member = find_or_404(request.actor, "staff.license", staff.staff(), public_id)
    form = forms.LicenseForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            actions.record_license(by=request.actor, staff_member=member, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("staff:licenses", member.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, member)
    lines = presenters.lines(queries.licenses_of(member), localdate(clock.now()))
    return render(request, "staff/licenses.html", {"person": member, "form": form, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@page("staff.license", opens="staff")
def change_license(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "staff.license", _rows(), public_id)
    form = forms.ChangeForm(request.POST or None, member=row.staff_member, initial=forms.as_it_stands(row))
    if form.is_valid():
        try:
            actions.change_license(by=request.actor, staff_member=row.staff_member, license=row, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("staff:licenses", row.staff_member.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, row.staff_member)
    return render(request, "staff/license.html", {"person": row.staff_member, "form": form, "license": row})


def _rows() -> "QuerySet[License]":
    return License.objects.select_related("staff_member__account", "supervisor")


urlpatterns = [
    path("staff/<slug:public_id>/licenses/", licenses, name="licenses"),
    path("staff/licenses/<slug:public_id>/", change_license, name="change_license"),
]
