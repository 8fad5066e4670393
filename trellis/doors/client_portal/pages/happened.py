"""What happened to somebody's record, in the words of the letter that they were sent."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import found_or_404, opened, page
from trellis.foundation.access.requests import Request
from trellis.people.breaches import queries
from trellis.people.breaches.models import Letter
from trellis.people.clients.kept_out.subjects import subjects_of
from trellis.people.clients.models import Client


def letters_of(client: Client) -> list[Letter]:
    """Under every name that they had here: whoever asked first and came later is told the same."""
    return list(queries.letters_to(subjects_of(client)))


@require_safe
@page("my.rights", opens="client")
def happened(request: Request, public_id: str) -> HttpResponseBase:
    client = own_record(request, "my.rights")
    mine = [] if client is None else letters_of(client)
    letter = next((one for one in mine if one.public_id == public_id), None)
    found_or_404(request.actor, "my.rights", client if letter else None)
    assert client is not None
    assert letter is not None
    opened(request, client)
    return render(request, "client_portal/happened.html", {
        "letter": letter, "words": queries.opened_text(letter.words_sealed), **contact(),
    })  # fmt: skip


urlpatterns = [path("rights/happened/<slug:public_id>/", happened, name="happened")]
