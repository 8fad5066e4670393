"""Pages of every account: the first screen, own details, and what keeps words while somebody types."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.accounts import actions, arrival, queries
from trellis.people.accounts.forms import DetailsForm
from trellis.people.accounts.models import Account


@page("account.keep")
def arrive(request: Request) -> HttpResponseBase:
    return redirect(arrival.address(request.actor, me(request).language))


@page("account.keep")
def details(request: Request) -> HttpResponseBase:
    account = me(request)
    form = DetailsForm(request.POST or None, instance=Account.objects.get(pk=account.pk))
    if form.is_valid():
        wanted = form.cleaned_data
        actions.change_details(by=request.actor, account=account, **wanted)
        with translation.override(wanted["language"]):
            messages.success(request, gettext("Saved."))
            return redirect("accounts:details")
    has_step = queries.has_second_step(account)
    return render(request, "accounts/details.html", {
        "form": form, "account": account, "has_second_step": has_step,
        "may_set_room_pin": may(request.actor, "account.room_pin"),
    })  # fmt: skip


@page("account.keep")
@require_POST
def ping(request: Request) -> HttpResponseBase:
    """Somebody is still there; the middleware has noted it."""
    return HttpResponse(status=204)


@page("account.keep")
@require_POST
def draft(request: Request, form: str) -> HttpResponseBase:
    actions.save_draft(account_id=me(request).pk, form=form, fields=dict(request.POST.lists()))
    return JsonResponse({"saved_at": time_format(localtime(clock.now()), "TIME_FORMAT")})


def me(request: Request) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def draft_url(form: str) -> str:
    """Where a page sends what stands in its form: `<form data-draft="{{ draft_url }}">`."""
    return reverse("accounts:draft", args=[form])


urlpatterns = [
    path("", details, name="details"),
    path("arrive/", arrive, name="arrive"),
    path("still-here/", ping, name="ping"),
    path("draft/<str:form>/", draft, name="draft"),
]
