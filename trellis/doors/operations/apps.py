from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """For whoever keeps an installation running: setup, serve, doctor. It has no pages."""

    name = "trellis.doors.operations"
    label = "operations"
