from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.models import Client, Episode
from trellis.people.staff.models import StaffMember


class Admission(PublicModel):
    """Why and by whom a person came into the program. Written once; a later level of care is a new episode."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="admission")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="admissions")
    #: the question that led here; somebody may also come without one
    inquiry = models.OneToOneField(Inquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="admission")
    level = models.CharField(max_length=10)
    reason = models.TextField()
    admitting_clinician = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="admissions")
    admitted_on = models.DateField()
    recorded_at = models.DateTimeField()
    #: whoever wrote it down, as the trail names them; empty where an older version did
    recorded_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["recorded_by"], name="admissions_of_somebody")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """The person under both names: the question that became a client, and the client."""
        asked = (f"inquiry:{self.inquiry_id}",) if self.inquiry_id else ()
        return (f"client:{self.client_id}", *asked)


class RecordsCompared(models.Model):
    """Somebody looked at two records: they are one person's, or two people's."""

    class Found(models.TextChoices):
        ONE = "one", _("One person")
        TWO = "two", _("Two people")

    #: made while the first was closed to whoever made it
    second = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=3, choices=Found)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["second", "first"], name="two_records_are_compared_once")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.second_id}", f"client:{self.first_id}")


class LevelAssessment(PublicModel):
    """Ratings and facts as they stood, what the program's rules made of them, and what a person says. Never changes."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="level_assessments")
    #: empty before the first stay
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    #: of `levels.rules.Fact`: its value, or null where nobody knew
    facts = models.JSONField()
    #: hours a week that they can give
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    #: version of the blueprint whose rules were asked, and what they said
    rules_version = models.PositiveIntegerField()
    recommended = models.CharField(max_length=4)
    level = models.CharField(max_length=4)
    #: why another level than the recommended one
    reason_sealed = SealedText(blank=True)
    #: what the person wants and can do, in words (the sixth dimension)
    considerations_sealed = SealedText(blank=True)
    #: of each rated dimension, why so: JSON; empty in rows of before
    reasons_sealed = SealedText(blank=True, default="")
    #: of a decision after a proposal: the day that both talked about it
    consulted_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="level_assessments_of_client")]
        constraints = [
            models.CheckConstraint(
                name="another_level_says_why", condition=Q(level=models.F("recommended")) | ~Q(reason_sealed="")
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Assessment(PublicModel):
    """Somebody who asked for help is assessed, before any stay, by this clinician. The newest of an inquiry counts."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="assessments")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assessments")
    clinician = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}", f"inquiry:{self.inquiry_id}")


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


class Diagnosis(PublicModel):
    """What somebody is diagnosed with, proposed or signed. Never changes: what ends it stands beside it."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        SIGNED = "signed", _("Signed")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diagnoses")
    #: empty before the first stay
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    #: ICD-10-CM, as it could be used on that day
    code = models.CharField(max_length=8)
    #: of a substance use disorder, as `diagnoses.rules` name them; empty of others
    substance = models.CharField(max_length=3, blank=True)
    criteria = models.JSONField(default=list)
    as_prescribed = models.BooleanField(default=False)
    severity = models.CharField(max_length=8, blank=True)
    remission = models.CharField(max_length=9, blank=True)
    last_met_on = models.DateField(null=True, blank=True)
    controlled_environment = models.BooleanField(default=False)
    on_maintenance = models.BooleanField(default=False)
    #: what the rule called for
    suggested = models.CharField(max_length=8, blank=True)
    onset_year = models.PositiveSmallIntegerField(null=True, blank=True)
    #: specifiers in words, and what it rests on
    words_sealed = SealedText(blank=True)
    #: another place had sent this code
    from_elsewhere = models.BooleanField(default=False)
    #: who signed, and the license that they signed with; empty of a proposal
    signed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_as = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="diagnoses_of_client")]
        constraints = [
            models.CheckConstraint(
                name="a_signed_diagnosis_names_who", condition=~Q(kind="signed") | Q(signed_by__isnull=False)
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class DiagnosisEnd(models.Model):
    """A diagnosis does not stand any more: since when, and why."""

    class How(models.TextChoices):
        RESOLVED = "resolved", _("It is over")
        REFUTED = "refuted", _("It was looked at and is not so")
        ERROR = "error", _("It was written down by mistake")
        REPLACED = "replaced", _("It was looked at anew")

    diagnosis = models.OneToOneField(Diagnosis, on_delete=models.PROTECT, related_name="end")
    how = models.CharField(max_length=8, choices=How)
    on = models.DateField()
    reason_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.diagnosis.audit_subjects


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


class AdmissionWait(PublicModel):
    """Somebody asked for help, and there is no place for them yet. What happened since stands in its steps."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="admission_waits")
    #: when they asked for a place: 48 hours for interim services run from here
    since = models.DateTimeField()
    #: as it was known then; a step of the kind "facts" may say otherwise
    pregnant = models.BooleanField(default=False)
    injects = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"inquiry:{self.inquiry_id}",)


class WaitStep(models.Model):
    """What was done for somebody who waits. Never changes."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("We spoke")
        NO_ANSWER = "no_answer", _("We tried and did not reach them")
        GIVEN = "given", _("Given")
        DECLINED = "declined", _("They said no to it")
        OFFER = "offer", _("A place was offered")
        FACTS = "facts", _("What decides the order was written anew")
        OFF = "off", _("Taken off the list")

    wait = models.ForeignKey(AdmissionWait, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    #: which interim service, or why they left the list
    what = models.CharField(max_length=20, blank=True)
    pregnant = models.BooleanField(null=True, blank=True)
    injects = models.BooleanField(null=True, blank=True)
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["wait", "id"], name="steps_of_a_wait")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.wait.audit_subjects


class HandOn(PublicModel):
    """We are not the right place for them: where and how they were handed on."""

    class Way(models.TextChoices):
        TOGETHER = "together", _("We called there together")
        IN_PERSON = "in_person", _("Somebody of us went with them")
        NUMBER = "number", _("They got the number")

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="hand_ons")
    place = models.CharField(max_length=120)
    spoke_with = models.CharField(max_length=120, blank=True)
    way = models.CharField(max_length=10, choices=Way)
    on = models.DateField()
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"inquiry:{self.inquiry_id}",)


class HandOnStep(models.Model):
    """Whether they got there: asked again until somebody knows."""

    class Found(models.TextChoices):
        ARRIVED = "arrived", _("They got there")
        NOT_ARRIVED = "not_arrived", _("They did not go there")
        NOT_REACHED = "not_reached", _("Nobody could tell us yet")

    hand_on = models.ForeignKey(HandOn, on_delete=models.PROTECT, related_name="steps")
    found = models.CharField(max_length=12, choices=Found)
    on = models.DateField()
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.hand_on.audit_subjects
