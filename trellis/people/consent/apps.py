from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "trellis.people.consent"
    label = "consent"
