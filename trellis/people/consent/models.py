"""What somebody signed, what ended it, what went out on it. Every row stays as it was written."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.documents.models import Document
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client
from trellis.people.consent.rules.words import Kind, Signer

ACTOR = 40  # letters: account:7, system:worker


class Consent(PublicModel):
    """One signed consent (42 CFR 2.31). It never changes: what ends it stands beside it."""

    class SignedOn(models.TextChoices):
        OWN_DEVICE = "own_device", _("their own device")
        OUR_DEVICE = "our_device", _("a device of the program")
        PAPER = "paper", _("paper")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Kind])
    #: as in a case: [{"kind": "person", "name": "Ana Ruiz"}]
    recipients = models.JSONField()
    information = models.JSONField()
    purposes = models.JSONField()
    # exactly one of the three
    expires_at = models.DateTimeField(null=True, blank=True)
    expires_with_treatment = models.BooleanField(default=False)
    never_expires = models.BooleanField(default=False)
    #: of 2.35 only: it stands until then, even where it was taken back before
    revocable_after = models.DateTimeField(null=True, blank=True)
    #: it passes on what it is told, to these (2.31(a)(4)(ii)); as in a case, a class for all there who treat the client
    intermediary = models.BooleanField(default=False)
    members = models.JSONField(default=list, blank=True)
    signed_by = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Signer])
    signer_name = models.CharField(max_length=120)
    #: the parent, where a minor and a parent sign together
    second_signer_name = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField()
    signed_on = models.CharField(max_length=12, choices=SignedOn)
    paper_place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    #: every word that the signer had before them
    shown = models.TextField()
    shown_sha256 = models.CharField(max_length=64)
    recorded_by = models.CharField(max_length=ACTOR)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_consent_ends_in_one_way",
                condition=Q(expires_at__isnull=False, expires_with_treatment=False, never_expires=False)
                | Q(expires_at__isnull=True, expires_with_treatment=True, never_expires=False)
                | Q(expires_at__isnull=True, expires_with_treatment=False, never_expires=True, kind="tpo"),
            ),
            models.CheckConstraint(name="a_consent_is_signed", condition=~Q(signer_name="") & ~Q(shown="")),
            models.CheckConstraint(
                name="a_consent_ends_after_it_is_signed",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("signed_at")),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class ConsentEnd(models.Model):
    """Why a consent no longer serves: it was taken back, or found to be no consent (2.31(c))."""

    class Why(models.TextChoices):
        REVOKED = "revoked", _("taken back")
        FORM_INCOMPLETE = "form_incomplete", _("the form is not complete")
        KNOWN_FALSE = "known_false", _("known to be false")
        INTERMEDIARY_UNNAMED = "intermediary_unnamed", _("it does not name whom the intermediary serves")

    class How(models.TextChoices):
        PORTAL = "portal", _("by one tap on their page")
        WRITING = "writing", _("in writing")
        VOICE = "voice", _("by voice")
        NONE = "", ""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="ends")
    why = models.CharField(max_length=24, choices=Why)
    how = models.CharField(max_length=10, choices=How, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "why"], name="a_consent_ends_once_for_a_reason")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.consent.audit_subjects


class ConsentScan(PublicModel):
    """A photograph or PDF of a paper that was signed. It stands beside the consent, which never changes."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="scans")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.consent.audit_subjects


class Standing(models.Model):
    """What must be known of a client to judge who signs, and who is not to be told. The newest row counts."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="standings")
    deceased = models.BooleanField(default=False)
    #: a minor whom California lets consent to this treatment alone (Fam. Code 6929)
    minor_consented_alone = models.BooleanField(default=False)
    guardian_appointed = models.BooleanField(default=False)
    #: as in a case: [{"kind": "person", "name": "Ana Ruiz"}]
    restricted = models.JSONField(default=list, blank=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="newest_standing")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Disclosure(PublicModel):
    """Something about somebody left the program: who was told what, when, why, on which ground, by whom."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("said on the telephone or face to face")
        LETTER = "letter", _("a letter, printed")
        PAPER = "paper", _("papers handed over or sent")
        MESSAGE = "message", _("a message, sent by itself")
        PAGE = "page", _("seen on their own page here")

    #: `client:17`: a plain value, as in the audit trail
    subject = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)
    recipient_kind = models.CharField(max_length=12)
    recipient_name = models.CharField(max_length=200)
    recipient_address = models.CharField(max_length=300, blank=True)
    recipient_roles = models.JSONField(default=list, blank=True)
    purpose = models.CharField(max_length=20)
    information = models.JSONField()
    withheld = models.JSONField(default=list, blank=True)
    #: `consent:<public id>`, or the section that lets it through
    ground = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures")
    facts = models.JSONField(default=dict, blank=True)
    #: facts that the record must still get (2.51(c))
    owed = models.JSONField(default=list, blank=True)
    how = models.CharField(max_length=10, choices=How)
    #: what went, in a line; the hash of its very words
    content = models.CharField(max_length=300)
    content_sha256 = models.CharField(max_length=64)
    #: the letter itself, where one was written: the hash is of these very bytes
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: the statement of 2.32 went with it
    notice = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="accounting_of_a_subject")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)


class DisclosureFacts(models.Model):
    """Facts that were owed and came later."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="later_facts")
    facts = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.disclosure.audit_subjects


class PassedOn(models.Model):
    """An intermediary told us to whom it passed on what we had told it (42 CFR 2.24)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="passed_on")
    entity = models.CharField(max_length=200)
    on = models.DateField()
    #: a short description of the information that tells who the client is
    what = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "entity", "on", "what"], name="passed_on_stands_there_once")
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.disclosure.audit_subjects


class OutsideRequest(PublicModel):
    """Somebody from outside asked about a person, or told us something. About whom is words, never a client:
    nobody looks anybody up to answer, so the answer is the same for a client and for somebody never seen here."""

    class Asker(models.TextChoices):
        LOVED_ONE = "loved_one", _("A parent, partner, relative or friend")
        EMPLOYER = "employer", _("An employer or a school")
        REPORTER = "reporter", _("A reporter")
        POLICE = "police", _("Police, without a paper")
        SUBPOENA = "subpoena", _("Somebody with a subpoena")
        COURT_ORDER = "court_order", _("Somebody with a court order")
        WARRANT = "warrant", _("Somebody with a warrant")
        PROBATION = "probation", _("Probation or parole")
        PROVIDER = "provider", _("A doctor, clinic, hospital or lab")
        PAYER = "payer", _("A health plan or payer")
        OTHER = "other", _("Somebody else")

    asker = models.CharField(max_length=12, choices=Asker)
    # sealed texts (record.crypto): they may name a client, and what was said of them
    asker_name = SealedText(blank=True)
    asker_contact = SealedText(blank=True)
    about = SealedText(blank=True)
    asked_for = SealedText(blank=True)
    told = SealedText(blank=True)
    in_confidence = models.BooleanField(default=False)
    danger = models.BooleanField(default=False)
    #: key of the words that were given for an answer
    answer = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """About nobody until a clinician says so."""
        return ()


class OutsideReview(models.Model):
    """A clinician read it, and said whose record it belongs to, if anybody's."""

    request = models.OneToOneField(OutsideRequest, on_delete=models.PROTECT, related_name="review")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="outside_reviews")
    done = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",) if self.client_id else ()
