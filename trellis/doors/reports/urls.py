"""Mounts the measures of the program."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.reports import pages

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages.urlpatterns, "reports")))]
