"""How a stay ended, where somebody goes on, and the letters about it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, Episode
from trellis.people.consent.models import Disclosure


class Discharge(PublicModel):
    """How a stay ended. Its day and its reason stand with the episode, which the same act closes."""

    class Kind(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNPLANNED = "unplanned", _("Not planned")
        AGAINST_ADVICE = "against_advice", _("They leave, and we advised to stay")
        DIED = "died", _("Died")

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="discharge")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="discharges")
    kind = models.CharField(max_length=14, choices=Kind)
    condition_sealed = SealedText(blank=True)
    medicines_sealed = SealedText(blank=True)
    referrals_sealed = SealedText(blank=True)
    helped_sealed = SealedText(blank=True)
    watch_sealed = SealedText(blank=True)
    #: keys of `leaving.rules.GIVEN`: what they took along
    given = models.JSONField(default=list)
    #: the last day on which the summary is signed in time; none where nobody is asked for one
    summary_due = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["summary_due"], name="discharges_by_summary_due")]
        constraints = [
            models.CheckConstraint(
                name="a_death_asks_for_no_summary", condition=~Q(kind="died") | Q(summary_due__isnull=True)
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class DischargeSummary(PublicModel):
    """The words that somebody signed, as they stood then. An amendment is a row beside it, which says why."""

    discharge = models.ForeignKey(Discharge, on_delete=models.PROTECT, related_name="summaries")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="discharge_summaries")
    #: JSON: pairs of a key of `leaving.rules.SECTIONS` and its words, in their order
    words_sealed = SealedText()
    words_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    #: as they stood when it was signed
    signer = models.CharField(max_length=120)
    credential = models.CharField(max_length=80, blank=True)
    #: why it was written again; empty in the first
    why_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "discharge summaries"

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class TransitionPlan(PublicModel):
    """Somebody goes on to another level of care or another place. What came of it are steps beside it."""

    class Direction(models.TextChoices):
        STEP_DOWN = "step_down", _("Step down: less care")
        STEP_UP = "step_up", _("Step up: more care")
        TRANSFER = "transfer", _("The same care at another place")

    class PlaceKind(models.TextChoices):
        OUTPATIENT = "outpatient", _("Outpatient program or practice")
        PROGRAM = "program", _("Another program with groups several days a week")
        HOME = "home", _("Sober home")
        RESIDENTIAL = "residential", _("Residential program")
        WITHDRAWAL = "withdrawal", _("Withdrawal care")
        HOSPITAL = "hospital", _("Hospital")
        OTHER = "other", _("Another place")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="transition_plans")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=10, choices=Direction)
    place = models.CharField(max_length=200)
    place_kind = models.CharField(max_length=12, choices=PlaceKind)
    level = models.CharField(max_length=4, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    appointment_at = models.DateTimeField(null=True, blank=True)
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="transition_plans_of_client")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class TransitionStep(models.Model):
    """One thing that was done or found about a plan."""

    class Kind(models.TextChoices):
        CALLED = "called", _("Called")
        APPOINTMENT = "appointment", _("Appointment set")
        SENT = "sent", _("Papers sent")
        ARRIVED = "arrived", _("They got there")
        MISSED = "missed", _("They did not get there")
        WITHDRAWN = "withdrawn", _("No longer planned")

    plan = models.ForeignKey(TransitionPlan, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    #: the day on which it happened
    on = models.DateField()
    appointment_at = models.DateTimeField(null=True, blank=True)
    #: what went is in the accounting; here it is only named
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: who spoke with whom, what was said
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_was_sent_is_in_the_accounting",
                condition=Q(kind="sent", disclosure__isnull=False) | (~Q(kind="sent") & Q(disclosure__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_appointment_has_a_time", condition=~Q(kind="appointment") | Q(appointment_at__isnull=False)
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.plan.audit_subjects


class LetterRequest(PublicModel):
    """A letter that somebody needs about a client, and by which day."""

    class Audience(models.TextChoices):
        COURT = "court", _("A court")
        PROBATION = "probation", _("Probation or parole")
        CHILD_WELFARE = "child_welfare", _("Child welfare")
        EMPLOYER = "employer", _("An employer")
        SCHOOL = "school", _("A school")
        BENEFITS = "benefits", _("A benefits office")

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", _("Attendance")
        LEAVE = "leave", _("Leave from work or school")
        DISABILITY = "disability", _("Disability benefits")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="letter_requests")
    audience = models.CharField(max_length=14, choices=Audience)
    kind = models.CharField(max_length=10, choices=Kind)
    recipient = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=12)  # person, organization: as a consent names them
    address = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField()
    asked_by_sealed = SealedText()
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["due_on"], name="letter_requests_by_day")]
        constraints = [models.CheckConstraint(name="letter_ends_after_it_begins", condition=Q(until__gte=F("since")))]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def asked_by(self) -> str:
        return crypto.unseal(self.asked_by_sealed)


class LetterAnswer(models.Model):
    """What came of a request: the letter went through the gate, or there is none, and why."""

    class How(models.TextChoices):
        SENT = "sent", _("Written and signed")
        REFUSED = "refused", _("No letter")
        WITHDRAWN = "withdrawn", _("No longer needed")

    request = models.OneToOneField(LetterRequest, on_delete=models.PROTECT, related_name="answer")
    how = models.CharField(max_length=10, choices=How)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.CharField(max_length=120, blank=True)
    credential = models.CharField(max_length=80, blank=True)
    why_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_letter_went_or_it_says_why_not",
                condition=Q(how="sent", disclosure__isnull=False) | (~Q(how="sent") & ~Q(why_sealed="")),
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.request.audit_subjects
