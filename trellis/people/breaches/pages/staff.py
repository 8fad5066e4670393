"""The workbench: the incidents, what is due, what is known, the assessment, the offices. Nobody is named here."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation.access.pages import find_or_404, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.breaches import actions, forms, presenters, queries, states
from trellis.people.breaches.models import Incident
from trellis.people.breaches.rules import BY_LETTER, Duty, Outcome

REPORTS = tuple(duty for duty in Duty if duty not in BY_LETTER)


@require_safe
@page("breach.see")
def incidents(request: Request) -> HttpResponseBase:
    """What is due first stands first."""
    found, today = queries.on_the_desk(), queries.today()
    return render(request, "breaches/incidents.html", {
        "heading": presenters.heading(found), "lines": presenters.lines(found, today), "year": today.year,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def new(request: Request) -> HttpResponseBase:
    form = forms.IncidentForm(
        request.POST if request.method == "POST" else None, initial={"discovered_on": queries.today()}
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            done = actions.record(
                by=request.actor,
                what=said["what"],
                facts=form.facts(),
                told_by=said["told_by"],
                at_once=said["at_once"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. The days are counted from now on."))
            return redirect("breaches:incident", done.public_id)
    return render(request, "breaches/new.html", {"form": form})


@require_safe
@page("breach.see")
def incident(request: Request, public_id: str) -> HttpResponseBase:
    known, today = queries.known(_incident(request, public_id, "breach.see")), queries.today()
    has_letter = bool(queries.wording(known.row))
    return render(request, "breaches/incident.html", {
        "incident": known.row, "word": presenters.state_word(known), "tone": presenters.TONES[known.state],
        "people": presenters.people_words(known), "next": presenters.next_step(known, has_letter=has_letter),
        "due": presenters.due(known, today), "facts": presenters.facts(known), "story": presenters.story(known),
        "has_letter": has_letter, "is_open": known.state == states.OPEN, "is_over": known.is_over,
        "may_reopen": states.MACHINE.may(known.state, states.REOPEN),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def learn(request: Request, public_id: str) -> HttpResponseBase:
    row = _incident(request, public_id, "breach.record")
    now = queries.known(row).facts
    names = ("discovered_on", "happened_from", "happened_until", "information", "licensed", "unencrypted", "residents")
    form = forms.LearnForm(_posted(request), initial={name: getattr(now, name) for name in names})
    return _written(
        request, row, form, lambda: actions.learn(
            by=request.actor, incident=row, facts=form.facts(), words=form.cleaned_data["words"]
        ), _("What is known now"), _("What stood there before is kept. The days are counted anew."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def delay(request: Request, public_id: str) -> HttpResponseBase:
    row, form = _incident(request, public_id, "breach.record"), forms.DelayForm(_posted(request))
    return _written(
        request, row, form, lambda: actions.wait_for_police(by=request.actor, incident=row, **form.cleaned_data),
        _("Police asked us to wait"),
        _("Only where they say that telling people would impede them (45 CFR 164.412). Ask for it in writing."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.assess")
def assess(request: Request, public_id: str) -> HttpResponseBase:
    row, form = _incident(request, public_id, "breach.assess"), forms.AssessForm(_posted(request))

    def act() -> Any:
        said = form.cleaned_data
        return actions.assess(
            by=request.actor, incident=row, outcome=Outcome(said["outcome"]), factors=form.factors(),
            reasons=said["reasons"], signed=said["signed"],
        )  # fmt: skip

    return _written(
        request, row, form, act, _("Is it a breach?"),
        _("It counts as one unless the four answers show that little can come of it (45 CFR 164.402)."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def letter(request: Request, public_id: str) -> HttpResponseBase:
    row = _incident(request, public_id, "breach.record")
    form = forms.LetterForm(_posted(request), initial=forms.LetterForm.initial_of(queries.wording(row)))
    return _written(
        request, row, form, lambda: actions.write_letter(by=request.actor, incident=row, texts=form.texts()),
        _("The letter"),
        _("Plain, short words. The days, the kinds of information and how to reach us stand in it by themselves."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def given(request: Request, public_id: str, duty: str) -> HttpResponseBase:
    """An office, the press or the public was told."""
    row = _incident(request, public_id, "breach.record")
    if duty not in REPORTS:
        raise Http404
    form = forms.GivenForm(_posted(request), initial={"on": queries.today()})
    return _written(
        request, row, form,
        lambda: actions.give(by=request.actor, incident=row, duty=Duty(duty), **form.cleaned_data),
        presenters.DUTIES[Duty(duty)], _("Write it down once it is done."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("breach.record")
def reopen(request: Request, public_id: str) -> HttpResponseBase:
    row, form = _incident(request, public_id, "breach.record"), forms.ReopenForm(_posted(request))
    return _written(
        request, row, form, lambda: actions.reopen(by=request.actor, incident=row, **form.cleaned_data),
        _("Look at it again"), _("It counts as a breach from now on, until somebody signs again."),
    )  # fmt: skip


@page("breach.record")
@require_POST
def finish(request: Request, public_id: str) -> HttpResponseBase:
    row = _incident(request, public_id, "breach.record")
    try:
        actions.finish(by=request.actor, incident=row)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Written down."))
    return redirect("breaches:incident", row.public_id)


def _written(
    request: Request, row: Incident, form: django_forms.Form, act: Any, title: Any, lead: Any
) -> HttpResponseBase:
    """One form about an incident; a refusal keeps what was typed."""
    if form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down."))
            return redirect("breaches:incident", row.public_id)
    return render(request, "breaches/form.html", {"incident": row, "form": form, "title": title, "lead": lead})


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _incident(request: Request, public_id: str, verb: str) -> Incident:
    return find_or_404(request.actor, verb, queries.incidents(), public_id)


urlpatterns = [
    path("breaches/", incidents, name="incidents"),
    path("breaches/new/", new, name="new"),
    path("breaches/<slug:public_id>/", incident, name="incident"),
    path("breaches/<slug:public_id>/known/", learn, name="learn"),
    path("breaches/<slug:public_id>/wait/", delay, name="delay"),
    path("breaches/<slug:public_id>/assessment/", assess, name="assess"),
    path("breaches/<slug:public_id>/letter/", letter, name="letter"),
    path("breaches/<slug:public_id>/told/<slug:duty>/", given, name="given"),
    path("breaches/<slug:public_id>/again/", reopen, name="reopen"),
    path("breaches/<slug:public_id>/finish/", finish, name="finish"),
]
