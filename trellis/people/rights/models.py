"""What a client is told of their rights and what they ask for. Every row stays as it was written."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client
from trellis.people.rights import states
from trellis.people.rights.rules import Kind

ACTOR = 40  # letters: account:7, system:worker


class NoticeVersion(models.Model):
    """The notice of privacy practices as it read from a day on. The newest is in force."""

    number = models.PositiveIntegerField(unique=True)
    #: language → parts, each with a heading, lines and items
    texts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    effective_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """About nobody: it is the same for everybody."""
        return ()


class Acknowledgement(PublicModel):
    """Somebody was given a version of the notice; or why their signature is missing (164.520(c)(2)(ii))."""

    class How(models.TextChoices):
        OWN_PAGE = "own_page", _("on their own page")
        OUR_DEVICE = "our_device", _("on a device of the program")
        PAPER = "paper", _("on paper")
        NOT_SIGNED = "not_signed", _("not signed")

    class Why(models.TextChoices):
        EMERGENCY = "emergency", _("It was an emergency. The notice comes as soon as it can.")
        CHOSE_NOT_TO = "chose_not_to", _("They have the notice and chose not to sign.")
        COULD_NOT = "could_not", _("They could not sign.")
        NOT_REACHED = "not_reached", _("We tried and did not reach them.")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="acknowledgements")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    #: of the words in that language
    shown_sha256 = models.CharField(max_length=64)
    how = models.CharField(max_length=10, choices=How)
    why_not = models.CharField(max_length=12, choices=Why, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="newest_acknowledgement")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "version"], condition=~Q(how="not_signed"), name="a_version_is_acknowledged_once"
            ),
            models.CheckConstraint(
                name="a_missing_signature_has_a_reason",
                condition=Q(how="not_signed") & ~Q(why_not="") | ~Q(how="not_signed") & Q(why_not=""),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class RightsRequest(PublicModel):
    """What a client asks of us, in their own words. It never changes: what came of it stands beside it."""

    class How(models.TextChoices):
        OWN_PAGE = "own_page", _("on their own page")
        TOLD = "told", _("told to us")
        PAPER = "paper", _("on paper")

    class Whom(models.TextChoices):
        NOBODY = "", ""
        PERSON = "person", _("A person")
        ORGANIZATION = "organization", _("An organization")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    # sealed texts (record.crypto): what is wrong or what happened, and what they want
    about_sealed = SealedText(blank=True)
    wanted_sealed = SealedText(blank=True)
    #: who is not to be told, as a consent names a recipient
    whom_kind = models.CharField(max_length=12, choices=Whom, blank=True)
    whom = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=10, choices=How)
    #: as it was promised on the day of asking
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="requests_of_a_client")]
        constraints = [
            models.CheckConstraint(
                name="a_restriction_names_whom",
                condition=Q(kind__in=["restriction", "self_paid"]) & ~Q(whom="") & ~Q(whom_kind="")
                | ~Q(kind__in=["restriction", "self_paid"]) & Q(whom="", whom_kind=""),
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class RequestAnswer(models.Model):
    """One step after a request: longer, yes, no, taken back, a statement of disagreement, a reply, an end."""

    class Step(models.TextChoices):
        EXTEND = states.EXTEND, _("We need longer")
        ACCEPT = states.ACCEPT, _("Yes")
        DENY = states.DENY, _("No")
        WITHDRAW = states.WITHDRAW, _("They take it back")
        DISAGREE = states.DISAGREE, _("They disagree, in their own words")
        REBUT = states.REBUT, _("Our reply to their statement")
        END = states.END, _("They no longer want it")

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="answers")
    step = models.CharField(max_length=10, choices=Step)
    words_sealed = SealedText(blank=True)
    #: of a no to a correction: kinds of information, as a consent names them, that are in question
    parts = models.JSONField(default=list)
    #: the new day, where it takes longer
    due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "step"], name="a_step_is_taken_once"),
            models.CheckConstraint(
                name="more_time_has_a_day_and_a_reason",
                condition=Q(step="extend", due_on__isnull=False) & ~Q(words_sealed="")
                | ~Q(step="extend") & Q(due_on__isnull=True),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.request.audit_subjects
