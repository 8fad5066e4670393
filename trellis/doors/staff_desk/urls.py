"""Mounts what people at work open. Each room's pages keep the room's own namespace."""

from django.urls import URLPattern, URLResolver, include, path

from trellis.doors.staff_desk.pages import home, program_today, set_aside, sign_in, standing_out
from trellis.foundation.places.pages import staff as meeting_lists
from trellis.journey.admission.pages import arriving, assessing, diagnoses, history, level, one_person, waiting
from trellis.journey.care.pages import over_time
from trellis.journey.care.pages import staff as care
from trellis.journey.continuity.pages import advice, aftercare, finish, follow_ups, leaving, letters
from trellis.journey.inquiry.pages import referrals
from trellis.journey.inquiry.pages import staff as inquiry
from trellis.journey.measures.pages import alerts, tablet
from trellis.journey.measures.pages import staff as measures
from trellis.journey.recovery.pages import staff as recovery
from trellis.journey.schedule.pages import client_week, start
from trellis.journey.schedule.pages import staff as schedule
from trellis.people.breaches.pages import log as breach_log
from trellis.people.breaches.pages import people as breach_people
from trellis.people.breaches.pages import staff as breaches
from trellis.people.clients.pages import emergency, kept_out, watched
from trellis.people.clients.pages import staff as clients
from trellis.people.consent.pages import outside, papers, passed_on
from trellis.people.consent.pages import staff as consent
from trellis.people.proxies.pages import staff as proxies
from trellis.people.rights.pages import requests as rights_requests
from trellis.people.rights.pages import staff as rights
from trellis.people.staff.pages import licenses, staff

_own = [
    *home.urlpatterns,
    *program_today.urlpatterns,
    *sign_in.urlpatterns,
    *standing_out.urlpatterns,
    *set_aside.urlpatterns,
]
_consent = consent.urlpatterns + outside.urlpatterns + papers.urlpatterns + passed_on.urlpatterns
# What has a word of its own stands before whoever is called by an id.
_clients = emergency.urlpatterns + watched.urlpatterns + clients.urlpatterns + kept_out.urlpatterns
_admission = [
    pattern
    for page in (one_person, assessing, arriving, waiting, level, history, diagnoses, start, finish)
    for pattern in page.urlpatterns
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_own, "staff_desk"))),
    path("", include((_clients, "clients"))),
    path("", include((_consent, "consent"))),
    path("", include((proxies.urlpatterns, "proxies"))),
    path("", include((rights.urlpatterns + rights_requests.urlpatterns, "rights"))),
    path("", include((breach_log.urlpatterns + breaches.urlpatterns + breach_people.urlpatterns, "breaches"))),
    path("", include((_admission, "admission"))),
    path("", include((licenses.urlpatterns + staff.urlpatterns, "staff"))),
    path("", include((client_week.urlpatterns, "week"))),
    path("", include((schedule.urlpatterns, "schedule"))),
    path("", include((alerts.urlpatterns, "alerts"))),
    path("", include((care.urlpatterns + over_time.urlpatterns, "care"))),
    path("", include((advice.urlpatterns, "advice"))),
    path("", include((aftercare.urlpatterns + follow_ups.urlpatterns, "aftercare"))),
    path("", include((recovery.urlpatterns, "recovery"))),
    path("", include((referrals.urlpatterns, "referrals"))),
    path("", include((measures.urlpatterns, "measures"))),
    path("", include((leaving.urlpatterns + letters.urlpatterns, "leaving"))),
    path("", include((tablet.urlpatterns, "tablet"))),
    path("inquiries/", include((inquiry.urlpatterns, "inquiry"))),
    path("meetings/", include((meeting_lists.urlpatterns, "meeting_lists"))),
]
