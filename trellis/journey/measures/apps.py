from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "trellis.journey.measures"
    label = "measures"
