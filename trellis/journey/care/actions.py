"""A note is kept, and written again beside what it said. Nothing is overwritten, and nobody else is told."""

from datetime import date

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.care import rules
from trellis.journey.care.models import CounselingNote, CounselingNoteVersion
from trellis.people.clients.models import Client


@action("notes.keep", on="client")
def keep_note(*, by: Actor, client: Client, on: date, words: str) -> CounselingNote:
    """By whoever held the talk: they alone read it from now on. The same words sent by two taps are one note."""
    why = rules.why_not(words, on, clock.today(program.zone()))
    if why:
        raise Refused(why)
    assert by.account_id is not None  # the table lets in only people who signed in
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    earlier = CounselingNote.objects.filter(client=client, author=by.account_id, on=on).order_by("-id").first()
    if earlier is not None and _said(earlier) == words.strip():
        return earlier
    note = CounselingNote.objects.create(client=client, author_id=by.account_id, on=on, at=clock.now())
    _write(note, words)
    return note


@action("notes.write_again", on="note")
def write_again(*, by: Actor, note: CounselingNote, words: str) -> CounselingNoteVersion:
    """A new version; what it said before stays beside it."""
    CounselingNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    why = rules.why_not(words, note.on, clock.today(program.zone()), before=_said(note))
    if why:
        raise Refused(why)
    return _write(note, words)


def _said(note: CounselingNote) -> str:
    newest = note.versions.order_by("-id").values_list("words_sealed", flat=True).first()
    return crypto.unseal(newest) if newest else ""


def _write(note: CounselingNote, words: str) -> CounselingNoteVersion:
    return CounselingNoteVersion.objects.create(note=note, words_sealed=crypto.seal(words.strip()), at=clock.now())
