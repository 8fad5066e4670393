import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.journey.inquiry.states import MACHINE, OPEN
from trellis.people.staff.models import StaffMember


class ForWhom(models.TextChoices):
    SELF = "self", _("Myself")
    LOVED_ONE = "loved_one", _("Someone I love")
    REFERRING = "referring", _("I am referring someone")


class Channel(models.TextChoices):
    WEB = "web", _("Website")
    CALL = "call", _("Call")
    VOICEMAIL = "voicemail", _("Voicemail")
    WALK_IN = "walk_in", _("In person")
    FAX = "fax", _("Fax")
    REFERRAL = "referral", _("Referral")


class SafeTime(models.TextChoices):
    MORNING = "morning", _("Mornings")
    AFTERNOON = "afternoon", _("Afternoons")
    EVENING = "evening", _("Evenings")


class Topic(models.TextChoices):
    """What a loved one may want to know. It says nothing about the person they love."""

    TALK = "talk", _("How to talk with someone about getting help")
    PROGRAM = "program", _("How the program works and what it costs")
    SUPPORT = "support", _("Support for me and my family")
    START = "start", _("How a person can start")


class Outcome(models.TextChoices):
    REACHED = "reached", _("We spoke")
    ASSESSED = "assessed", _("We met for the assessment")
    LEFT_SAFE_MESSAGE = "left_safe_message", _("Left a safe message")
    NO_ANSWER = "no_answer", _("No answer")
    DECLINED = "declined", _("They decided not to go on")
    REFERRED_ELSEWHERE = "referred_elsewhere", _("Referred elsewhere")


class CloseReason(models.TextChoices):
    NO_CONTACT = "no_contact", _("We could not reach them")
    WRONG_NUMBER = "wrong_number", _("The number or address was wrong")
    ANSWERED = "answered", _("Their question was answered")
    NOT_A_PERSON = "not_a_person", _("Not a person asking for help")
    DIED = "died", _("They died")


