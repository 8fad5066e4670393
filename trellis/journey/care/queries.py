"""Notes kept apart: each question starts from one client and one author."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.record import crypto
from trellis.journey.care.models import CounselingNote, CounselingNoteVersion
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client


@dataclass(frozen=True)
class Version:
    words: str
    at: datetime


@dataclass(frozen=True)
class Note:
    """A note with everything it ever said, the newest first."""

    public_id: str
    on: date
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[0]


def notes() -> "QuerySet[CounselingNote]":
    return CounselingNote.objects.select_related("client")


def own(actor: Actor, client: Client) -> "QuerySet[CounselingNote]":
    """Without their words; the newest talk first."""
    return CounselingNote.objects.filter(client=client, author=actor.account_id).order_by("-on", "-id")


def opened_notes(rows: "QuerySet[CounselingNote]") -> list[Note]:
    """With their words; two statements."""
    versions = Prefetch("versions", queryset=CounselingNoteVersion.objects.order_by("-id"), to_attr="newest_first")
    return [
        Note(row.public_id, row.on, tuple(map(_opened, row.newest_first)))  # type: ignore[attr-defined]
        for row in rows.prefetch_related(versions)
    ]


def authors_who_left(client: Client) -> "QuerySet[Account]":
    """Who kept notes about this client and no longer signs in here."""
    authors = CounselingNote.objects.filter(client=client).values("author")
    return Account.objects.filter(pk__in=authors, is_active=False).order_by("chosen_name", "pk")


def _opened(row: CounselingNoteVersion) -> Version:
    return Version(crypto.unseal(row.words_sealed), row.at)
