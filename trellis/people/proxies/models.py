"""Who may act for a client, who took it up, and what ended it. Every row stays as it was written."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.proxies import rules

ACTOR = 40  # letters: account:7, system:worker
NAME = 200


class ProxyAccess(PublicModel):
    """Somebody may act for a client on pages of their own. Whether they may now is judged each time (`rules`)."""

    class Basis(models.TextChoices):
        CONSENT = rules.Basis.CONSENT, _("The client lets them in")
        PARENT = rules.Basis.PARENT, _("Parent or guardian of a minor, with the consent that both signed")
        GUARDIAN = rules.Basis.GUARDIAN, _("Guardian or conservator, appointed by a court")
        EXECUTOR = rules.Basis.EXECUTOR, _("Executor or administrator of somebody who died")
        NEXT_OF_KIN = rules.Basis.NEXT_OF_KIN, _("Next of kin of somebody who died, where there is no executor")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="proxies")
    #: as the consent or the paper names them; never what they call themselves
    name = models.CharField(max_length=NAME)
    basis = models.CharField(max_length=12, choices=Basis)
    parts = models.JSONField()
    until = models.DateTimeField(null=True, blank=True)
    # of a representative: the paper that somebody here saw
    paper = models.CharField(max_length=120, blank=True)
    paper_issued_by = models.CharField(max_length=120, blank=True)
    paper_issued_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [models.Index(fields=["client", "-id"], name="proxies_of_a_client")]
        constraints = [
            models.CheckConstraint(name="a_proxy_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_proxy_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("at"))
            ),
            models.CheckConstraint(
                name="a_representative_has_a_paper_and_an_end",
                condition=Q(basis="consent", paper="", paper_issued_by="", paper_issued_on__isnull=True)
                | ~Q(basis="consent") & ~Q(paper="") & ~Q(paper_issued_by="")
                & Q(paper_issued_on__isnull=False, until__isnull=False),
            ),
        ]  # fmt: skip

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def rule(self) -> rules.Access:
        end = getattr(self, "end", None)
        known = frozenset(map(str, rules.Part)) & frozenset(self.parts)
        return rules.Access(
            self.name, rules.Basis(self.basis), frozenset(map(rules.Part, known)), self.until, end.at if end else None
        )


class ProxyTakenUp(models.Model):
    """Whoever got the link made a sign-in with it, or there is none yet."""

    access = models.OneToOneField(ProxyAccess, on_delete=models.PROTECT, related_name="taken_up")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="acts_for")
    at = models.DateTimeField()

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.access.audit_subjects


class ProxyEnd(models.Model):
    access = models.OneToOneField(ProxyAccess, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.access.audit_subjects
