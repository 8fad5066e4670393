"""An incident with clients' records, who was affected, who was told. Every row stays as it was written."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.breaches import states
from trellis.people.breaches.rules import Delay, Duty, Outcome

ACTOR = 40  # letters: account:7, system:worker


class Incident(PublicModel):
    """Something happened to records. It names nobody: who was affected stands in rows of their own."""

    # sealed texts (record.crypto)
    what_sealed = SealedText()
    told_by_sealed = SealedText(blank=True)
    at_once_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)


class Circumstances(models.Model):
    """What is known of an incident. The newest row counts; the ones before stay."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("a fact", "Yes")
        NO = "no", pgettext_lazy("a fact", "No")
        UNKNOWN = "unknown", _("Nobody knows yet: ask counsel")

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="circumstances")
    # a span, one day twice, or unknown
    happened_from = models.DateField(null=True, blank=True)
    happened_until = models.DateField(null=True, blank=True)
    #: known, or knowable with reasonable care (164.404(a)(2)): from here the days run
    discovered_on = models.DateField()
    #: kinds of information, as a consent has them
    information = models.JSONField()
    licensed = models.CharField(max_length=7, choices=Answer, default=Answer.UNKNOWN)
    #: data of a computer that were not encrypted
    unencrypted = models.CharField(max_length=7, choices=Answer, default=Answer.UNKNOWN)
    #: of the affected, those who live in the program's state; None: nobody counted
    residents = models.PositiveIntegerField(null=True, blank=True)
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["incident", "-id"], name="newest_circumstances")]
        constraints = [
            models.CheckConstraint(
                name="an_incident_ends_after_it_begins",
                condition=Q(happened_from__isnull=True, happened_until__isnull=True)
                | Q(happened_until__gte=F("happened_from")),
            ),
            models.CheckConstraint(
                name="an_incident_is_discovered_after_it_begins",
                condition=Q(happened_from__isnull=True) | Q(discovered_on__gte=F("happened_from")),
            ),
        ]


class Step(models.Model):
    """A breach, no breach, everybody was told, or looked at again."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(
        max_length=8, choices=[(one, one) for moves in states.MACHINE.moves.values() for one in moves]
    )
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)


class Assessment(models.Model):
    """The four factors of 164.402(2), what they come to, and who signed. The reasons stand in its step."""

    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="assessment")
    nature_sealed = SealedText(blank=True)
    who_sealed = SealedText(blank=True)
    viewed_sealed = SealedText(blank=True)
    mitigated_sealed = SealedText(blank=True)
    outcome = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Outcome])
    signed_name = models.CharField(max_length=120)


class PoliceDelay(models.Model):
    """An agency said that telling people would impede it (164.412)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="delays")
    stated_on = models.DateField()
    #: as it is written; None: it was said aloud, and holds for 30 days
    until = models.DateField(null=True, blank=True)
    who_sealed = SealedText()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_delay_ends_after_it_is_stated",
                condition=Q(until__isnull=True) | Q(until__gte=F("stated_on")),
            )
        ]

    @property
    def delay(self) -> Delay:
        return Delay(self.stated_on, self.until)


class Affected(PublicModel):
    """Somebody on the list of an incident: a client, or somebody who only asked for help. Marks say in or out."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="affected")
    #: `client:17`: a plain value, as in the audit trail
    subject = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "subject"], name="affected_once_by_an_incident")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)


class AffectedMark(models.Model):
    """Why somebody stands on the list, or no longer. The newest counts."""

    class Why(models.TextChoices):
        OPENED = "opened", _("An account opened their record, or a list with their name")
        SENT = "sent", _("Something about them went to this recipient")
        PICKED = "picked", _("Chosen by hand")
        EVERYBODY = "everybody", _("Everybody who is or was known here")
        TAKEN_OUT = "taken_out", _("Taken out by hand")

    affected = models.ForeignKey(Affected, on_delete=models.PROTECT, related_name="marks")
    is_in = models.BooleanField()
    why = models.CharField(max_length=10, choices=Why)
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["affected", "-id"], name="newest_mark_of_affected")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.affected.audit_subjects


class Wording(models.Model):
    """What the letters of an incident say, in each language. The newest counts."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="wordings")
    #: JSON: language → part → words
    texts_sealed = SealedText()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)


class Letter(PublicModel):
    """A letter went to somebody affected, or there is no way to reach them."""

    class How(models.TextChoices):
        POST = "post", _("By first-class mail")
        HAND = "hand", _("Given into their hand")
        MAIL = "mail", _("On their own page, with a neutral e-mail")
        OTHER = "other", _("Another way, because a letter did not arrive: by phone, or in writing elsewhere")
        NO_WAY = "no_way", _("No address and no other way is known")

    class ToWhom(models.TextChoices):
        THEMSELVES = "themselves", _("To themselves")
        NEXT_OF_KIN = "next_of_kin", _("To their next of kin, because they died")
        REPRESENTATIVE = "representative", _("To their personal representative")

    affected = models.ForeignKey(Affected, on_delete=models.PROTECT, related_name="letters")
    how = models.CharField(max_length=6, choices=How)
    to_whom = models.CharField(max_length=14, choices=ToWhom)
    # sealed texts: who got it, where it went
    name_sealed = SealedText(blank=True)
    address_sealed = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    words_sealed = SealedText(blank=True)
    words_sha256 = models.CharField(max_length=64, blank=True)
    #: the day on which it went
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["affected", "-id"], name="letters_to_affected")]
        constraints = [
            models.CheckConstraint(
                name="a_letter_has_words",
                condition=Q(how="no_way", words_sealed="") | ~Q(how="no_way", words_sealed=""),
            ),
            models.CheckConstraint(
                name="a_letter_to_another_names_them", condition=Q(to_whom="themselves") | ~Q(name_sealed="")
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.affected.audit_subjects


class LetterReturn(models.Model):
    """A letter came back, or did not arrive."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="returned")
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.letter.audit_subjects


class Given(models.Model):
    """An office, the press or the public was told. The newest of a duty counts."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="given")
    duty = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Duty])
    on = models.DateField()
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)
