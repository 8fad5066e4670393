"""What a clinician keeps of a talk for themselves (42 CFR 2.11), and what a team answers when numbers stay hard."""

from django.db import models
from django.db.models import Q

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, Episode


class CounselingNote(PublicModel):
    """One talk, by whoever held it. Its words lie in its versions; nobody but the author reads them."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="counseling_notes")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    #: the day of the talk, and no more: when it began and ended belongs to the record
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["client", "author", "-on"], name="counseling_notes_of_author")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class CounselingNoteVersion(models.Model):
    """The words as they stood from an instant on. Written again they stand beside it."""

    note = models.ForeignKey(CounselingNote, on_delete=models.PROTECT, related_name="versions")
    words_sealed = SealedText()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="a_counseling_note_says_something", condition=~Q(words_sealed=""))]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.note.audit_subjects


class TeamResponse(PublicModel):
    """Numbers stayed harder than usual: what may stand behind it, what the team does, by when. Never changes."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="team_responses")
    #: empty: after the stay
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: the measure that it is about
    instrument = models.CharField(max_length=40)
    #: of `response.causes.CAUSES`
    causes = models.JSONField()
    words_sealed = SealedText()
    on = models.DateField()
    #: the day on which the team looks again
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-on"], name="team_responses_of_client")]
        constraints = [models.CheckConstraint(name="a_response_says_something", condition=~Q(words_sealed=""))]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
