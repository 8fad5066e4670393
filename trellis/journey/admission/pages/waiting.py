"""Who waits for a place, in the order of the law with its clocks; one of them; and who was handed on elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request
from trellis.journey.admission.arriving.blueprint import rhythms
from trellis.journey.admission.arriving.queries import today
from trellis.journey.admission.models import HandOn
from trellis.journey.admission.waiting import actions, history, queries, rules, words
from trellis.journey.admission.waiting.forms import (
    ContactForm,
    FactsAnewForm,
    HandOnForm,
    HeardForm,
    OffForm,
    PutOnForm,
)
from trellis.journey.admission.waiting.queries import OnList
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.inquiry.models import Inquiry


@require_safe
@page("waiting.list", opens="inquiry")
def waiting(request: Request) -> HttpResponseBase:
    people = shown_to(request.actor, queries.waiting(), lambda one: one.wait)
    hand_ons = shown_to(request.actor, queries.hand_ons())
    unsaid = shown_to(request.actor, queries.nobody_said_how())
    opened_nobody(request)
    opened(request, [one.wait for one in people], hand_ons, unsaid)
    now, days = clock.now(), rhythms()
    heading = ngettext("%(number)d person waits for a place", "%(number)d people wait for a place", len(people))
    return render(request, "admission/waiting.html", {
        "heading": heading % {"number": len(people)} if people else _("Nobody waits for a place"),
        "people": [_row(one, now) for one in people], "unsaid": unsaid,
        "hand_ons": [words.handed(row, days.hand_on_days, today()) for row in hand_ons],
        "may_work": may(request.actor, "waiting.work"), "days": days,
    })  # fmt: skip


def _row(one: OnList, now: Any) -> dict[str, Any]:
    found = rules.clocks(one.person, timedelta(days=rhythms().contact_days), now)
    return {
        "one": one, "inquiry": one.wait.inquiry, "person": one.wait.inquiry.name or _("Gave no name"),
        "priority": words.priority_of(one), "waits": words.waits_for(one.person.since, now),
        "first": rules.priority(one.person.pregnant, one.person.injects) is not rules.Priority.OTHERS,
        "clocks": words.clocks_of(found, now), "owed": [(key, words.service(key)) for key in found.owed],
        "said_no": [(key, words.service(key), day) for key, day in one.said_no],
        "ended": not one.wait.inquiry.is_open,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("waiting.work", opens="inquiry")
def wait(request: Request, public_id: str) -> HttpResponseBase:
    """One person who waits, or may be put on the list."""
    inquiry = _find(request, public_id)
    form, what = None, request.POST.get("what", "")
    if request.method == "POST":
        form, act = _ACTS.get(what, _nothing)(request, inquiry)
        if (form is None or form.is_valid()) and _done(request, act, form):
            return redirect("admission:wait", public_id=public_id)
    opened(request, inquiry)
    found, has_died = queries.wait_of(inquiry), queries.is_of_the_dead(inquiry)
    forms = {"put_on": PutOnForm(), "contact": ContactForm(), "off": OffForm(), "facts": _facts(found)}
    if form is not None:
        forms[what] = form
    return render(request, "admission/waiting_one.html", {
        "inquiry": inquiry, "person": inquiry.name or _("Gave no name"), "forms": forms, "what": what,
        "row": _row(found, clock.now()) if found else None,
        "history": history.says(request.actor, inquiry, found.person) if found else [],
        "may_wait": inquiry.is_open and inquiry.is_about_themself and not has_died, "has_died": has_died,
        "steps": [words.happened(step) for step in queries.steps_of(inquiry)],
    })  # fmt: skip


def _facts(found: OnList | None) -> FactsAnewForm:
    if found is None:
        return FactsAnewForm()
    facts = {"pregnant": found.person.pregnant, "injects": found.person.injects}
    return FactsAnewForm(initial={**facts, "seen": " ".join(key for key, so in facts.items() if so)})


Act = tuple[Any, Callable[[], Any]]


def _nothing(request: Request, inquiry: Inquiry) -> Act:
    return None, lambda: None


def _put_on(request: Request, inquiry: Inquiry) -> Act:
    form = PutOnForm(request.POST)
    return form, lambda: actions.put_on(by=request.actor, inquiry=inquiry, **form.cleaned_data)


def _contact(request: Request, inquiry: Inquiry) -> Act:
    form = ContactForm(request.POST)
    return form, lambda: actions.contacted(by=request.actor, inquiry=inquiry, **form.cleaned_data)


def _say_facts(request: Request, inquiry: Inquiry) -> Act:
    form = FactsAnewForm(request.POST)
    return form, lambda: actions.say_facts(by=request.actor, inquiry=inquiry, **form.cleaned_data)


def _off(request: Request, inquiry: Inquiry) -> Act:
    form = OffForm(request.POST)
    return form, lambda: actions.take_off(by=request.actor, inquiry=inquiry, **form.cleaned_data)


def _interim(request: Request, inquiry: Inquiry) -> Act:
    service, given = request.POST.get("service", ""), request.POST.get("came") == "given"
    return None, lambda: actions.interim(by=request.actor, inquiry=inquiry, service=service, given=given)


_ACTS: dict[str, Callable[[Request, Inquiry], Act]] = {
    "put_on": _put_on, "contact": _contact, "facts": _say_facts, "off": _off, "interim": _interim,
}  # fmt: skip


def _done(request: Request, act: Callable[[], Any], form: Any) -> bool:
    try:
        result = act()
    except Refused as refused:
        if form is not None:
            form.add_error(None, str(refused))
            return False
        messages.warning(request, str(refused))
        return True
    if result is not None:
        messages.success(request, _("Written down."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@page("waiting.work", opens="inquiry")
def hand_on(request: Request, public_id: str) -> HttpResponseBase:
    """Where and how somebody was handed on, and whether they got there."""
    inquiry = _find(request, public_id)
    rows = queries.hand_ons_of(inquiry)
    act: Callable[[], Any]
    sent: HandOnForm | HeardForm
    form, heard, about = HandOnForm(initial={"on": today()}), HeardForm(initial={"on": today()}), None
    if request.method == "POST":
        about = next((row for row in rows if row.public_id == request.POST.get("hand_on")), None)
        if about is not None:
            heard = HeardForm(request.POST)
            act, sent = _heard(request, about, heard), heard
        else:
            form = HandOnForm(request.POST)
            act, sent = _handed(request, inquiry, form), form
        if sent.is_valid() and _done(request, act, sent):
            return redirect("admission:hand_on", public_id=public_id)
    opened(request, inquiry)
    days = rhythms().hand_on_days
    return render(request, "admission/waiting_hand_on.html", {
        "inquiry": inquiry, "person": inquiry.name or _("Gave no name"), "hand_on": form, "days": days,
        "rows": [(words.handed(row, days, today()), _heard_form(row, about, heard)) for row in rows],
    })  # fmt: skip


def _heard_form(row: HandOn, about: HandOn | None, sent: HeardForm) -> HeardForm:
    return sent if row == about else HeardForm(initial={"on": today()}, auto_id=f"id_{row.public_id}_%s")


def _handed(request: Request, inquiry: Inquiry, form: HandOnForm) -> Callable[[], Any]:
    return lambda: actions.hand_on(by=request.actor, inquiry=inquiry, **form.cleaned_data)


def _heard(request: Request, row: HandOn, form: HeardForm) -> Callable[[], Any]:
    return lambda: actions.heard(by=request.actor, hand_on=row, **form.cleaned_data)


def _find(request: Request, public_id: str) -> Inquiry:
    return find_or_404(request.actor, "waiting.work", inquiries.inquiries(), public_id)


urlpatterns = [
    path("waiting-to-come/", waiting, name="waiting"),
    path("waiting-to-come/<slug:public_id>/", wait, name="wait"),
    path("waiting-to-come/<slug:public_id>/handed-on/", hand_on, name="hand_on"),
]
