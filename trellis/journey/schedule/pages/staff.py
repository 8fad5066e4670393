"""Every page of the week for people at work; the staff door mounts them."""

from django.urls import URLPattern

from trellis.journey.schedule.pages import clients, day, ledger, plan, room, session, sessions

urlpatterns: list[URLPattern] = [
    *sessions.urlpatterns,
    *session.urlpatterns,
    *room.urlpatterns,
    *day.urlpatterns,
    *clients.urlpatterns,
    *ledger.urlpatterns,
    *plan.urlpatterns,
]
