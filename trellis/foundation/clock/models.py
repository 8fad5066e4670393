from django.db import models


class ClockShift(models.Model):
    """How far a demo's clock stands from the wall's. A real installation has no row."""

    seconds = models.BigIntegerField()
