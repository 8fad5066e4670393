"""What an admission needs: steps, orientation, who pays, what they need to be able to come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client, Episode


class StepDone(PublicModel):
    """Somebody wrote down that a step of the admission is done, or takes that back. The newest row of a step counts."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="steps_done")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    #: key of the blueprint
    step = models.CharField(max_length=40)
    done = models.BooleanField(default=True)
    on = models.DateField()
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["episode", "step", "-id"], name="newest_of_a_step")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class OrientationSigned(PublicModel):
    """They read, or were read, what awaits them here, and signed that. It says yes to nothing else."""

    class Way(models.TextChoices):
        OWN_PAGE = "own_page", _("on their own page")
        PAPER = "paper", _("on paper")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="orientations")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    #: every word that was shown, and its hash
    shown = models.TextField()
    shown_sha256 = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "shown_sha256"], name="one_orientation_is_signed_once"),
            models.CheckConstraint(name="an_orientation_is_signed", condition=~Q(signer_name="") & ~Q(shown="")),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Coverage(PublicModel):
    """Who pays, as it was checked on a day, or a signed agreement to pay. Never changes; the newest row counts."""

    class Kind(models.TextChoices):
        PAYER = "payer", _("Somebody pays for them")
        CASH = "cash", _("They pay, by a signed agreement")
        SLIDING = "sliding", _("They pay by income, by a signed agreement")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        UNITS = "units", _("units")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="coverages")
    kind = models.CharField(max_length=8, choices=Kind)
    #: key of the blueprint, where somebody else pays
    payer = models.CharField(max_length=40, blank=True)
    member_number_sealed = SealedText(blank=True)
    #: when it was checked with the payer, or the day of the signature
    on = models.DateField()
    authorized = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=5, choices=Unit, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    #: of an agreement, for each week, in cents
    cents = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "coverages"
        indexes = [models.Index(fields=["client", "-id"], name="newest_coverage")]
        constraints = [
            models.CheckConstraint(
                name="coverage_ends_after_it_begins",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="coverage_says_who_pays_or_how_much",
                condition=Q(kind="payer", cents__isnull=True) & ~Q(payer="")
                | Q(kind__in=["cash", "sliding"], payer="", cents__isnull=False),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def member_number(self) -> str:
        return crypto.unseal(self.member_number_sealed) if self.member_number_sealed else ""


class NeedFact(PublicModel):
    """What somebody needs to be able to come, as they said it. Asked once; the newest row of a need counts."""

    class Need(models.TextChoices):
        INTERPRETER = "interpreter", _("An interpreter")
        TRANSPORT = "transport", _("Help with getting here")
        CHILDCARE = "childcare", _("Care for children")
        TELEHEALTH = "telehealth", _("Some sessions by video")
        MOBILITY = "mobility", _("A way without steps")
        HEARING = "hearing", _("Help with hearing")
        SIGHT = "sight", _("Help with seeing or reading")
        OTHER = "other", _("Something else")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="need_facts")
    need = models.CharField(max_length=12, choices=Need)
    needed = models.BooleanField()
    #: which language, which days, what helps
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "need", "-id"], name="newest_of_a_need")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def words(self) -> str:
        return crypto.unseal(self.words_sealed) if self.words_sealed else ""
