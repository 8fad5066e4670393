"""The finder, one meeting, its calendar file, the sheet, and saying that something is wrong. For everybody."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access import public_forms
from trellis.foundation.access.pages import public
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.public_forms import TooMany, came_from_here
from trellis.foundation.access.requests import Request
from trellis.foundation.places import actions, finding
from trellis.foundation.places.actions.reporting import STAMPS
from trellis.foundation.places.calendars import calendar_file
from trellis.foundation.places.finding import Found, Offer, zone_of
from trellis.foundation.places.forms.finder import Asked, asked
from trellis.foundation.places.forms.wrong import WrongForm
from trellis.foundation.places.models import Meeting
from trellis.foundation.places.presenters import finder as presenters
from trellis.foundation.places.presenters import meeting as one
from trellis.foundation.places.presenters import sheet as sheets
from trellis.foundation.places.spots import home_spot
from trellis.foundation.program import queries as program
from trellis.foundation.program.shell import needs_program, public_shell

app_name = "meetings"

#: nobody sees this field; what fills it in is not a person
HONEYPOT = "reference"
#: reports of one address, and of everybody together, in ten minutes
PER_ADDRESS, TOGETHER = 5, 60


@csrf_exempt  # changes nothing: a position is sent this way so that it stands in no address and no log
@require_http_methods(["GET", "HEAD", "POST"])
@public("where a meeting is, is for everybody")
@needs_program
def find(request: Request) -> HttpResponseBase:
    if request.method == "POST" and not came_from_here(request):
        raise PermissionDenied(_("This form was sent from another site. Open it here and send it again."))
    offered = finding.offer()
    question = asked(request.POST if request.method == "POST" else request.GET, offered, home_spot)
    now, home = clock.now(), program.zone()
    found = finding.find(question.wish, now, home, among=offered, page=question.page)
    response = render(request, "places/public/find.html", {
        **public_shell("meetings"),
        **_found(question, found, offered),
        "asked": question,
        **presenters.form(question, offered),
        "days": presenters.days(found.lines, now, home, question.wish.language),
        "freshness": presenters.freshness(offered.lists, now),
    })  # fmt: skip
    response["Cache-Control"] = "private, no-store" if question.located else "private, no-cache"
    return response


def _found(question: Asked, found: Found, offered: Offer) -> dict[str, Any]:
    address = reverse("meetings:find")
    before, after = found.page - 1, found.page + 1 if found.more and found.page < finding.MOST_PAGES else 0
    query = question.query
    return {
        "found": found,
        "before": before,
        "after": after,
        "before_url": f"?{query}&page={before}" if before else "",
        "after_url": f"?{query}&page={after}" if after else "",
        "summary": presenters.summary(question),
        "another_try": presenters.another_try(question, address) if not found.lines else [],
        "sheet_url": f"{reverse('meetings:sheet')}?{query}",
        "no_lists": not offered.lists,
    }


@require_safe
@public("where a meeting is, is for everybody")
@needs_program
def meeting(request: Request, public_id: str) -> HttpResponseBase:
    found = _meeting(public_id)
    now = clock.now()
    return _fresh(render(request, "places/public/meeting.html", {
        **public_shell("meetings"),
        **one.meeting_page(found, now, program.zone()),
        "meeting": found,
        "thanks": "thanks" in request.GET,
        "is_listed": _is_listed(found),
    }))  # fmt: skip


@require_safe
@public("where a meeting is, is for everybody")
@needs_program
def calendar(request: Request, public_id: str) -> HttpResponseBase:
    """Of one date or of the series; its title says nothing unless the person chose the meeting's name."""
    found = _meeting(public_id)
    now, home = clock.now(), program.zone()
    dates = one.next_dates(found, now, home, most=1)
    if not dates or not _is_listed(found):
        raise Http404
    body = calendar_file(
        found, dates[0], zone_of(found.time_zone, home), now,
        weekly=request.GET.get("dates") == "weekly", named=request.GET.get("title") == "name",
    )  # fmt: skip
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={
        "Content-Disposition": 'attachment; filename="appointment.ics"', "Cache-Control": "private, no-cache",
    })  # fmt: skip


@require_safe
@public("a list for people without a telephone")
@needs_program
def sheet(request: Request) -> HttpResponseBase:
    offered, now, home = finding.offer(), clock.now(), program.zone()
    question = asked(request.GET, offered, home_spot)
    found = finding.find(question.wish, now, home, among=offered, most=sheets.MOST)
    return _fresh(render(request, "places/public/sheet.html", {
        **public_shell("meetings"),
        **sheets.sheet(found, now, home, question.wish.language),
        "asked": question,
        "summary": presenters.summary(question),
        "find_url": f"{reverse('meetings:find')}?{question.query}",
        "freshness": presenters.freshness({line.list.pk: line.list for line in found.lines}.values(), now),
    }))  # fmt: skip


# --- something is wrong -----------------------------------------------------------------------------------------------


@csrf_exempt  # guarded by where it comes from and a one-time stamp: there is no cookie before sign-in
@require_http_methods(["GET", "HEAD", "POST"])
@public("saying that a meeting is listed wrongly needs no account")
@needs_program
def wrong(request: Request, public_id: str) -> HttpResponseBase:
    found = _meeting(public_id)
    if request.method != "POST":
        return _ask_what(request, found, WrongForm())
    if not came_from_here(request):
        raise PermissionDenied(_("This form was sent from another site. Open it here and send it again."))
    form = WrongForm(request.POST)
    if not form.is_valid():
        return _ask_what(request, found, form)
    if request.POST.get(HONEYPOT):
        problem = _("Something filled in a field that nobody sees. Please press the button once more.")
        return _ask_what(request, found, form, problem=problem)
    try:
        public_forms.count_one("places.wrong", request.actor.address, per_address=PER_ADDRESS, together=TOGETHER)
        actions.report_wrong(by=request.actor, meeting=found, stamp=request.POST.get("stamp", ""), **form.cleaned_data)
    except TooMany:
        problem = _(
            "We received a lot in a short time and have not kept this yet. Please send it again in ten minutes."
        )
        response = _ask_what(request, found, form, problem=problem, status=429)
        response["Retry-After"] = str(public_forms.WINDOW_SECONDS)
        return response
    except Refused as refused:
        return _ask_what(request, found, form, problem=str(refused))
    return redirect(f"{reverse('meetings:one', args=[found.public_id])}?thanks")


def _ask_what(
    request: Request, found: Meeting, form: WrongForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    stamp = request.POST.get("stamp", "")
    context = {
        **public_shell("meetings"),
        "meeting": found,
        "form": form,
        "stamp": stamp if STAMPS.is_ours(stamp) and not problem else STAMPS.new(),
        "honeypot": HONEYPOT,
        "problem": problem,
    }
    return _fresh(render(request, "places/public/wrong.html", context, status=status))


def _meeting(public_id: str) -> Meeting:
    # PostgreSQL takes no null character in a text, and nothing has such an id.
    found = None if "\0" in public_id else Meeting.objects.select_related("list").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _is_listed(found: Meeting) -> bool:
    return found.ended_at is None and found.list.switched_on


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    return response


urlpatterns = [
    path("", find, name="find"),
    path("sheet/", sheet, name="sheet"),
    path("<str:public_id>/", meeting, name="one"),
    path("<str:public_id>/calendar.ics", calendar, name="calendar"),
    path("<str:public_id>/wrong/", wrong, name="wrong"),
]
