import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.messaging.states import MACHINE
from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText


class Channel(models.TextChoices):
    MAIL = "mail", _("Email")
    SMS = "sms", _("Text message")


class Message(PublicModel):
    """One message to one person, in the transaction of the act that asks for it. To whom and with what lies sealed."""

    key = models.CharField(max_length=160, unique=True)  # reminder:session:77:client:12
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=4, choices=Channel)
    sealed_to = SealedText()
    #: whose yes it hangs on: the person it is about, or whoever at work gets it (`client:17`, `account:7`)
    about = models.CharField(max_length=40, blank=True)
    #: to somebody else: who they are, what for and what it tells, as the gate asks for it; sealed
    sealed_telling = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    sealed_values = SealedText()
    status = models.CharField(max_length=10, choices=MACHINE.choices, default=MACHINE.start)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: the row that its release left in the accounting of disclosures: written once, however often it is tried
    disclosure = models.CharField(max_length=40, blank=True)
    #: why it was set aside: a word from `rules.Why`
    parked_why = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_try"], condition=Q(status="queued"), name="message_due")]
        constraints = [
            models.CheckConstraint(
                name="message_leased_while_sending",
                condition=Q(status="sending", lease_until__isnull=False)
                | (~Q(status="sending") & Q(lease_until__isnull=True)),
            )
        ]

    @property
    def to(self) -> str:
        return crypto.unseal(self.sealed_to)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.about,) if self.about else ()

    @property
    def about_key(self) -> int:
        """The number in `client:17`."""
        return int(self.about.partition(":")[2])

    @property
    def telling(self) -> dict[str, Any]:
        return dict(json.loads(crypto.unseal(self.sealed_telling)))

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(crypto.unseal(self.sealed_values)))
