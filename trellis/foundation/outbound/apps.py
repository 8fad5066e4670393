from django.apps import AppConfig


class OutboundConfig(AppConfig):
    name = "trellis.foundation.outbound"
    label = "outbound"
