"""The running URLconf with every door mounted, the demo's too; and each address in it by name."""

import re
from dataclasses import dataclass

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tests.architecture.checks.addresses import addresses
from trellis.config.urls import handler400, handler403, handler404, handler429, handler500
from trellis.config.urls import urlpatterns as house

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

_demo = i18n_patterns(path("demo/", include("trellis.doors.demo.urls")), prefix_default_language=False)
urlpatterns = [*house, *_demo]


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]
    verb: str | None


def every_address() -> list[Address]:
    found = {
        name: Address(name, tuple(ARGUMENT.findall(route)), getattr(getattr(view, "access", None), "verb", None))
        for route, name, view in addresses(urlpatterns)
    }
    return list(found.values())
