from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted

Next = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("trellis.request")


class RequestId:
    """Each request has an id: in the log, in the audit event and on the page that says something went wrong."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = get_random_string(12)  # type: ignore[attr-defined]
        request.actor = Actor(request_id=request.request_id, address=address_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        match = request.resolver_match
        log.info(
            "request",
            request_id=request.request_id,  # type: ignore[attr-defined]
            method=request.method,
            view=match.view_name if match else "",  # the name, never the path: paths carry ids
            status=response.status_code,
            actor=request.actor.name,  # type: ignore[attr-defined]
        )
        return response


class PagesSayWhoMayOpen:
    """A page that does not say who may open it is not opened; a refusal by the table becomes the 403 page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if getattr(view, "access", None) is None:
            raise PermissionDenied("the page does not say who may open it")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, NotPermitted):
            raise PermissionDenied(str(exception)) from exception


def address_of(request: HttpRequest) -> str | None:
    """None where a server in front sends something else than an address: the database would not take it."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
