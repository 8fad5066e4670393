"""How the program does in a quarter, the list behind each number, and the numbers as a table."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.reports import exporting, presenters, queries, words
from trellis.doors.reports.measures import BY_KEY, MEASURES, Case, Measure, Measured, measured
from trellis.doors.reports.rules import Answer, Quarter, quarters
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program

#: as many quarters are offered
OFFERED = 6
PER_PAGE = 50


@require_safe
@page("reports.numbers")
def measures(request: Request) -> HttpResponse:
    quarter = _quarter(request)
    cards = presenters.cards(_measured(quarter), quarter, opens=may(request.actor, "reports.people"))
    return render(request, "reports/measures.html", {
        "cards": cards, "quarter": quarter, "title": words.quarter_words(quarter), "choices": _choices(),
        "few": presenters.few() if any(card.is_small for card in cards) else "",
        "runs": quarter.holds(_today()),
    })  # fmt: skip


@require_safe
@page("reports.numbers")
def numbers(request: Request) -> HttpResponseBase:
    quarter = _quarter(request)
    response = HttpResponse(exporting.as_csv(_measured(quarter), quarter), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="program-measures-{quarter.key}.csv"'
    return response


@require_safe
@page("reports.people", opens="client")
def people(request: Request, measure: str) -> HttpResponse:
    """Who counts, and why. Who died is counted and not named; who is closed to the reader neither is."""
    asked, quarter = _measure(measure), _quarter(request)
    found = measured(asked, _facts(quarter), quarter, _today())
    answer, reason = _answer(request), request.GET.get("reason", "")
    chosen = [one for one in found.cases if (one.reason == reason if reason else one.judged.answer == answer)]
    shown, dead, closed = presenters.unnamed(request.actor, chosen)
    number = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    rows = _people(request, asked, list(number.object_list))
    opened_nobody(request)
    opened(request, [one.case for one in rows])
    row = presenters.Row(found, quarter, opens=True)
    return render(request, "reports/people.html", {
        "row": row, "card": presenters.Card(asked.group, [row], []), "quarter": quarter,
        "title": words.quarter_words(quarter), "answer": "" if reason else words.ANSWERS[answer], "page": number,
        "people": rows, "not_named": presenters.not_named(dead, closed),
        "tabs": list(zip(row.numbers, row.addresses, strict=True)),
    })  # fmt: skip


def _people(request: Request, measure: Measure, cases: list[Case]) -> list[presenters.Person]:
    clients = queries.clients({one.client for one in cases if one.client is not None})
    inquiries = queries.inquiries({one.inquiry for one in cases if one.inquiry is not None})
    found = []
    for case in cases:
        who = clients.get(case.client or 0) or inquiries.get(case.inquiry or 0)
        if who is not None:
            found.append(presenters.person(request.actor, measure, case, who))
    return found


def _measured(quarter: Quarter) -> list[Measured]:
    facts = _facts(quarter)
    return [measured(one, facts, quarter, _today()) for one in MEASURES]


def _facts(quarter: Quarter) -> queries.Facts:
    return queries.facts(quarter, program.zone())


def _measure(key: str) -> Measure:
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def _quarter(request: Request) -> Quarter:
    """One of those that are offered; else the one that runs."""
    offered = quarters(_today(), OFFERED)
    return next((one for one in offered if one.key == request.GET.get("quarter")), offered[0])


def _answer(request: Request) -> Answer:
    asked = request.GET.get("answer", "")
    return Answer(asked) if asked in set(Answer) else Answer.YES


def _choices() -> list[tuple[str, str]]:
    return [(one.key, words.quarter_words(one)) for one in quarters(_today(), OFFERED)]


def _today() -> date:
    return clock.today(program.zone())


urlpatterns = [
    path("program-measures/", measures, name="measures"),
    path("program-measures/numbers/", numbers, name="numbers"),
    path("program-measures/<slug:measure>/", people, name="people"),
]
