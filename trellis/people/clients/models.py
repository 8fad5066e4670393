from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.accounts.models import Account, DatedLegalName, Named
from trellis.people.clients.states import MACHINE, OPEN
from trellis.people.staff.models import StaffMember


class Client(PublicModel, Named):
    subject_kind = "client"

    account = models.OneToOneField(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="client")
    born_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    #: folded, without accents; written by actions beside the words that a search starts from
    search_name = models.CharField(max_length=200, db_index=True)
    created_at = models.DateTimeField()
    # how to reach the person safely
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    may_leave_message = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    safe_times = models.CharField(max_length=400, blank=True)
    #: by which the client and whoever calls know each other (record.crypto)
    safe_word_sealed = SealedText(blank=True)
    #: key of the blueprint
    payer = models.CharField(max_length=40, blank=True)

    @property
    def safe_word(self) -> str:
        return crypto.unseal(self.safe_word_sealed) if self.safe_word_sealed else ""


class NameWord(models.Model):
    """A word that some name is made of. A search by part looks through these few, not through everybody."""

    word = models.CharField(max_length=80, unique=True)


class ClientWord(models.Model):
    """Which words a client's chosen name is made of."""

    word = models.ForeignKey(NameWord, on_delete=models.PROTECT, db_index=False, related_name="uses")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="name_words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "client"], name="a_name_has_a_word_once")]


class LegalName(DatedLegalName):
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="legal_names")

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Episode(PublicModel):
    """One admission to one level of care (FHIR EpisodeOfCare). A readmission is a new episode."""

    class CloseReason(models.TextChoices):
        COMPLETED = "completed", _("Finished the program")
        OTHER_LEVEL = "other_level", _("Went on at another level of care")
        MOVED = "moved", _("Moved away or changed program")
        CHOSE_TO_STOP = "chose_to_stop", _("Chose to stop")
        NO_CONTACT = "no_contact", _("We could not reach the person")
        HOSPITAL = "hospital", _("Hospital")
        CUSTODY = "custody", _("In custody")
        DIED = "died", _("Died")
        OTHER = "other", _("Another reason")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    level = models.CharField(max_length=10)  # "2.1"
    status = models.CharField(max_length=10, choices=MACHINE.choices, default=OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=30, choices=CloseReason, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "client"], name="episode_status_client")]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(status=OPEN), name="one_open_episode"),
            models.CheckConstraint(
                name="episode_ends_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="closed_episode_says_when_and_why",
                condition=Q(status=OPEN, closed_on__isnull=True, close_reason="")
                | (~Q(status=OPEN) & Q(closed_on__isnull=False) & ~Q(close_reason="")),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class EmergencyOpening(PublicModel):
    """Somebody who is not on the care team opened this record, for a while, and said why."""

    class Why(models.TextChoices):
        LIFE = "life", _("Somebody’s life may be in danger")
        MEDICAL = "medical", _("A medical emergency")
        TEAM_AWAY = "team_away", _("It cannot wait, and nobody of the care team can be reached")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="emergency_openings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why)
    words = models.CharField(max_length=400)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "client", "until"], name="emergency_of_somebody")]
        constraints = [
            models.CheckConstraint(name="emergency_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="emergency_says_why", condition=~Q(words="")),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class EmergencyReview(models.Model):
    """Whoever guards privacy here read why, and says whether it was right."""

    class Found(models.TextChoices):
        RIGHT = "right", _("It was right to open it")
        NOT_RIGHT = "not_right", _("It was not right to open it")

    opening = models.OneToOneField(EmergencyOpening, on_delete=models.PROTECT, related_name="review")
    found = models.CharField(max_length=10, choices=Found)
    words = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.opening.audit_subjects


class KeptOut(PublicModel):
    """Somebody who works here and does not see this record: the client asked for it, or they know each other.

    Ended, never deleted.
    """

    class Why(models.TextChoices):
        ASKED = "asked", _("The client asked for it")
        KNOWS = "knows", _("They know each other")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="kept_out")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    since = models.DateTimeField()
    by = models.CharField(max_length=80)
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "client"], condition=Q(until__isnull=True), name="kept_out_once_at_a_time"
            ),
            models.CheckConstraint(
                name="kept_out_ends_by_somebody",
                condition=Q(until__isnull=True, ended_by="") | (Q(until__gte=F("since")) & ~Q(ended_by="")),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Watch(PublicModel):
    """This record draws the curious: whoever is not its care team says first why they open it, and others read that.

    Never changes; a row beside it ends it.
    """

    class Why(models.TextChoices):
        WISH = "wish", _("The client asked for it")
        OURS = "ours", _("Those who guard privacy decided it")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="watches")
    why = models.CharField(max_length=4, choices=Why)
    #: a client says no reason for a wish
    reason_sealed = SealedText(blank=True)
    since = models.DateTimeField()
    #: open where nobody said a day
    until = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                name="watch_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(name="watch_of_ours_says_why", condition=Q(why="wish") | ~Q(reason_sealed="")),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def reason(self) -> str:
        return crypto.unseal(self.reason_sealed) if self.reason_sealed else ""


class WatchEnd(models.Model):
    watch = models.OneToOneField(Watch, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.watch.audit_subjects


class WatchedOpening(PublicModel):
    """Somebody who is not on the care team of a watched record said why they open it, for an hour."""

    class Why(models.TextChoices):
        CALL = "call", _("To answer a call")
        PLAN = "plan", _("To plan or correct")
        CHECK = "check", _("To check or bill")
        OTHER = "other", _("Something else")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="watched_openings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=5, choices=Why)
    words = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "client", "until"], name="watched_opening_of_somebody")]
        constraints = [
            models.CheckConstraint(name="watched_opening_ends_after_it_begins", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="something_else_has_words", condition=~Q(why="other", words="")),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class WatchedReview(models.Model):
    """Whoever guards privacy here, and did not open it, says whether it was right."""

    class Found(models.TextChoices):
        RIGHT = "right", _("It was right to open it")
        NOT_RIGHT = "not_right", _("It was not right to open it")

    opening = models.OneToOneField(WatchedOpening, on_delete=models.PROTECT, related_name="review")
    found = models.CharField(max_length=10, choices=Found)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.opening.audit_subjects


class CareAssignment(models.Model):
    """Whose caseload an episode is on, with dates."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="assignments")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "staff_member"], condition=Q(until__isnull=True), name="assigned_once_at_a_time"
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.episode.audit_subjects
