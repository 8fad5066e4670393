"""What can be asked about the notice: which version is in force, who read it, who has not."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients_in_program
from trellis.people.consent.deaths import the_dead
from trellis.people.rights.models import Acknowledgement, NoticeVersion
from trellis.people.rights.notice import words


@dataclass(frozen=True)
class Reading:
    """What is known of a client and the notice: the version in force, and the newest row, if there is any."""

    version: NoticeVersion
    newest: Acknowledgement | None

    @property
    def is_current(self) -> bool:
        """They acknowledged the words that are in force."""
        return self.was_read and self.newest is not None and self.newest.version.number == self.version.number

    @property
    def was_read(self) -> bool:
        return self.newest is not None and self.newest.how != Acknowledgement.How.NOT_SIGNED


def in_force() -> NoticeVersion:
    """The newest version; before the first one is kept, what it would be, unsaved."""
    return newest() or unsaved(1)


def newest() -> NoticeVersion | None:
    return NoticeVersion.objects.order_by("-number").first()


def unsaved(number: int, texts: dict[str, Any] | None = None) -> NoticeVersion:
    said = texts or words.texts(program.current())
    at = clock.now()
    day = at.astimezone(program.zone()).date()
    return NoticeVersion(number=number, texts=said, sha256=words.digest(said), effective_on=day, at=at)


def version(number: int) -> NoticeVersion | None:
    return NoticeVersion.objects.filter(number=number).first()


def earlier(than: NoticeVersion) -> "QuerySet[NoticeVersion]":
    return NoticeVersion.objects.filter(number__lt=than.number).order_by("-number").defer("texts")


def reading(client: Client) -> Reading:
    """Two statements."""
    rows = Acknowledgement.objects.filter(client=client).select_related("version").defer("version__texts")
    return Reading(in_force(), rows.order_by("-id").first())


def not_read(version: NoticeVersion) -> "QuerySet[Client]":
    """Everybody in the program who has not acknowledged these words, with what is known of them: `how`, `why_not` and
    `number` of their newest row. Those of whom nothing is known come first; who has died is not asked."""
    rows = Acknowledgement.objects.filter(client=OuterRef("pk")).order_by("-id")
    read = rows.filter(version__number=version.number).exclude(how=Acknowledgement.How.NOT_SIGNED)
    people = clients_in_program().annotate(
        notice_how=Subquery(rows.values("how")[:1]), notice_why_not=Subquery(rows.values("why_not")[:1]),
        notice_number=Subquery(rows.values("version__number")[:1]),
    )  # fmt: skip
    nothing_known = ~Exists(rows)
    return (
        people.filter(~Exists(read))
        .exclude(pk__in=the_dead())
        .annotate(new=nothing_known)
        .order_by("-new", "search_name", "id")
    )
