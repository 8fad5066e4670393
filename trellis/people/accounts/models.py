from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.roles import CHOICES
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText


class Named(models.Model):
    """The name a person goes by, shown everywhere; a legal name is shown only where law or payer needs it."""

    chosen_name = models.CharField(max_length=80)
    pronouns = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def short_name(self) -> str:
        """First name and one letter: `Marisol R.`"""
        first, *rest = self.chosen_name.split()
        return f"{first} {rest[-1][0]}." if rest else first

    @property
    def first_name(self) -> str:
        return self.chosen_name.split()[0]

    @property
    def initials(self) -> str:
        parts = self.chosen_name.split()
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


class DatedLegalName(models.Model):
    """What papers say, from a day on; the newest row holds."""

    given = models.CharField(max_length=80)
    family = models.CharField(max_length=80)
    since = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class AccountManager(BaseUserManager["Account"]):
    pass


class Account(PublicModel, Named, AbstractBaseUser):
    """A way to sign in. Nothing in care needs one; a client may have neither address nor telephone."""

    subject_kind = "account"

    email = models.EmailField(null=True, blank=True, unique=True)
    #: the sign-in name that a person chose, at the desk or with an invitation
    username = models.CharField(max_length=40, null=True, blank=True, unique=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    #: signs in with a sign-in name and a PIN that were set up at the desk
    uses_pin = models.BooleanField(default=False)
    #: of staff: what opens a group room again after nobody touched it for a while; a hash, empty where none was set
    room_pin = models.CharField(max_length=128, blank=True)

    #: whose records are closed to whoever signs in with it (`client:17`); written by the room that knows why
    kept_out = models.JSONField(default=list)

    #: the roles it holds now, when the query that read it knew
    role_keys: frozenset[str] | None = None

    last_login = None  # the audit trail knows; a write at each sign-in would say no more

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_has_a_way_in", condition=Q(email__isnull=False) | Q(username__isnull=False)
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.email = (self.email or "").strip().lower() or None
        self.username = (self.username or "").strip().lower() or None

    @property
    def sign_in_name(self) -> str:
        return self.email or self.username or ""

    def get_username(self) -> str:
        return self.sign_in_name

    def check_password(self, raw_password: str | None) -> bool:
        # Without Django's setter: it would write at sign-in, outside an action.
        return check_password(raw_password, self.password)


class RoomLock(models.Model):
    """A session that is locked: it answers nothing until the room PIN was right. No row, no lock."""

    session_key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="locks")
    locked_at = models.DateTimeField()
    #: tries since then, the one under way included
    tries = models.PositiveSmallIntegerField(default=0)


class RoleGrant(models.Model):
    """Who was given which role, when, by whom. Ended, never deleted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=CHOICES)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(until__isnull=True), name="one_live_grant_of_a_role"
            )
        ]


class Invitation(PublicModel):
    """A one-time link into an account: bound to what it is for, held only as a hash, gone after its time."""

    class Purpose(models.TextChoices):
        STAFF = "staff", _("Staff")
        CLIENT = "client", _("Client")
        RESTORE = "restore", _("Lost access")
        TO_ACT = "to_act", _("Acts for somebody")

    purpose = models.CharField(max_length=10, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    #: whom it is about, as the audit trail names subjects (`client:17`); a plain value, for the client stands higher
    about = models.CharField(max_length=40, blank=True)
    roles = models.JSONField(default=list)
    #: what the room that asked for it needs when it is accepted, as plain values
    details = models.JSONField(default=dict)
    email = models.EmailField(blank=True)
    chosen_name = models.CharField(max_length=80)
    pronouns = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    invited_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    #: whose access it gave or gives back
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.about or f"invitation:{self.pk}",)


class Draft(models.Model):
    """Words typed and not yet sent, per account and form, encrypted. The act that uses them clears them."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=120)
    sealed = SealedText()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "form"], name="one_draft_of_a_form")]
