"""A document on its way to a browser: to be saved, never to be shown as a page of ours."""

from django.http import HttpResponse

from trellis.foundation.documents import queries
from trellis.foundation.documents.models import Document
from trellis.foundation.documents.rules import ENDING_OF, TYPE_OF, Kind


def attachment(document: Document, name: str) -> HttpResponse:
    """`name`: plain words of ours, without an ending. Raises shelf.Damaged."""
    kind = Kind(document.kind)
    response = HttpResponse(queries.read(document), content_type=TYPE_OF[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ENDING_OF[kind]}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
