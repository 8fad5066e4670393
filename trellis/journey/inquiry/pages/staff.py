"""The intake board: who waits, one inquiry, a call typed while somebody speaks, and where people were lost."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request, typed
from trellis.journey.inquiry import actions, funnel, queries, rules
from trellis.journey.inquiry.forms import AttemptForm, CloseForm, TakeForm
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.pages import way
from trellis.journey.inquiry.pages.drafts import Kept
from trellis.journey.inquiry.presenters import Card, board_heading, call_lines, change_lines
from trellis.journey.inquiry.queries import referrals
from trellis.journey.inquiry.states import CONVERTED, MACHINE, MERGED
from trellis.people.staff.models import StaffMember

app_name = "inquiry"


@require_http_methods(["GET", "HEAD", "POST"])
@page("inquiry.board", opens="inquiry")
def board(request: Request) -> HttpResponse:
    """Who is looked for is sent by POST, so that no name stands in an address."""
    now, me, q = clock.now(), _me(request), _plain(request.POST.get("q", "")).strip()[:80]
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else queries.TABS[0]
    found = queries.board(now=now, tab=tab, q=q, number=request.GET.get("page", "1"), staff_id=me.pk if me else None)
    found.page.object_list = shown_to(request.actor, found.page.object_list)
    if found.page.object_list:
        opened(request, found.page.object_list)
    else:
        opened_nobody(request)
    hours = queries.hours()
    context = {
        "heading": board_heading(found.counts),
        "counts": found.counts,
        "tabs": _tabs(tab, q, found.counts),
        "q": q,
        "page": found.page,
        "rows": [
            (Card(one, hours, now), one.pk in found.seen_elsewhere, one.pk in found.here_before)
            for one in found.page.object_list
        ],
        "may_work": may(request.actor, "inquiry.work"),
        "may_take": may(request.actor, "inquiry.take"),
        "may_see_funnel": may(request.actor, "inquiry.funnel"),
        "may_see_referrals": may(request.actor, "referral.list"),
        "may_see_waiting": may(request.actor, "waiting.list"),
    }
    return render(request, "inquiry/staff/board.html", context)


def _tabs(current: str, q: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {"to_call": _("To call"), "reached": _("Reached"), "mine": _("Mine"), "everyone": _("Everyone")}
    return [
        {
            "url": f"{reverse('inquiry:board')}?tab={tab}",
            "words": words[tab],
            "count": counts.get(tab),
            "current": tab == current and not q,
        }
        for tab in queries.TABS
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@page("inquiry.take")
def take(request: Request) -> HttpResponse:
    kept = Kept(request, "inquiry-new")
    form = TakeForm(request.POST) if request.method == "POST" else TakeForm(initial=kept.initial(TakeForm))
    if request.method == "POST" and form.is_valid():
        try:
            inquiry = actions.take_by_phone(
                by=request.actor,
                answers=form.answers,
                channel=form.cleaned_data["channel"],
                asked_at=form.cleaned_data["asked_at"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            kept.forget()
            return _taken(request, inquiry)
    return render(request, "inquiry/staff/take.html", {"form": form, "kept": kept})


def _taken(request: Request, inquiry: Inquiry) -> HttpResponseRedirect:
    card = Card(inquiry, queries.hours(), clock.now())
    messages.success(request, _("Saved. %(state)s.") % {"state": card.state})
    if may(request.actor, "inquiry.work"):
        return redirect("inquiry:one", public_id=inquiry.public_id)
    return redirect("inquiry:board")


@require_safe
@page("inquiry.work", opens="inquiry")
def one(request: Request, public_id: str) -> HttpResponse:
    return _show(request, _find(request, public_id))


def _show(request: Request, inquiry: Inquiry, *, attempt: Any = None, close: Any = None) -> HttpResponse:
    now, hours = clock.now(), queries.hours()
    opened(request, inquiry)
    kept = _kept(request, inquiry)
    alike = shown_to(request.actor, queries.alike(inquiry, now), lambda pair: pair[0])
    joined = shown_to(request.actor, queries.merged_into(inquiry))
    opened(request, [other for other, _likeness in alike], joined)
    context = {
        "inquiry": inquiry,
        "card": Card(inquiry, hours, now),
        "here_before": bool(queries.here_before([inquiry])),
        "is_mine": inquiry.owner is not None and inquiry.owner.account_id == request.actor.account_id,
        "attempts": call_lines(queries.attempts_of(inquiry), now, hours),
        "changes": change_lines(queries.changes_of(inquiry), now, hours),
        "alike": [(Card(other, hours, now), likeness) for other, likeness in alike],
        "referrals": referrals.of_inquiry(inquiry) if may(request.actor, "referral.read", inquiry) else [],
        "joined": [Card(other, hours, now) for other in joined],
        "attempt": attempt or AttemptForm(initial=kept.initial(AttemptForm)),
        "kept": kept,
        "close": close or CloseForm(),
        "may_reopen": MACHINE.may(inquiry.status, "reopen"),
        "admit_url": _onward(request, inquiry, "admission:admit"),
        "assess_url": _onward(request, inquiry, "admission:assess"),
        **_later(request, inquiry),
    }
    return render(request, "inquiry/staff/one.html", context)


def _kept(request: Request, inquiry: Inquiry) -> Kept:
    return Kept(request, f"inquiry-call-{inquiry.public_id}")


def _onward(request: Request, inquiry: Inquiry, name: str) -> str:
    """A page of the admission, where it is mounted, the inquiry may lead there and the actor may admit."""
    if not inquiry.is_open or not may(request.actor, "inquiry.convert"):
        return ""
    return _address(name, inquiry)


def _later(request: Request, inquiry: Inquiry) -> dict[str, str]:
    """Ways to pages of a later room, where they are mounted: the list of those who wait, and the hand-on elsewhere."""
    if not may(request.actor, "waiting.work", inquiry):
        return {}
    waits = inquiry.is_open and inquiry.is_about_themself
    return {
        "wait_url": _address("admission:wait", inquiry) if waits else "",
        "hand_on_url": "" if inquiry.status in (CONVERTED, MERGED) else _address("admission:hand_on", inquiry),
    }


def _address(name: str, inquiry: Inquiry) -> str:
    try:
        return reverse(name, kwargs={"public_id": inquiry.public_id})
    except NoReverseMatch:
        return ""


@require_POST
@page("inquiry.work")
def claim(request: Request, public_id: str) -> HttpResponse:
    inquiry = _find(request, public_id)
    return _act(request, inquiry, actions.claim, take_over=request.POST.get("take_over") == "yes")


@require_POST
@page("inquiry.work", opens="inquiry")
def attempt(request: Request, public_id: str) -> HttpResponse:
    inquiry = _find(request, public_id)
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return _show(request, inquiry, attempt=form)
    try:
        actions.log_attempt(by=request.actor, inquiry=inquiry, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, _find(request, public_id), attempt=form)
    _kept(request, inquiry).forget()
    messages.success(request, _("Written down."))
    return redirect("inquiry:one", public_id=public_id)


@require_POST
@page("inquiry.work", opens="inquiry")
def close(request: Request, public_id: str) -> HttpResponse:
    inquiry = _find(request, public_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _show(request, inquiry, close=form)
    return _act(request, inquiry, actions.close, reason=form.cleaned_data["reason"])


@require_POST
@page("inquiry.work")
def reopen(request: Request, public_id: str) -> HttpResponse:
    return _act(request, _find(request, public_id), actions.reopen)


@require_POST
@page("inquiry.work")
def join(request: Request, public_id: str) -> HttpResponse:
    """The inquiry of this page goes on; the one that was named is the same person."""
    inquiry = _find(request, public_id)
    other = _find(request, typed(request, "other"))
    try:
        actions.mark_duplicate(by=request.actor, inquiry=other, same_as=inquiry)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("inquiry:one", public_id=public_id)


@require_safe
@page("inquiry.funnel")
def show_funnel(request: Request) -> HttpResponse:
    weeks = request.GET.get("weeks", "")
    length = int(weeks) if weeks in {str(number) for number in way.LENGTHS} else way.LENGTHS[1]
    now = clock.now()
    walks = queries.walks(now - timedelta(weeks=length), now)
    stages = rules.funnel(list(walks.values()), funnel.stages())
    return render(request, "inquiry/staff/funnel.html", way.context(stages, length))


def _act(request: Request, inquiry: Inquiry, act: Any, **values: Any) -> HttpResponse:
    try:
        act(by=request.actor, inquiry=inquiry, **values)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("inquiry:one", public_id=inquiry.public_id)


def _find(request: Request, public_id: str) -> Inquiry:
    return find_or_404(request.actor, "inquiry.work", queries.inquiries(), _plain(public_id))


def _plain(text: str) -> str:
    """PostgreSQL knows no text with a null character in it: nothing is called so."""
    return text.replace("\x00", "")


def _me(request: Request) -> StaffMember | None:
    account_id = request.actor.account_id
    return StaffMember.objects.filter(account_id=account_id).first() if account_id is not None else None


urlpatterns = [
    path("", board, name="board"),
    path("new/", take, name="take"),
    path("funnel/", show_funnel, name="funnel"),
    path("<str:public_id>/", one, name="one"),
    path("<str:public_id>/claim/", claim, name="claim"),
    path("<str:public_id>/attempts/", attempt, name="attempt"),
    path("<str:public_id>/close/", close, name="close"),
    path("<str:public_id>/reopen/", reopen, name="reopen"),
    path("<str:public_id>/join/", join, name="join"),
]
