from django.urls import URLPattern, URLResolver, include, path

from trellis.people.accounts.pages import library, own, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own.urlpatterns + public.urlpatterns, "accounts"))),
    path("", include(library.urlpatterns)),
]
