"""Mounts what administrators open about keeping and deleting."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.operations import pages

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages.urlpatterns, "retention")))]
