"""What was asked, what was answered, what it came to, and what was done where an answer worried us."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, Episode


class AboutClient(models.Model):
    """Rows about one client, named by `client_id`."""

    class Meta:
        abstract = True

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)  # type: ignore[attr-defined]


class Administration(AboutClient, PublicModel):
    """One instrument given to one client once (FHIR QuestionnaireResponse). Its answers are rows of their own."""

    class Way(models.TextChoices):
        PHONE = "phone", _("On the client’s own phone")
        TABLET = "tablet", _("On a tablet of ours")
        ALOUD = "aloud", _("Read aloud by staff")
        PAPER = "paper", _("On paper, typed in")

    class Occasion(models.TextChoices):
        INTAKE = "intake", _("At the beginning")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        STEP = "step", _("Before a step to another level of care")
        DISCHARGE = "discharge", _("At the end")
        FOLLOW_UP = "follow_up", _("After the end")
        ASKED = "asked", _("Asked for by a clinician")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="administrations")
    #: the stay in which it was asked; empty: outside any
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: key of the instrument, and the version of its form
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    way = models.CharField(max_length=8, choices=Way)
    occasion = models.CharField(max_length=10, choices=Occasion)
    #: the program's day that the answers speak of; on paper the day on which it was filled in
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "instrument", "-on"], name="administrations_of_client")]


class Answer(models.Model):
    """One answer as it stood from an instant on; the newest of an item counts. No value: taken back."""

    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="answers")
    #: linkId of the form
    item = models.CharField(max_length=40)
    value = models.SmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.administration.audit_subjects


class Outcome(models.Model):
    """What a finished form came to, by the scoring rules that held then. Without it the form is still open."""

    administration = models.OneToOneField(Administration, on_delete=models.PROTECT, related_name="outcome")
    #: of the scoring rules: complete, prorated, incomplete, invalid
    status = models.CharField(max_length=12)
    total = models.SmallIntegerField(null=True, blank=True)
    subscores = models.JSONField(default=dict)
    severity = models.CharField(max_length=40, blank=True)
    flags = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.administration.audit_subjects


class SafetyAlert(AboutClient, PublicModel):
    """An answer that does not wait. It stands on the program's screen until somebody writes what was done."""

    class Source(models.TextChoices):
        FORM = "form", _("An answer on a form")
        FOLLOW_UP = "follow_up", _("An answer after the stay")
        HISTORY = "history", _("An answer of the history")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="safety_alerts")
    source = models.CharField(max_length=10, choices=Source, default=Source.FORM)
    #: the form that it was answered on; empty where it was asked without one
    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    #: as the scoring rules name them
    flags = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_alert_without_a_form_says_its_source",
                condition=Q(source="form", administration__isnull=False)
                | ~Q(source="form") & Q(administration__isnull=True),
            ),
        ]

    @property
    def asked_in(self) -> str:
        """Key of the instrument, or of what was asked without a form: in it the flags have their meaning."""
        return self.administration.instrument if self.administration else self.source


class AlertStep(models.Model):
    """What became of an alert. Never changes; the newest says how it stands."""

    class Kind(models.TextChoices):
        TOLD = "told", _("Told")
        SEEN = "seen", _("Taken on")
        ASKED = "asked", _("Asked more because of it")
        FOUND = "found", _("What that came to")
        DONE = "done", _("Done")

    class Done(models.TextChoices):
        SAFE = "safe", _("Talked with the client: safe for now, with a plan")
        EVALUATION = "evaluation", _("Went for an evaluation the same day")
        EMERGENCY = "emergency", _("911 or the emergency room")
        NOT_REACHED = "not_reached", _("Not reached; somebody went or was sent to look")
        MISTAKE = "mistake", _("Talked with the client: the answer was a mistake")

    alert = models.ForeignKey(SafetyAlert, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind)
    #: who was told, or who took it on, or who asked, or who did it
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    done = models.CharField(max_length=12, choices=Done, blank=True)
    words_sealed = SealedText(blank=True)
    #: what was asked because of it, and, as the scoring rules name it, what that came to
    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    flags = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_alert_done_says_what",
                condition=Q(kind="done") & ~Q(done="") & ~Q(words_sealed="") | ~Q(kind="done") & Q(done=""),
            ),
            models.UniqueConstraint(fields=["alert"], condition=Q(kind="done"), name="an_alert_is_done_once"),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.alert.audit_subjects
