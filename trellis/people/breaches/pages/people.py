"""Who was affected, by name: the list, the ways to find people, the letters. Nobody sees a record closed to them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.people.breaches import actions, clients, forms, letters, presenters, queries
from trellis.people.breaches import people as known_people
from trellis.people.breaches.models import Affected, AffectedMark, Incident
from trellis.people.breaches.people import Person

PER_PAGE = 30
Why = AffectedMark.Why


@require_safe
@page("breach.people", opens="client")
def people(request: Request, public_id: str) -> HttpResponseBase:
    """Who is not told yet stands first."""
    row = find_or_404(request.actor, "breach.people", queries.incidents(), public_id)
    everybody = queries.listed(row).order_by("-is_in", "reached", "tried", "id")
    closed = everybody.filter(subject__in=request.actor.kept_out)
    number = Paginator(everybody.exclude(pk__in=closed.values("pk")), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(number.object_list)
    opened(request, shown) if shown else opened_nobody(request)
    return render(request, "breaches/people.html", {
        "incident": row, "page": number, "words": presenters.people_words(queries.known(row)),
        "rows": presenters.rows(shown, known_people.load(one.subject for one in shown)),
        "closed": presenters.closed_words(closed.filter(is_in=True).count() if request.actor.kept_out else 0),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.people", opens="client")
def find(request: Request, public_id: str, way: str) -> HttpResponseBase:
    """From the record itself. Only the search by name shows anybody."""
    row = find_or_404(request.actor, "breach.people", queries.incidents(), public_id)
    if way not in WAYS:
        raise Http404
    form = WAYS[way](request.POST if request.method == "POST" else None)
    opened_nobody(request)
    if form.is_valid():
        return _listed(request, row, *_found(way, form))
    return render(request, "breaches/find.html", {"incident": row, "form": form, "way": way})


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.people", opens="client")
def pick(request: Request, public_id: str) -> HttpResponseBase:
    """By a part of the name; then one tap for each."""
    row = find_or_404(request.actor, "breach.people", queries.incidents(), public_id)
    text = typed(request, "q")[:80]
    found = known_people.search(request.actor, text)
    form = forms.PickForm(request.POST if "chosen" in request.POST or "words" in request.POST else None, found=found)
    if form.is_valid():
        chosen = known_people.counted(form.cleaned_data["chosen"])
        return _listed(request, row, chosen, Why.PICKED, form.cleaned_data["words"])
    opened(request, found) if found else opened_nobody(request)
    return render(request, "breaches/pick.html", {"incident": row, "form": form if found else None, "q": text})


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.people", opens="client")
def mark(request: Request, public_id: str) -> HttpResponseBase:
    """Take somebody out of the list, or put them back, with the reason."""
    row = _affected(request, public_id, "breach.people")
    is_in = queries.is_on_the_list(row)
    form = forms.MarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = actions.take_out if is_in else actions.put_back
        if _done(request, form, lambda: act(by=request.actor, affected=row, words=form.cleaned_data["words"])):
            return redirect("breaches:people", row.incident.public_id)
    opened(request, row)
    return render(request, "breaches/mark.html", {
        "incident": row.incident, "form": form, "is_in": is_in, "person": _person(row),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.tell", opens="client")
def tell(request: Request, public_id: str) -> HttpResponseBase:
    """The letter to one person: to print, and to write down once it went."""
    row = _affected(request, public_id, "breach.tell")
    person, known = _person(row), queries.known(row.incident)
    whom = "next_of_kin" if person.has_died else "themselves"
    form = forms.TellForm(
        request.POST if request.method == "POST" else None, initial={"on": queries.today(), "to_whom": whom}
    )
    if form.is_valid() and _done(
        request, form, lambda: actions.tell(by=request.actor, affected=row, sending=form.sending())
    ):
        return redirect("breaches:people", row.incident.public_id)
    opened(request, row)
    return render(request, "breaches/tell.html", {
        "incident": row.incident, "affected": row, "person": person, "form": form,
        "has_letter": bool(queries.wording(row.incident)), "sent": presenters.sent(queries.letters_of(row)),
        "only_way": _only_way(row), "is_over": known.is_over,
    })  # fmt: skip


@require_safe
@page("breach.tell", opens="client")
def print_letter(request: Request, public_id: str) -> HttpResponseBase:
    """The letter in the language of whoever reads it; what stands around it in the language of this desk."""
    row = _affected(request, public_id, "breach.tell")
    wording, person = queries.wording(row.incident), _person(row)
    if not wording:
        raise Http404
    opened(request, row)
    with override(person.language):
        letter = {
            "title": letters.title(), "program": letters.program_name(),
            "day": presenters.day_words(queries.today()),
            "parts": letters.sections(queries.known(row.incident).facts, wording[person.language]),
        }  # fmt: skip
    return render(request, "breaches/print.html", {"person": person, "affected": row, **letter})


@page("breach.tell")
@require_POST
def come_back(request: Request, public_id: str) -> HttpResponseBase:
    letter = find_or_404(request.actor, "breach.tell", queries.letter_rows(), public_id)
    try:
        actions.come_back(by=request.actor, letter=letter, words=typed(request, "words")[: forms.MOST])
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Written down. Try another way to reach them."))
    return redirect("breaches:tell", letter.affected.public_id)


WAYS: dict[str, Any] = {"opened": forms.OpenedForm, "sent": forms.SentForm, "everybody": forms.EverybodyForm}


def _found(way: str, form: Any) -> tuple[frozenset[str], str, str]:
    if way == "opened":
        return form.subjects(), Why.OPENED, ""
    if way == "sent":
        return form.sent.subjects, Why.SENT, form.cleaned_data["name"]
    return known_people.everybody(), Why.EVERYBODY, form.cleaned_data["words"]


def _listed(request: Request, row: Incident, subjects: frozenset[str], why: str, words: str) -> HttpResponseBase:
    done = actions.put_on_list(by=request.actor, incident=row, subjects=subjects, why=why, words=words)
    messages.success(request, presenters.found_words(len(done.new), done.known, done.out))
    return redirect("breaches:people", row.public_id)


def _done(request: Request, form: Any, act: Any) -> bool:
    """False: it was refused; the form says why, and keeps what was typed."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Written down."))
    return True


def _affected(request: Request, public_id: str, verb: str) -> Affected:
    return find_or_404(request.actor, verb, queries.affected(), public_id)


def _person(row: Affected) -> Person:
    return known_people.load([row.subject])[row.subject]


def _only_way(row: Affected) -> str:
    kind, _sign, key = row.subject.partition(":")
    return clients.only_way(int(key)) if kind == "client" else ""


urlpatterns = [
    path("breaches/<slug:public_id>/people/", people, name="people"),
    path("breaches/<slug:public_id>/people/pick/", pick, name="pick"),
    path("breaches/<slug:public_id>/people/find/<slug:way>/", find, name="find"),
    path("breaches/affected/<slug:public_id>/", mark, name="mark"),
    path("breaches/affected/<slug:public_id>/letter/", tell, name="tell"),
    path("breaches/affected/<slug:public_id>/print/", print_letter, name="print"),
    path("breaches/letters/<slug:public_id>/back/", come_back, name="come_back"),
]
