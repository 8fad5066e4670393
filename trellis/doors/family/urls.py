"""Mounts what loved ones open."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.family import acting, pages

urlpatterns: list[URLPattern | URLResolver] = [path("", include((pages.urlpatterns + acting.urlpatterns, "family")))]
