"""The pages for what goes wrong, in the look; they need no database."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from trellis.ui.context import shell


def _page(request: HttpRequest, status: int, template: str, **context: Any) -> HttpResponse:
    # Without the request: its context processors would ask the database who is here.
    page = render_to_string(f"ui/errors/{template}.html", {**shell(request), **context})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "400")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "403", sentence=str(exception))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "403_csrf")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "404")


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, 429, "429")


def fault(request: HttpRequest) -> HttpResponse:
    return _page(request, 500, "500", request_id=getattr(request, "request_id", ""))


def storage_full(request: HttpRequest) -> HttpResponse:
    return _page(request, 507, "507")
