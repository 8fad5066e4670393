"""A client takes their own record along: after their password, as a page to print or as data."""

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.people.accounts.session import showed_themselves_lately
from trellis.people.rights.own_copy import actions, files


@require_safe
@page("my.rights", opens="client")
@reauthentication_required
def own_copy(request: Request) -> HttpResponseBase:
    """Whoever sits at somebody else's screen takes nothing along."""
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    return render(request, "client_portal/own_copy.html", contact())


@require_GET
@page("my.rights", opens="client")
def own_copy_file(request: Request, form: str) -> HttpResponseBase:
    if form not in files.FORMS:
        raise Http404
    client = own_record(request, "record.download")
    if client is None:
        return redirect("my:today")
    if not showed_themselves_lately(request):
        return redirect("my:own_copy")  # asks for the password, and then stands there with both files
    copy = actions.take(by=request.actor, client=client)
    opened(request, client)
    write, kind, _ = files.FORMS[form]
    response = HttpResponse(write(copy), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{files.name(copy, form)}"'
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("rights/copy/", own_copy, name="own_copy"),
    path("rights/copy/<slug:form>/", own_copy_file, name="own_copy_file"),
]
