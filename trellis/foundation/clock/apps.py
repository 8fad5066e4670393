from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "trellis.foundation.clock"
    label = "clock"
