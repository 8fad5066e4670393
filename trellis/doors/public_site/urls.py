"""The public site, and asking for help."""

from django.urls import include, path

from trellis.doors.public_site import pages

urlpatterns = [
    path("help/", include("trellis.journey.inquiry.pages.public")),
    path("", include((pages.urlpatterns, "site"))),
]
