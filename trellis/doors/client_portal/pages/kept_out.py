"""Who works here and does not see the client's record: theirs to say, by name, and to take back."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out import actions, queries

NOBODY = gettext_lazy(
    "Nobody with this name works here now. Write first and last name, or call us and we look together."
)
SEVERAL = gettext_lazy("More than one person here has this name. Call us, and we close it to the right one.")


class KeepOutForm(forms.Form):
    use_required_attribute = False
    says_optional = False

    name = forms.CharField(
        label=gettext_lazy("Who should not see your record?"),
        help_text=gettext_lazy("First and last name of somebody who works here."), max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def account(self) -> Account:
        found = queries.called(self.cleaned_data["name"])
        if len(found) != 1:
            raise Refused(SEVERAL if found else NOBODY)
        return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.kept_out", opens="client")
def kept_out(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.kept_out")
    if client is None:
        return redirect("my:today")
    form = KeepOutForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = actions.keep_out(by=request.actor, client=client, account=form.account())
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Your record is closed to %(name)s.") % {"name": kept.account.chosen_name})
            return redirect("my:kept_out")
    opened(request, client)
    return render(request, "client_portal/kept_out.html", {
        "form": form, "kept": queries.kept_out_of(client), **contact(),
    })  # fmt: skip


@require_POST
@page("my.kept_out")
def let_in(request: Request, kept: str) -> HttpResponseBase:
    client = own_record(request, "my.kept_out")
    if client is None:
        return redirect("my:today")
    row = find_or_404(request.actor, "client.let_in", queries.kept_out_of(client), kept)
    try:
        actions.let_in(by=request.actor, kept=row)
        messages.success(request, _("%(name)s can see your record again.") % {"name": row.account.chosen_name})
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("my:kept_out")


urlpatterns = [
    path("kept-out/", kept_out, name="kept_out"),
    path("kept-out/<slug:kept>/end/", let_in, name="let_in"),
]
