"""The lists of meetings, kept by staff: where they come from, how fresh they are, what was wrong in them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from trellis.foundation import clock
from trellis.foundation.access.files import takes_file
from trellis.foundation.access.pages import find_or_404, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.places import actions, queries, taking
from trellis.foundation.places.forms.staff import LARGEST_FILE, AddForm, DescribeForm, FileForm
from trellis.foundation.places.models import MeetingList, Reading, WrongReport
from trellis.foundation.places.presenters import staff as presenters

KEEP = "places.keep_lists"
#: lines of problems, and reports, on one page
PAGE = 25


@require_safe
@page(KEEP)
def lists_page(request: Request) -> HttpResponseBase:
    lists: list[Any] = list(queries.lists())
    return render(request, "places/staff/lists.html", {
        "tab": "lists", "open_count": queries.open_report_count(), "rows": presenters.rows(lists, clock.now()),
        "waiting": [one for one in lists if one.is_held],
    })  # fmt: skip


@require_safe
@page(KEEP)
def one_page(request: Request, public_id: str) -> HttpResponseBase:
    return _one(request, _list(request, public_id), FileForm())


def _one(request: Request, one: MeetingList, newer: FileForm) -> HttpResponseBase:
    reading = queries.last_reading(one)
    mended = request.GET.get("mended") == "yes"
    found = reading.problems if reading else []
    shown = Paginator([problem for problem in found if problem["kept"] is mended], PAGE)
    problems = shown.get_page(request.GET.get("page"))
    return render(request, "places/staff/one.html", {
        "one": one, "newer": newer, "reading": reading, "mended": mended, "page": problems,
        "problems": presenters.problems(problems), "lost_count": sum(not problem["kept"] for problem in found),
        "mended_count": sum(problem["kept"] for problem in found),
        "cut": len(found) if reading and reading.problem_count > len(found) else 0,
        **presenters.one(one, reading, clock.now()),
    })  # fmt: skip


@page(KEEP)
@takes_file(LARGEST_FILE)
def add(request: Request) -> HttpResponseBase:
    form = AddForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        source = form.cleaned_data["address"], form.cleaned_data["file"]
        try:
            added = taking.add(by=request.actor, address=source[0], file=source[1], description=form.description())
        except Refused as refused:
            form.add_error("address" if source[0] else "file", str(refused))
        else:
            messages.success(request, _("The list is here."))
            return redirect("meeting_lists:one", added.list.public_id)
    return render(request, "places/staff/add.html", {"form": form})


@page(KEEP)
@require_POST
@takes_file(LARGEST_FILE)
def newer(request: Request, public_id: str) -> HttpResponseBase:
    """A newer file of a list that is not read by itself."""
    one, form = _list(request, public_id), FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            reading = taking.read_file(by=request.actor, meeting_list=one, file=form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            _tell(request, reading)
            return redirect("meeting_lists:one", one.public_id)
    return _one(request, one, form)


@page(KEEP)
@require_POST
def read_now(request: Request, public_id: str) -> HttpResponseBase:
    one = _list(request, public_id)
    try:
        _tell(request, taking.read_again(by=request.actor, meeting_list=one, anew=True))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("meeting_lists:one", one.public_id)


def _tell(request: Request, reading: Reading | None) -> None:
    if reading is not None and reading.held:
        messages.warning(request, _("The list got much shorter. Nothing is changed until you decide."))
    else:
        messages.success(request, _("The list was read."))


@page(KEEP)
def describe(request: Request, public_id: str) -> HttpResponseBase:
    one = _list(request, public_id)
    form = DescribeForm(request.POST or None, initial=presenters.description(one))
    if form.is_valid():
        actions.describe_list(by=request.actor, meeting_list=one, **form.description())
        messages.success(request, _("Saved."))
        return redirect("meeting_lists:one", one.public_id)
    return render(request, "places/staff/describe.html", {"one": one, "form": form})


@page(KEEP)
@require_POST
def switch(request: Request, public_id: str) -> HttpResponseBase:
    on = typed(request, "on") == "yes"
    one = _list(request, public_id)
    actions.switch(by=request.actor, meeting_list=one, on=on)
    messages.success(request, _("The list is switched on.") if on else _("The list is switched off."))
    return redirect("meeting_lists:one", one.public_id)


@page(KEEP)
@require_POST
def decide(request: Request, public_id: str) -> HttpResponseBase:
    """Take over the shorter list, or keep the one that stands."""
    one = _list(request, public_id)
    releases = typed(request, "decision") == "release"
    try:
        reading = queries.held(one)
        if reading is None:
            raise Refused(_("Somebody has decided this already."))
        (actions.release if releases else actions.drop)(by=request.actor, reading=reading)
        messages.success(request, _("The shorter list stands now.") if releases else _("The list stays as it was."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("meeting_lists:one", one.public_id)


@require_safe
@page(KEEP)
def reports_page(request: Request) -> HttpResponseBase:
    handled = request.GET.get("done") == "yes"
    shown = _page(request, queries.reports(handled=handled))
    count = queries.open_report_count()
    return render(request, "places/staff/reports.html", {
        "tab": "handled" if handled else "open", "open_count": count, "page": shown,
        "rows": presenters.reports(shown), "heading": _heading(count),
    })  # fmt: skip


def _heading(count: int) -> str:
    if not count:
        return _("No meeting waits for a look")
    return ngettext("%(number)s meeting wants a look", "%(number)s meetings want a look", count) % {"number": count}


@page(KEEP)
@require_POST
def handle(request: Request, public_id: str) -> HttpResponseBase:
    report = find_or_404(request.actor, KEEP, WrongReport.objects.all(), public_id)
    try:
        actions.handle_report(by=request.actor, report=report)
        messages.success(request, _("Done."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("meeting_lists:reports")


def _list(request: Request, public_id: str) -> Any:
    return find_or_404(request.actor, KEEP, queries.lists(), public_id)


def _page(request: Request, rows: "QuerySet[Any]") -> "Page[Any]":
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


urlpatterns = [
    path("", lists_page, name="lists"),
    path("add/", add, name="add"),
    path("reports/", reports_page, name="reports"),
    path("reports/<slug:public_id>/done/", handle, name="handle"),
    path("lists/<slug:public_id>/", one_page, name="one"),
    path("lists/<slug:public_id>/words/", describe, name="describe"),
    path("lists/<slug:public_id>/switch/", switch, name="switch"),
    path("lists/<slug:public_id>/decide/", decide, name="decide"),
    path("lists/<slug:public_id>/read/", read_now, name="read_now"),
    path("lists/<slug:public_id>/newer/", newer, name="newer"),
]
