"""A plan for afterwards, how somebody may be reached, and how they are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client, Episode
from trellis.people.staff.models import StaffMember


class AftercarePlan(PublicModel):
    """What a client keeps for the time after, as they wrote it. Never changes: the newest version counts."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="aftercare_plans")
    number = models.PositiveSmallIntegerField()
    #: with whom of the program; empty: by themselves
    with_staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: JSON: people (name, how to reach), places, meetings, signs, first_hour, keep
    words_sealed = SealedText()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "number"], name="aftercare_plan_number_once")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class ContactAgreement(PublicModel):
    """Whether we may reach somebody after their stay, and how it is safe. Never changes: the newest counts."""

    class How(models.TextChoices):
        STAFF = "staff", _("With somebody who works here")
        OWN = "own", _("On their own page")
        LINK = "link", _("By the link in a message")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contact_agreements")
    yes = models.BooleanField()
    by_phone = models.BooleanField(default=False)
    by_text = models.BooleanField(default=False)
    by_mail = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    #: when and how it is safe
    safely_sealed = SealedText(blank=True)
    how = models.CharField(max_length=5, choices=How)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="contact_agreement_newest")]
        constraints = [
            models.CheckConstraint(
                name="a_yes_to_contact_names_a_way",
                condition=Q(yes=False, by_phone=False, by_text=False, by_mail=False, may_leave_message=False)
                | Q(yes=True) & (Q(by_phone=True) | Q(by_text=True) | Q(by_mail=True)),
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class FollowUpDone(PublicModel):
    """One try to hear how somebody is, so many days after their stay, and what came of it. Never changes."""

    class How(models.TextChoices):
        CALL = "call", _("A call")
        OWN = "own", _("On their own page")

    class Outcome(models.TextChoices):
        REACHED = "reached", _("They answered")
        NOT_REACHED = "not_reached", _("Not reached")
        DECLINED = "declined", _("They would rather not, this time")
        CALLED = "called", _("Called back")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="follow_ups")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="follow_ups")
    #: days after the end, of the blueprint
    day = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=4, choices=How)
    outcome = models.CharField(max_length=11, choices=Outcome)
    #: JSON: question → yes, no, skip; and a note of whoever called
    answers_sealed = SealedText(blank=True)
    #: they asked for a call, or said that they are not safe: stands on the list until somebody called
    waits = models.BooleanField(default=False)
    next_try = models.DateField(null=True, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "follow-ups done"
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "day"], condition=Q(outcome__in=("reached", "declined")),
                name="a_follow_up_is_answered_once",
            ),
            models.CheckConstraint(
                name="only_who_was_not_reached_is_tried_again",
                condition=Q(next_try__isnull=True) | Q(outcome="not_reached"),
            ),
        ]  # fmt: skip

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
