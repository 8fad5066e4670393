from django.db import models

from trellis.foundation.record.ids import new_public_id


class DemoMark(models.Model):
    """This database is a demo: nobody in it is real. A database without this row never becomes one."""

    token = models.CharField(max_length=16, default=new_public_id)  # the file of sign-ins beside it bears the same
    seed = models.BigIntegerField()
    clients = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    bulk = models.BooleanField(default=False)
    built_at = models.DateTimeField()  # by the wall's clock
