from django.urls import URLPattern, URLResolver, include, path

from trellis.people.accounts.pages import library, own, public, room_pin

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own.urlpatterns + public.urlpatterns + room_pin.urlpatterns, "accounts"))),
    path("", include(library.urlpatterns)),
]
