"""Mounts what clients open."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.client_portal.pages import (
    arriving,
    contact,
    contact_after,
    follow_up,
    happened,
    help_now,
    helpers,
    hours,
    kept_out,
    leaving,
    letters,
    looked,
    meetings,
    over_time,
    own_copy,
    plan,
    questions,
    rights,
    sessions,
    sharing,
    story,
    today,
    watched,
    week,
)

PAGES = (
    today,
    week,
    hours,
    over_time,
    questions,
    story,
    contact,
    arriving,
    meetings,
    leaving,
    letters,
    sharing,
    rights,
    happened,
    own_copy,
    looked,
    watched,
    kept_out,
    helpers,
    sessions,
    help_now,
    plan,
    follow_up,
    contact_after,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "",
        include(([pattern for page in PAGES for pattern in page.urlpatterns], "my")),
    ),
]
