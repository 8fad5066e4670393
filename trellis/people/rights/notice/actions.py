"""The notice is kept as it reads, and who was given it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.schema import Blueprint
from trellis.people.clients.models import Client
from trellis.people.rights.models import Acknowledgement, NoticeVersion
from trellis.people.rights.notice import queries, words

CHANGED = _("The notice has changed since this page was opened. Please read it again.")
SAY_WHY = _("Say why it was not signed.")


def keep_notice(by: Actor, old: Blueprint | None, new: Blueprint) -> Iterable[str] | None:
    """Called when a program is loaded, and every hour: a new version where the words are no longer the same."""
    known = queries.newest()
    texts = words.texts(new)
    if known is None or known.sha256 != words.digest(texts):
        publish(by=by, texts=texts)
    return None


def _about_nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    return ()


@action("notice.publish", about=_about_nobody)
def publish(*, by: Actor, texts: dict[str, Any]) -> NoticeVersion:
    """In force from today; what stood before stays to be read."""
    known = queries.newest()
    version = queries.unsaved(known.number + 1 if known else 1, texts)
    version.by = by.name
    version.save(force_insert=True)
    return version


@action("notice.acknowledge", on="client")
def acknowledge(*, by: Actor, client: Client, number: int, language: str) -> Acknowledgement:
    """One tap of the client, under the words of this version in this language. A second tap changes nothing."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    version = queries.newest()
    if version is None or version.number != number:
        raise Refused(CHANGED)
    return _once(by, client, version, language, Acknowledgement.How.OWN_PAGE)


@action("notice.record", on="client")
def record(
    *, by: Actor, client: Client, how: "Acknowledgement.How | str", language: str, why_not: str = "", note: str = "",
) -> Acknowledgement:  # fmt: skip
    """What somebody who works here saw: signed on paper or on our device, or why it was not signed."""
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    how = Acknowledgement.How(how)
    version = queries.newest()
    if version is None:
        raise Refused(CHANGED)
    if how is not Acknowledgement.How.NOT_SIGNED:
        return _once(by, client, version, language, how, note)
    if not why_not:
        raise Refused(SAY_WHY)
    return _write(by, client, version, language, how, note, Acknowledgement.Why(why_not))


def _once(
    by: Actor, client: Client, version: NoticeVersion, language: str, how: Acknowledgement.How, note: str = ""
) -> Acknowledgement:
    rows = Acknowledgement.objects.filter(client=client, version=version)
    known: Acknowledgement | None = rows.exclude(how=Acknowledgement.How.NOT_SIGNED).first()
    return known or _write(by, client, version, language, how, note)


def _write(
    by: Actor, client: Client, version: NoticeVersion, language: str, how: Acknowledgement.How, note: str,
    why_not: str = "",
) -> Acknowledgement:  # fmt: skip
    return Acknowledgement.objects.create(
        client=client, version=version, language=language, shown_sha256=words.digest(version.texts[language]),
        how=how, why_not=why_not, note=" ".join(note.split()), at=clock.now(), by=by.name,
    )  # fmt: skip
