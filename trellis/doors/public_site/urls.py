"""The public site, asking for help, finding a meeting, and the notice of privacy practices."""

from django.urls import include, path

from trellis.doors.public_site import pages

urlpatterns = [
    path("help/", include("trellis.journey.inquiry.pages.public")),
    path("meetings/", include("trellis.foundation.places.pages.public")),
    path("privacy/", include("trellis.people.rights.pages.public")),
    path("", include((pages.urlpatterns, "site"))),
]
