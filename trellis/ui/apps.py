from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "trellis.ui"
    label = "ui"
