"""From an inquiry, or from none, to the first session on one page: who, why, who decides, which track, which day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.record.texts import say
from trellis.journey.admission.actions import HAS_DIED
from trellis.journey.admission.assessing import queries as assessing
from trellis.journey.admission.forms import SOMEBODY_NEW, AdmitForm, typed_person
from trellis.journey.admission.knowing import behind, came_with, known_to
from trellis.journey.admission.levels.admitting import decided
from trellis.journey.admission.queries import just_admitted
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule import queries
from trellis.journey.schedule.actions.enroll import BARS, bar_of
from trellis.journey.schedule.actions.start import start_in_track
from trellis.journey.schedule.week_words import session_card
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.pages.own import draft_url
from trellis.people.accounts.queries import draft_for
from trellis.people.clients import panels
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients, open_episode
from trellis.people.consent.deaths import has_died

PATHWAYS = [
    ("", gettext_lazy("They have not chosen yet: the secular group until they do")),
    ("twelve_step", gettext_lazy("Twelve-step study")),
    ("secular", gettext_lazy("Secular recovery study")),
]


class StartForm(AdmitForm):
    track = forms.ChoiceField(label=gettext_lazy("Track"), widget=forms.RadioSelect)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    pathway = forms.ChoiceField(
        label=gettext_lazy("Which study group"), choices=PATHWAYS, widget=forms.RadioSelect, required=False
    )
    in_spite_of_full = forms.CharField(
        label=gettext_lazy("If the track is full: why they join all the same"), max_length=200, required=False
    )

    def __init__(self, *args: Any, places: list[queries.TrackPlaces], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracks = {one.track.key: one.track for one in places}
        spoken = str(self.initial.get("language", ""))
        ordered = sorted(places, key=lambda one: spoken not in one.track.languages)
        self._choices("track", [(one.track.key, track_words(one)) for one in ordered])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, admitted = cleaned.get("starts_on"), cleaned.get("admitted_on")
        if first and admitted and first < admitted:
            self.add_error("starts_on", _("The first day cannot lie before the admission."))
        if first and self.born and cleaned.get("track"):
            self._check_track(cleaned["track"], first)
        return cleaned

    def _check_track(self, key: str, first: date) -> None:
        """The action refuses the same; here it stands beside the field."""
        if barred := bar_of(key, first, self.born, self.paid_by):
            self.add_error("track", str(BARS[barred]))


def track_words(one: queries.TrackPlaces) -> SafeString:
    places = _("%(free)d of %(all)d places free") % {"free": one.places.free, "all": one.places.capacity}
    if one.places.full:
        places = _("full, %(waiting)d waiting") % {"waiting": one.waiting}
    return format_html("<strong>{}</strong> · {}<br>{}", say(one.track.names), places, say(one.track.summary))


@dataclass(frozen=True)
class Origin:
    """Where somebody comes from: an inquiry, an earlier stay under the same record, or neither."""

    inquiry: Inquiry | None = None
    returning: Client | None = None

    @property
    def draft(self) -> str:
        came = self.inquiry or self.returning
        return f"start:{came.public_id if came else 'new'}"

    @property
    def given(self) -> dict[str, Any]:
        """What we know already; nobody types it again."""
        if self.returning:
            return {"known": self.returning.public_id}
        return {"known": SOMEBODY_NEW, **(came_with(self.inquiry) if self.inquiry else {"language": "en"})}


@page("schedule.start", opens="inquiry")
def start(request: Request, public_id: str) -> HttpResponseBase:
    inquiry = find_or_404(request.actor, "inquiry.convert", inquiries.inquiries(), public_id)
    if not inquiry.is_open:
        return _went_on(request, inquiry)
    return _page(request, Origin(inquiry, behind(inquiry)))


@page("schedule.start", opens="client")
def start_new(request: Request) -> HttpResponseBase:
    """Somebody who walks in, or whom a court or another program sends: no inquiry goes before."""
    if request.method == "POST" and request.POST.get("known", SOMEBODY_NEW) == SOMEBODY_NEW:
        typed, _legal = typed_person(request.POST)
        before = just_admitted(typed.name, typed.born_on, clock.now(), clients_kept_from(request.actor))
        if before is not None:
            return _admitted_already(request, before)
    return _page(request, Origin())


@page("schedule.start", opens="client")
def again(request: Request, public_id: str) -> HttpResponseBase:
    """Somebody who was here before: a new stay under the same record."""
    client = find_or_404(request.actor, "schedule.start", clients(), public_id)
    if open_episode(client) is not None:
        messages.info(request, _("They are in the program already."))
        return redirect("clients:client", client.public_id)
    if has_died(client):
        messages.warning(request, HAS_DIED)
        return redirect("clients:client", client.public_id)
    begun = assessing.open_assessment_of(client)
    return _page(request, Origin(begun.inquiry if begun else None, client))


def _page(request: Request, origin: Origin) -> HttpResponseBase:
    level = program.current().program.level_of_care
    decision = decided(request.actor, origin.returning, level)
    form = _form(request, origin, clock.today(program.zone()), decision.reason)
    if request.method == "POST" and form.is_valid():
        try:
            return _started(request, origin, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    if not form.people and not origin.inquiry:
        opened_nobody(request)
    opened(request, *filter(None, [origin.inquiry]), form.people.values())
    return render(request, "schedule/start.html", {
        "form": form, "inquiry": origin.inquiry, "returning": origin.returning,
        "level": level, "decision": decision,
        "asked_for_another": bool(origin.inquiry and not origin.inquiry.is_about_themself),
        "draft": origin.draft, "draft_url": draft_url(origin.draft),
    })  # fmt: skip


def _form(request: Request, origin: Origin, today: date, reason: str) -> StartForm:
    given = {"admitted_on": today, "starts_on": today, "pathway": "", "reason": reason, **origin.given}
    return StartForm(
        request.POST or None,
        initial=_typed_before(request, origin.draft) or given,
        blueprint=program.current(),
        known=[origin.returning] if origin.returning else known_to(request.actor, origin.inquiry, request.POST),
        places=queries.track_places(today),
    )


def _typed_before(request: Request, draft: str) -> dict[str, Any]:
    """What somebody typed here and did not send."""
    assert request.actor.account_id is not None  # whoever came this far is signed in
    kept = draft_for(request.actor.account_id, draft)
    return {name: values[-1] for name, values in kept.items() if values}


def _started(request: Request, origin: Origin, form: StartForm) -> HttpResponseBase:
    chosen = form.cleaned_data
    started = start_in_track(
        by=request.actor, inquiry=origin.inquiry, level=program.current().program.level_of_care,
        track=form.tracks[chosen["track"]], starts_on=chosen["starts_on"], pathway=chosen["pathway"],
        in_spite_of_full=chosen["in_spite_of_full"], **form.admission(),
    )  # fmt: skip
    accounts.clear_draft(by=request.actor, form=origin.draft)
    return redirect("admission:started", started.client.public_id)


def _went_on(request: Request, inquiry: Inquiry) -> HttpResponseBase:
    """Sent twice, or by two people: the one result, and a sentence."""
    client = clients().filter(episodes__admission__inquiry=inquiry).first()
    if client is None:
        messages.info(request, _("This inquiry has ended. Open it again before you admit somebody."))
        return redirect("inquiry:one", inquiry.public_id)
    return _admitted_already(request, client)


def _admitted_already(request: Request, client: Client) -> HttpResponseBase:
    messages.info(request, _("They were admitted already."))
    return redirect("admission:started", client.public_id)


@page("schedule.start", opens="client")
def started(request: Request, public_id: str) -> HttpResponseBase:
    """What comes next for somebody who was just admitted: the first session, and a way to see it on their phone."""
    client = find_or_404(request.actor, "client.read", clients(), public_id)
    opened(request, client)
    first = queries.next_session(client, clock.now())
    held = queries.holds([first.pk]).get(first.pk) if first else None
    return render(request, "schedule/started.html", {
        "client": client,
        "first": session_card(first, held, clock.now(), program.zone()) if first else None,
        "panels": [panel for panel in panels.shown(request, client) if panel.key == "sign_in"],
    })  # fmt: skip


urlpatterns = [
    path("admit/", start_new, name="admit_new"),
    path("admit/<slug:public_id>/", start, name="admit"),
    path("clients/<slug:public_id>/start/", again, name="again"),
    path("admitted/<slug:public_id>/", started, name="started"),
]
