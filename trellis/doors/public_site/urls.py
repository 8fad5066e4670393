"""The public site, asking for help, and finding a meeting."""

from django.urls import include, path

from trellis.doors.public_site import pages

urlpatterns = [
    path("help/", include("trellis.journey.inquiry.pages.public")),
    path("meetings/", include("trellis.foundation.places.pages.public")),
    path("", include((pages.urlpatterns, "site"))),
]
