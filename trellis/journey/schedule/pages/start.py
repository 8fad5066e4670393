"""From an inquiry to the first session on one page: who, why, who decides, which track, from which day."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.record.texts import say
from trellis.journey.admission.forms import SOMEBODY_NEW, AdmitForm, from_inquiry
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.inquiry.models import ForWhom, Inquiry
from trellis.journey.schedule import queries
from trellis.journey.schedule.actions.enroll import BARS, bar_of
from trellis.journey.schedule.actions.start import start_in_track
from trellis.journey.schedule.week_words import session_card
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.pages.own import draft_url
from trellis.people.accounts.queries import draft_for
from trellis.people.clients import panels
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients, find_clients, sees_everybody

PATHWAYS = [
    ("", gettext_lazy("They have not chosen yet: the secular group until they do")),
    ("twelve_step", gettext_lazy("Twelve-step study")),
    ("secular", gettext_lazy("Secular recovery study")),
]
MOST_KNOWN = 3


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


def track_words(one: queries.TrackPlaces) -> str:
    places = _("%(free)d of %(all)d places free") % {"free": one.places.free, "all": one.places.capacity}
    if one.places.full:
        places = _("full, %(waiting)d waiting") % {"waiting": one.waiting}
    return f"{say(one.track.names)} · {places}. {say(one.track.summary)}"


@page("schedule.start", opens="inquiry")
def start(request: Request, public_id: str) -> HttpResponseBase:
    inquiry = find_or_404(request.actor, "inquiry.convert", inquiries.inquiries(), public_id)
    if not inquiry.is_open:
        return _went_on(request, inquiry)
    form = _form(request, inquiry, clock.today(program.zone()))
    if request.method == "POST" and form.is_valid():
        try:
            return _started(request, inquiry, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, inquiry, form.people.values())
    return render(request, "schedule/start.html", {
        "form": form, "inquiry": inquiry, "level": program.current().program.level_of_care,
        "asked_for_another": inquiry.for_whom != ForWhom.SELF,
        "draft": _draft_key(inquiry), "draft_url": draft_url(_draft_key(inquiry)),
    })  # fmt: skip


def _form(request: Request, inquiry: Inquiry, today: date) -> StartForm:
    return StartForm(
        request.POST or None,
        initial=_typed_before(request, inquiry)
        or {"known": SOMEBODY_NEW, "admitted_on": today, "starts_on": today, "pathway": "", **from_inquiry(inquiry)},
        blueprint=program.current(),
        known=_known(request, inquiry),
        places=queries.track_places(today),
    )


def _known(request: Request, inquiry: Inquiry) -> list[Client]:
    """People of this name who were here before."""
    if inquiry.for_whom != ForWhom.SELF or not inquiry.name or not sees_everybody(request.actor):
        return []
    found = find_clients(inquiry.name)
    here = [client for client in found.clients if client.pk not in found.present]
    return [] if found.guessed else here[:MOST_KNOWN]


def _typed_before(request: Request, inquiry: Inquiry) -> dict[str, Any]:
    """What somebody typed here and did not send."""
    assert request.actor.account_id is not None  # whoever came this far is signed in
    kept = draft_for(request.actor.account_id, _draft_key(inquiry))
    return {name: values[-1] for name, values in kept.items() if values}


def _draft_key(inquiry: Inquiry) -> str:
    return f"start:{inquiry.public_id}"


def _started(request: Request, inquiry: Inquiry, form: StartForm) -> HttpResponseBase:
    chosen = form.cleaned_data
    started = start_in_track(
        by=request.actor, inquiry=inquiry, level=program.current().program.level_of_care,
        track=form.tracks[chosen["track"]], starts_on=chosen["starts_on"], pathway=chosen["pathway"],
        in_spite_of_full=chosen["in_spite_of_full"], **form.admission(),
    )  # fmt: skip
    accounts.clear_draft(by=request.actor, form=_draft_key(inquiry))
    return redirect("admission:started", started.client.public_id)


def _went_on(request: Request, inquiry: Inquiry) -> HttpResponseBase:
    """Sent twice, or by two people: the one result, and a sentence."""
    client = clients().filter(admissions__inquiry=inquiry).first()
    if client is None:
        messages.info(request, _("This inquiry has ended. Open it again before you admit somebody."))
        return redirect("inquiry:one", inquiry.public_id)
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
    path("admit/<slug:public_id>/", start, name="admit"),
    path("admitted/<slug:public_id>/", started, name="started"),
]
