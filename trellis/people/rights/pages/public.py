"""The notice of privacy practices, for everybody: as it holds now, and as it read before."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.foundation.access.pages import public
from trellis.foundation.access.requests import Request
from trellis.foundation.program.shell import needs_program, public_shell
from trellis.people.rights.models import NoticeVersion
from trellis.people.rights.notice import presenters, queries

app_name = "notice"


@require_safe
@public("the law asks for it on the website (45 CFR 164.520(c)(3))")
@needs_program
def read(request: Request) -> HttpResponseBase:
    return _show(request, queries.in_force(), in_force=True)


@require_safe
@public("what held before stays to be read")
@needs_program
def read_version(request: Request, number: int) -> HttpResponseBase:
    version = queries.version(number) if number < 2**31 else None
    if version is None:
        raise Http404
    return _show(request, version, in_force=version.number == queries.in_force().number)


def _show(request: Request, version: NoticeVersion, *, in_force: bool) -> HttpResponseBase:
    response = render(request, "rights/notice.html", {
        **public_shell("privacy"), "notice": presenters.notice(version), "in_force": in_force,
        "earlier": queries.earlier(version),
    })  # fmt: skip
    response["Cache-Control"] = "private, no-cache"
    return response


urlpatterns = [path("", read, name="read"), path("<int:number>/", read_version, name="version")]
