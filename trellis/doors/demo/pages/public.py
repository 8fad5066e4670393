"""The demo door: who can sign in, what would be sent, what to try. Only where the database is marked a demo."""

import functools
import time
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trellis.doors.demo import presenters, sign_ins
from trellis.foundation.access.pages import public
from trellis.foundation.access.requests import Request
from trellis.foundation.messaging import queries as messages
from trellis.ui.navigation import NavLink

View = Callable[[Request], HttpResponse]
A_PAGE = 30
NAV: tuple[tuple[str, "Promise | str", str], ...] = (
    ("sign_ins", _("Who can sign in"), "key-round"),
    ("outbox", _("What it would send"), "mail"),
    ("try", _("What to try"), "list"),
)


def demo_page(view: View) -> Callable[..., HttpResponseBase]:
    """Open to everybody on this machine; where no demo stands, there is no such page."""

    @require_safe
    @public("demo door of a marked demo")
    @never_cache
    @functools.wraps(view)
    def open_page(request: Request) -> HttpResponse:
        try:
            return view(request)
        except sign_ins.NoDemo as fault:
            raise Http404 from fault

    return open_page


def _shown(request: Request, name: str, **context: Any) -> HttpResponse:
    links = [NavLink(key, label, reverse(f"demo:{key}"), icon) for key, label, icon in NAV]
    shell = {"nav_items": links, "nav_current": name, "home_url": reverse("demo:sign_ins")}
    return render(request, f"demo/{name}.html", {**shell, **context})


@demo_page
def who(request: Request) -> HttpResponse:
    return _shown(request, "sign_ins", **presenters.sign_ins_page(sign_ins.read(), time.time()))


@demo_page
def outbox(request: Request) -> HttpResponse:
    sign_ins.read()
    page = Paginator(messages.newest(), A_PAGE).get_page(request.GET.get("page"))
    return _shown(request, "outbox", page=page, letters=[presenters.letter(message) for message in page])


@demo_page
def what_to_try(request: Request) -> HttpResponse:
    return _shown(request, "try", steps=presenters.steps(sign_ins.read()))


urlpatterns = [
    path("", who, name="sign_ins"),
    path("outbox/", outbox, name="outbox"),
    path("try/", what_to_try, name="try"),
]
