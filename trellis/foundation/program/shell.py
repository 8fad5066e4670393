"""What every public page shows around its words; read from the blueprint, one statement a page."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trellis.foundation.program import queries as program
from trellis.ui import navigation

#: what fits into one line of the header; every other page is named in the footer
HEAD = ("week", "therapies", "families", "costs", "meetings")

View = Callable[..., HttpResponseBase]


def public_shell(current: str = "") -> dict[str, Any]:
    """Context of a page in the public shell. `current`: the key of its place in the navigation."""
    about = program.current().program
    links = navigation.links("public", allowed=lambda verb: True)
    head = [link for link in links if link.key in HEAD]
    place = f"{about.contact.city}, {about.contact.state} {about.contact.zip_code or ''}".strip()
    return {
        "program_name": str(about.names),
        "program_phone": about.contact.phone,
        "program_address": place,
        "home_url": reverse("site:home"),
        "nav_items": head,
        "more_items": [link for link in links if link not in head],
        "nav_current": current,
        "ask_url": reverse("help:ask"),
        "signin_url": reverse("account_login"),
    }


def needs_program(view: View) -> View:
    """Before the first blueprint is loaded there is nothing to say but where help is."""

    @functools.wraps(view)
    def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except program.NoBlueprint:
            return not_ready(request)

    return show


def not_ready(request: HttpRequest) -> HttpResponse:
    response = render(request, "program/not_ready.html", status=503)
    response["Retry-After"] = "600"
    return response
