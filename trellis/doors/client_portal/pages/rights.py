"""What a client can ask of us, and the notice that says so."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.doors.client_portal.pages.happened import letters_of
from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.people.rights import states
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.notice import actions as notices
from trellis.people.rights.notice import presenters as notice_words
from trellis.people.rights.notice import queries as notice_queries
from trellis.people.rights.notice.words import CIVIL_RIGHTS
from trellis.people.rights.requests import actions, presenters, queries
from trellis.people.rights.requests.forms import OWN_FORMS, StatementForm
from trellis.people.rights.rules import Kind


@require_safe
@page("my.rights", opens="client")
def rights(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    today = queries.today()
    found = queries.of_client(client)
    return render(request, "client_portal/rights.html", {
        "reading": notice_queries.reading(client),
        "forms": {key: form.title for key, form in OWN_FORMS.items()},
        "asked": [presenters.own(one, today) for one in found], "letters": letters_of(client),
        **contact(),
    })  # fmt: skip


@require_safe
@page("my.rights", opens="client")
def notice(request: Request) -> HttpResponseBase:
    """The words in force, with one tap under them."""
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    reading = notice_queries.reading(client)
    return render(request, "client_portal/notice.html", {
        "reading": reading, "notice": notice_words.notice(reading.version), **contact(),
    })  # fmt: skip


#: digits; more are no version of ours
LONGEST = 9


@page("notice.acknowledge")
@require_POST
def acknowledge(request: Request) -> HttpResponseBase:
    client = own_record(request, "notice.acknowledge")
    if client is None:
        return redirect("my:today")
    number = typed(request, "number")
    try:
        notices.acknowledge(
            by=request.actor, client=client, number=int(number) if number.isdecimal() and len(number) < LONGEST else 0,
            language=notice_words.language(),
        )  # fmt: skip
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("my:notice")
    messages.success(request, _("Thank you. You find the notice here whenever you want to read it again."))
    return redirect("my:rights")


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.rights", opens="client")
def ask(request: Request, what: str) -> HttpResponseBase:
    """One thing to ask, in their own words; when they hear from us stands in the answer."""
    if what not in OWN_FORMS:
        raise Http404
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    form = OWN_FORMS[what](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = actions.ask(by=request.actor, client=client, wish=form.wish(), how=RightsRequest.How.OWN_PAGE)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            day = presenters.day_words(done.due_on)
            messages.success(request, _("We have it. You hear from us by %(day)s.") % {"day": day})
            return redirect("my:rights")
    opened(request, client)
    return render(request, "client_portal/ask_right.html", {
        "form": form, "is_complaint": what == "complaint", "civil_rights": CIVIL_RIGHTS, **contact(),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.rights", opens="client")
def asked(request: Request, public_id: str) -> HttpResponseBase:
    """What they asked, what we answered, and their own words beside a no."""
    row = find_or_404(request.actor, "my.rights", queries.requests(), public_id)
    known = queries.asked(row)
    may_disagree = states.DISAGREE in known.steps
    form = StatementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _follow(request, row, states.DISAGREE, form.cleaned_data["words"], _("Kept. It stays with that part."))
        return redirect("my:asked", row.public_id)
    opened(request, row.client)
    return render(request, "client_portal/asked.html", {
        "shown": presenters.own(known, queries.today()), "form": form if may_disagree else None,
        "may_withdraw": states.WITHDRAW in known.steps, "civil_rights": CIVIL_RIGHTS,
        "is_complaint": known.kind is Kind.COMPLAINT, **contact(),
    })  # fmt: skip


@page("my.rights")
@require_POST
def take_back(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "my.rights", queries.requests(), public_id)
    _follow(request, row, states.WITHDRAW, "", _("Taken back. You can ask again whenever you like."))
    return redirect("my:rights")


def _follow(request: Request, row: RightsRequest, step: str, words: str, done: str) -> None:
    try:
        actions.follow(by=request.actor, request=row, step=step, words=words)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)


urlpatterns = [
    path("rights/", rights, name="rights"),
    path("rights/notice/", notice, name="notice"),
    path("rights/notice/read/", acknowledge, name="acknowledge"),
    path("rights/ask/<slug:what>/", ask, name="ask_right"),
    path("rights/asked/<slug:public_id>/", asked, name="asked"),
    path("rights/asked/<slug:public_id>/take-back/", take_back, name="take_back"),
]
