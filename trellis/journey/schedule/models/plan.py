"""The plan of the week: tracks and series, as the blueprint has them."""

from django.db import models
from django.db.models import F, Q

from trellis.foundation.program.models import Room
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.texts import BilingualField
from trellis.people.staff.models import StaffMember


class Track(PublicModel):
    """The groups that one client joins together. Its texts follow the blueprint, whose versions keep what they were."""

    key = models.CharField(max_length=40, unique=True)
    names = BilingualField()
    summary = BilingualField()
    languages = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField()
    #: the hour alone with one's therapist that belongs to a full week, in minutes; 0: none
    individual_minutes = models.PositiveSmallIntegerField(default=0)
    individual_per_week = models.PositiveSmallIntegerField(default=0)
    individual_kind = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True, blank=True)


class Series(PublicModel):
    """The rule that makes sessions. A changed rule is a new row: past sessions keep the one they were held under."""

    key = models.CharField(max_length=60)
    names = BilingualField()
    kind = models.CharField(max_length=40)
    tracks = models.ManyToManyField(Track, related_name="series", blank=True)
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    start = models.TimeField()  # on the program's wall clock
    minutes = models.PositiveSmallIntegerField()  # on the clock, break included
    break_minutes = models.PositiveSmallIntegerField(default=0)
    break_after = models.PositiveSmallIntegerField(default=0)  # minutes from the start to the break
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="series")
    capacity = models.PositiveSmallIntegerField()
    #: of series that share a choice a client goes to one
    choice = models.CharField(max_length=40, blank=True)
    pathway = models.CharField(max_length=20, blank=True)  # twelve_step, secular
    languages = models.JSONField(default=list)
    facilitator_roles = models.JSONField(default=list)
    # how its minutes count, as the blueprint said when this row was made
    countable = models.BooleanField(default=True)
    group_min = models.PositiveSmallIntegerField(default=1)
    group_max = models.PositiveSmallIntegerField(default=100)
    below_counts_as = models.CharField(max_length=40, blank=True)  # a service kind; empty: does not count
    above_counts_as = models.CharField(max_length=40, blank=True)
    below_countable = models.BooleanField(default=False)
    above_countable = models.BooleanField(default=False)
    #: the individual hour of one client; not of the blueprint
    personal = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(until__isnull=True), name="one_live_row_of_a_series"),
            models.CheckConstraint(name="series_break_is_shorter", condition=Q(break_minutes__lt=F("minutes"))),
            models.CheckConstraint(name="series_weekday", condition=Q(weekday__lte=6)),
        ]


class SeriesFacilitator(models.Model):
    """Who usually leads a series, from a day on. What holds for one evening is the session's booking."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="facilitators")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="series")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
