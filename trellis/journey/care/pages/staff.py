"""One's own notes about a client, kept apart: the list, a new one, and one note with everything it said."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.care import actions, queries
from trellis.journey.care.forms import AgainForm, NoteForm
from trellis.journey.care.rules import SOURCE
from trellis.people.clients.queries import clients


@require_http_methods(["GET", "HEAD", "POST"])
@page("notes.list_own", opens="client")
def notes(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "notes.list_own", clients(), public_id)
    may_keep = may(request.actor, "notes.keep", client)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, initial={"on": clock.today(program.zone())})
    if form.is_valid():
        try:
            note = actions.keep_note(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept apart and sealed. You alone read it."))
            return redirect("care:note", note.public_id)
    opened(request, client)
    return render(request, "care/notes.html", {
        "client": client, "notes": queries.own(request.actor, client), "form": form if may_keep else None,
        "source": SOURCE,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("notes.read", opens="client")
def note(request: Request, public_id: str) -> HttpResponseBase:
    """Everything it ever said, the newest first; written again it stands beside."""
    row = find_or_404(request.actor, "notes.read", queries.notes(), public_id)
    (known,) = queries.opened_notes(queries.notes().filter(pk=row.pk))
    form = AgainForm(request.POST if request.method == "POST" else None, initial={"words": known.newest.words})
    if form.is_valid():
        try:
            actions.write_again(by=request.actor, note=row, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, _("Written beside what stood there. Both stay."))
            return redirect("care:note", row.public_id)
    opened(request, row)
    return render(request, "care/note.html", {
        "client": row.client, "note": known, "form": form, "source": SOURCE,
    })  # fmt: skip


urlpatterns = [
    path("clients/<slug:public_id>/notes-apart/", notes, name="notes"),
    path("notes-apart/<slug:public_id>/", note, name="note"),
]
