"""Lists of mutual-help meetings as others publish them: facts about places and hours, never about a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel

#: a field called `list` hides it
EMPTY = list


class Format(models.TextChoices):
    MEETING_GUIDE = "meeting-guide", "Meeting Guide"
    BMLT = "bmlt", "BMLT"


class MeetingList(PublicModel):
    """One list of one publisher, read again and again under the same name."""

    subject_kind = "meeting_list"

    name = models.CharField(max_length=120, unique=True)  # how the command knows it: orange-county
    title = models.CharField(max_length=200)  # what people read; begins as the name, staff may change it
    kind = models.CharField(max_length=60, blank=True)  # the fellowship or group as staff write it
    secular = models.BooleanField(default=False)
    for_families = models.BooleanField(default=False)
    source = models.CharField(max_length=2000, blank=True)  # the file or address it was read from last
    format = models.CharField(max_length=20, choices=Format, blank=True)
    switched_on = models.BooleanField(default=True)

    #: the worker reads it again by itself: its source is an address
    refresh = models.BooleanField(default=False)
    etag = models.CharField(max_length=400, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # when it was last looked at, changed or not
    changed_at = models.DateTimeField(null=True, blank=True)
    next_read_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row; none since the last good reading
    fault = models.CharField(max_length=40, blank=True)  # the machine's word for the last failure

    class Meta:
        verbose_name = _("list of meetings")
        verbose_name_plural = _("lists of meetings")
        indexes = [models.Index(fields=["next_read_at"], condition=Q(refresh=True), name="meeting_list_due")]


class Decision(models.TextChoices):
    RELEASED = "released", _("Released")
    DROPPED = "dropped", _("Dropped")


class Reading(models.Model):
    """What one reading of a list brought. Held: the list shrank by more than half, and a person decides."""

    list = models.ForeignKey(MeetingList, on_delete=models.PROTECT, related_name="readings")
    read_at = models.DateTimeField()
    format = models.CharField(max_length=20, choices=Format, blank=True)
    # rows of the source: read = kept + skipped
    read = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    # meetings
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    #: the first thousand, as the contract writes them: row, id, field, value, problem, kept
    problems = models.JSONField(default=EMPTY)
    problem_count = models.PositiveIntegerField(default=0)
    #: what stands in the record now was read from these bytes, and gave this (packed); on one reading of a list
    stamp = models.CharField(max_length=32, blank=True)
    report = models.BinaryField(null=True, blank=True)

    held = models.BooleanField(default=False)
    body = models.BinaryField(null=True, blank=True)  # what was read, packed; only while it is held
    formats_body = models.BinaryField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)  # account:7
    decision = models.CharField(max_length=10, choices=Decision, blank=True)

    class Meta:
        indexes = [models.Index(fields=["list", "-read_at"], name="reading_of_list")]
        constraints = [
            models.UniqueConstraint(fields=["list"], condition=Q(held=True), name="reading_held_once_a_list"),
            models.CheckConstraint(
                name="reading_keeps_a_body_only_while_held", condition=Q(held=True) | Q(body__isnull=True)
            ),
        ]


class Attendance(models.TextChoices):
    """How one comes to a meeting."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Meeting(PublicModel):
    """One meeting a week, at one day and time, or by appointment without either. Ended ones stay: links lead there."""

    subject_kind = "meeting"

    list = models.ForeignKey(MeetingList, on_delete=models.PROTECT, related_name="meetings")
    source_id = models.CharField(max_length=200, blank=True)
    #: source id, day, time and a running number of its doubles, as one short text: what the meeting is known by
    identity = models.CharField(max_length=32)
    row_key = models.CharField(max_length=32, blank=True)  # of its row in the source, which may stand for several days
    day = models.PositiveSmallIntegerField(null=True, blank=True)  # 0 = Sunday … 6
    time = models.TimeField(null=True, blank=True)  # on the wall of the place, whatever the season
    end_time = models.TimeField(null=True, blank=True)  # smaller than `time`: past midnight
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)  # America/Los_Angeles; empty: not known
    attendance = models.CharField(max_length=10, choices=Attendance)
    types = models.JSONField(default=EMPTY)
    languages = models.JSONField(default=EMPTY)  # en, es, zh-Hant
    name = models.CharField(max_length=250)
    location = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=250, blank=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=60, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    approximate = models.BooleanField(default=False)
    online_url = models.CharField(max_length=1000, blank=True)
    online_notes = models.CharField(max_length=1000, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    location_notes = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    temporarily_closed = models.BooleanField(default=False)  # its place is; it may go on online
    source_updated = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()  # when a reading first brought it as it is now
    ended_at = models.DateTimeField(null=True, blank=True)  # None: listed now

    # --- made from the above when it is written, for the finder -------------------------------------------------------
    week_minute = models.PositiveSmallIntegerField(null=True, blank=True)  # 0 … 10079 from Sunday 0:00, on its own wall
    search_name = models.CharField(max_length=250, blank=True)  # no accents, no capitals
    marks = models.TextField(blank=True)  # " C W LANG-es ": each between spaces
    placed = models.BooleanField(default=False)  # one can go there, and its coordinates can be trusted
    digest = models.CharField(max_length=32)  # of all that was read: the same means unchanged

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        # What the finder walks: stretches of the week in each zone, with what most searches narrow by beside them.
        indexes = [
            models.Index(
                fields=["time_zone", "week_minute", "list", "attendance", "placed", "latitude", "longitude"],
                condition=Q(ended_at__isnull=True), name="meeting_comes_next",
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["list", "identity"], name="meeting_known_once_a_list"),
            models.CheckConstraint(
                name="meeting_has_day_and_time_or_neither",
                condition=Q(day__isnull=True, time__isnull=True, week_minute__isnull=True)
                | Q(day__isnull=False, time__isnull=False, week_minute__isnull=False),
            ),
            models.CheckConstraint(name="meeting_day_is_of_a_week", condition=Q(day__isnull=True) | Q(day__lte=6)),
        ]


class Wrong(models.TextChoices):
    """What somebody found wrong."""

    NOT_THERE = "not_there", _("There is no meeting there")
    TIME = "time", _("The day or time is wrong")
    PLACE = "place", _("The place or the link is wrong")
    OTHER = "other", _("Something else")


class WrongReport(PublicModel):
    """Somebody says that a meeting is listed wrongly. Nothing is kept about who said so."""

    subject_kind = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    what = models.CharField(max_length=10, choices=Wrong)
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("report of a wrong meeting")
        verbose_name_plural = _("reports of wrong meetings")
        indexes = [models.Index(fields=["at"], condition=Q(handled_at__isnull=True), name="wrong_report_open")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """The meeting: a report is about nobody."""
        return (f"{self.subject_kind}:{self.meeting_id}",)
