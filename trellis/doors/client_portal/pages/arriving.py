"""The first days: what is next, what to bring, what somebody can still do now, and the orientation to sign."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.arriving import actions, presenters, queries
from trellis.journey.admission.arriving.blueprint import arriving
from trellis.journey.admission.arriving.forms import SignForm
from trellis.journey.admission.arriving.orientation import Orientation, orientation
from trellis.journey.admission.arriving.presenters import Step
from trellis.journey.admission.arriving.rules import By
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.week_words import session_card
from trellis.people.clients.models import Client
from trellis.people.consent.rules.words import Kind

#: what they can do by themselves now; everything else is done together
THEIRS = {By.NOTICE: "my:notice", By.MEASURE: "my:questions"}


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.arriving", opens="client")
def arrive(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.arriving")
    if client is None:
        return redirect("my:today")
    language, section = get_language() or "en", arriving()
    words = orientation(section, language) if section else Orientation(())
    form = SignForm(request.POST if request.method == "POST" else None, initial={"shown": words.sha256})
    if request.method == "POST" and form.is_valid() and _signed(request, client, form, language):
        return redirect("my:arriving")
    opened(request, client)
    today = queries.today()
    found = queries.arrival(client, today)
    lines = presenters.steps(section, found, today) if section else []
    return render(request, "client_portal/arriving.html", {
        "section": section, "found": found, "orientation": words, "form": form,
        "todo": [(line, way) for line in lines if not line.done and (way := _way(line))],
        "together": [line for line in lines if not line.done and not _way(line)],
        "done": [line for line in lines if line.done], **_next(client), **contact(),
    })  # fmt: skip


def _signed(request: Request, client: Client, form: SignForm, language: str) -> bool:
    try:
        actions.sign_orientation(
            by=request.actor, client=client, name=form.cleaned_data["name"], language=language,
            shown_sha256=form.cleaned_data["shown"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Thank you. It is signed."))
    return True


def _way(line: Step) -> str:
    if line.by == By.ORIENTATION:
        return "#orientation"
    if line.by == By.CONSENT:
        return {Kind.TPO: reverse("my:share_for_care"), Kind.SPECIFIC: reverse("my:share")}.get(Kind(line.of[0]), "")
    return reverse(THEIRS[By(line.by)]) if line.by in THEIRS else ""


def _next(client: Client) -> dict[str, Any]:
    now = clock.now()
    session = schedule.next_session(client, now)
    if session is None:
        return {"next": None}
    return {"next": session_card(session, schedule.holds([session.pk]).get(session.pk), now, program.zone())}


urlpatterns = [path("arriving/", arrive, name="arriving")]