class Inquiry(PublicModel):
    """Somebody asked for help. When it is a loved one, everything here is about the one who asks."""

    subject_kind = "inquiry"

    for_whom = models.CharField(max_length=10, choices=ForWhom)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    #: how the one who asks wants to be called, and where they call from when it is their work
    name = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    name_folded = models.CharField(max_length=80, blank=True)

    # how to reach them safely
    telephone = models.CharField(max_length=30, blank=True)
    telephone_digits = models.CharField(max_length=10, blank=True, db_index=True)
    email = models.EmailField(blank=True, db_index=True)
    may_leave_message = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    may_email = models.BooleanField(default=False)
    times = models.JSONField(default=list)
    safe_note_sealed = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")

    words_sealed = SealedText(blank=True)
    topics = models.JSONField(default=list)

    asked_at = models.DateTimeField(db_index=True)
    #: what we promised, counted by the hours that held when they asked; never changes
    respond_by = models.DateTimeField()
    #: by when the next call is owed; None: no call is owed
    call_by = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=MACHINE.choices, default=MACHINE.start)
    owner = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)
    #: the client that this became, or who asks to come back, as a plain subject: `client:17`
    client_subject = models.CharField(max_length=40, blank=True)
    #: tells a repeated sending from a new question; keyed, so that it cannot be guessed back
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        indexes = [
            models.Index(fields=["status", "call_by"]),
            models.Index(fields=["digest", "asked_at"]),
            models.Index(fields=["client_subject"], name="inquiries_of_client"),
        ]
        constraints = [
            models.CheckConstraint(
                name="inquiry_can_be_answered", condition=~Q(telephone="") | ~Q(email="") | ~Q(channel="web")
            ),
            models.CheckConstraint(
                name="inquiry_of_a_loved_one_files_no_words", condition=~Q(for_whom="loved_one") | Q(words_sealed="")
            ),
            models.CheckConstraint(
                name="inquiry_merged_names_the_other", condition=Q(same_as__isnull=False) | ~Q(status="merged")
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """Of whoever was here before, the client too: to whom their record is closed, this is as well."""
        return tuple(filter(None, (f"inquiry:{self.pk}", self.client_subject)))

    @property
    def words(self) -> str:
        """What they wrote, in their own words."""
        return crypto.unseal(self.words_sealed) if self.words_sealed else ""

    @property
    def safe_note(self) -> str:
        return crypto.unseal(self.safe_note_sealed) if self.safe_note_sealed else ""

    @property
    def safe_times(self) -> str:
        """When and how to call, as one line in the reader's language."""
        return "; ".join(filter(None, [self.time_words, self.safe_note]))

    @property
    def time_words(self) -> str:
        """ "Mornings, evenings"; empty: any time."""
        return capfirst(", ".join(str(SafeTime(time).label).lower() for time in self.times))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_about_themself(self) -> bool:
        """Name and number are those of the person who may come here: they asked, or a place referred them to us."""
        return self.for_whom == ForWhom.SELF or self.channel == Channel.REFERRAL


class Attempt(models.Model):
    """One try to reach somebody, and what came of it. Never changed: a wrong entry is followed by a right one."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    #: where they were referred to
    place = models.CharField(max_length=120, blank=True)
    note_sealed = SealedText(blank=True)
    #: a form sent twice is one attempt
    key = models.CharField(max_length=40, unique=True)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "outcome", "at"])]

    @property
    def note(self) -> str:
        return crypto.unseal(self.note_sealed) if self.note_sealed else ""


class StatusChange(models.Model):
    """Every move of an inquiry: what, when, by whom."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=20, choices=MACHINE.choices)
    after = models.CharField(max_length=20, choices=MACHINE.choices)
    reason = models.CharField(max_length=20, choices=CloseReason, blank=True)


class Source(models.TextChoices):
    FHIR = "fhir", _("Records as a file")
    TYPED = "typed", _("Typed here")


class Referral(PublicModel):
    """What another place sent about somebody. It belongs to an inquiry, and goes wherever that goes."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="referrals")
    source = models.CharField(max_length=5, choices=Source)
    received_at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=80)
    organisation = models.CharField(max_length=120, blank=True)
    sender = models.CharField(max_length=120, blank=True)
    #: records under 42 CFR part 2; when in doubt they are
    part2 = models.BooleanField(default=True)
    discharged_on = models.DateField(null=True, blank=True, db_index=True)
    #: what was read of it, as JSON in the form of the contract, problems included
    found_sealed = SealedText()
    #: the client whom somebody recognized in it: `client:17`; taken back it is empty again
    client_subject = models.CharField(max_length=40, blank=True, db_index=True)
    #: the same original is one referral; keyed, so that it cannot be guessed back
    digest = models.CharField(max_length=64, unique=True)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """The inquiry, and whoever was recognized: to whom that record is closed, this is too."""
        return tuple(filter(None, (f"inquiry:{self.inquiry_id}", self.client_subject)))

    @property
    def client_id(self) -> int | None:
        """The client whom it is about, as far as somebody said so or admitted them; relations to a client ask it."""
        other = self.inquiry.same_as
        known = self.client_subject or self.inquiry.client_subject or (other.client_subject if other else "")
        return int(known.partition(":")[2]) if known else None

    @property
    def found(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(crypto.unseal(self.found_sealed))
        return found


class ReferralOriginal(models.Model):
    """What was sent, byte for byte: compressed, then sealed. The room of documents takes pictures and PDF only."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="original")
    sealed = SealedText()
    #: bytes, and their hash, as they came
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)


class ReferralMatch(models.Model):
    """Somebody looked at a proposal. Never changed: what was wrong is taken back by a row after it."""

    class Step(models.TextChoices):
        CONFIRMED = "confirmed", _("The same person")
        NOT_SAME = "not_same", _("Not the same person")
        UNDONE = "undone", _("Taken back")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="matches")
    #: the inquiry of the referral, and who was proposed, as plain subjects: the row goes with either
    about = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    step = models.CharField(max_length=10, choices=Step)
    #: how sure, and why, as it was proposed when somebody decided
    level = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.about, self.subject)
