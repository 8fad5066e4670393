"""What is known of a person, question by question and substance by substance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client


class HistoryAnswer(PublicModel):
    """One answer about a person, by whom, when. Never changes: the newest of a question counts, the others stay."""

    class State(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        NOT_TODAY = "not_today", _("Not today")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Who(models.TextChoices):
        PERSON = "person", _("The person")
        FAMILY = "family", _("Somebody of their family")
        REFERRAL = "referral", _("Who referred them")
        ELSEWHERE = "elsewhere", _("Another place")
        STAFF = "staff", _("We saw it ourselves")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="history_answers")
    #: of `history/questions.toml`
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State)
    value_sealed = SealedText(blank=True)
    who = models.CharField(max_length=9, choices=Who)
    #: where it was known before somebody confirmed it: `referral:4`, `inquiry:7`, `phq-9:12`; empty: asked here
    source = models.CharField(max_length=60, blank=True)
    #: the program's day on which it was said
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "id"], name="history_answers_of_client")]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_a_value",
                condition=Q(state="answered") & ~Q(value_sealed="") | ~Q(state="answered") & Q(value_sealed=""),
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class SubstanceEntry(PublicModel):
    """The history of one substance as it was told. Never changes; the newest counts."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="substance_entries")
    #: of `history.rules.Substance`
    substance = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=HistoryAnswer.State)
    #: `history.rules.Use` as JSON; empty: not today
    told_sealed = SealedText(blank=True)
    who = models.CharField(max_length=9, choices=HistoryAnswer.Who)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "id"], name="substances_of_client")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
