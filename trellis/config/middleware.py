import errno
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from trellis.config import errors

Next = Callable[[HttpRequest], HttpResponseBase]
PERMISSIONS = "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"


class Headers:
    """Outermost, so that pages of error carry them too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noai" if _is_public(request) else "noindex, noai"
        if not _is_public(request) and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


METHODS = ("GET", "HEAD", "POST")


class KnownMethods:
    """No page answers to another method, whatever it does with those it knows: TRACE, say, would be taken as GET."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)


class StorageFull:
    """The disk or the database's file is full: say so plainly; reads go on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return errors.storage_full(request) if _is_full(exception) else None


def _is_full(fault: Exception) -> bool:
    if isinstance(fault, OSError):  # a document
        return fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
    if not isinstance(fault, DatabaseError):
        return False
    code = getattr(fault.__cause__, "sqlite_errorname", "") or getattr(fault.__cause__, "sqlstate", "")
    return code in {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "53100"}


def _is_public(request: HttpRequest) -> bool:
    match: Any = getattr(request, "resolver_match", None)
    access = getattr(match.func, "access", None) if match else None
    return access is not None and access.verb is None
