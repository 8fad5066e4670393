"""Mounts what clients open."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.client_portal.pages import help_now, sessions, today, week

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "",
        include((today.urlpatterns + week.urlpatterns + sessions.urlpatterns + help_now.urlpatterns, "my")),
    ),
]
