"""The log of a year for HHS (45 CFR 164.408(c)), to look at and as a table for another program."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.foundation.access.pages import page
from trellis.foundation.access.requests import Request
from trellis.people.breaches import exporting, queries, rules

FIRST, LAST = 2000, 2999


@require_safe
@page("breach.see")
def log(request: Request, year: int) -> HttpResponseBase:
    heads, lines = exporting.heads(), exporting.lines(_found(year))
    return render(request, "breaches/log.html", {
        "year": year, "heads": heads, "before": year - 1, "due": rules.yearly_due(year),
        "lines": [list(zip(heads, line, strict=True)) for line in lines],
        "after": year + 1 if year < queries.today().year else None,
    })  # fmt: skip


@require_safe
@page("breach.see")
def log_file(request: Request, year: int) -> HttpResponseBase:
    response = HttpResponse(exporting.as_csv(_found(year)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log-{year}.csv"'
    return response


def _found(year: int) -> list[queries.Known]:
    if not FIRST <= year <= LAST:
        raise Http404
    return queries.discovered_in(year)


urlpatterns = [
    path("breaches/log/<int:year>/", log, name="log"),
    path("breaches/log/<int:year>/file/", log_file, name="log_file"),
]
