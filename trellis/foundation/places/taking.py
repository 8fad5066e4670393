"""From a source to a list: fetch or open it, read it, take it over. A fault leaves everything as it was."""

from itertools import count
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from trellis.foundation import outbound
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.outbound import Way
from trellis.foundation.places import actions, queries, recalling
from trellis.foundation.places.models import MeetingList, Reading
from trellis.foundation.places.reading import NoList, Outcome

#: lists of whole cities are longer than what is usual for a feed: two thousand meetings are 1.7 MB
LIMIT = outbound.Limits(size=10_000_000)
NO_LIST = "no_list"
NO_LIST_WORDS = _(
    "What is there is no list of meetings. Ask the publisher for their list in the format Meeting Guide or BMLT."
)
LONGEST_NAME = 100


def add(
    *, by: Actor, address: str, file: UploadedFile | None, description: dict[str, Any], way: Way | None = None
) -> Reading:
    """A list that was not here before, from an address or from a file. Raises Refused, with nothing changed."""
    if file is not None:
        reading = _take_file(by, _free_name(PurePath(file.name or "").stem), file)
    else:
        reading = _add_from(address.strip(), by, way)
    actions.describe_list(by=by, meeting_list=reading.list, **description)
    return reading


def _add_from(address: str, by: Actor, way: Way | None) -> Reading:
    if queries.from_source(address).exists():
        raise Refused(_("There is a list from this address already. Open it and read it again there."))
    answer = _fetch(address, way)
    return _take_over(by, _free_name(urlsplit(address).hostname or ""), address, answer)


def read_file(*, by: Actor, meeting_list: MeetingList, file: UploadedFile) -> Reading:
    """A newer file of a list. Raises Refused, with nothing changed."""
    return _take_file(by, meeting_list.name, file)


def _take_file(by: Actor, name: str, file: UploadedFile) -> Reading:
    body = file.read()
    return actions.import_list(by=by, name=name, outcome=_outcome(name, body), body=body, source=file.name or "")


def read_again(*, by: Actor, meeting_list: MeetingList, anew: bool = False, way: Way | None = None) -> Reading | None:
    """A list that has an address. None: nothing changed there; `anew` reads it even then. Raises Refused.

    A fault is remembered with the list, and told to whoever asked.
    """
    marks = {} if anew else {"etag": meeting_list.etag, "last_modified": meeting_list.last_modified}
    try:
        answer = _fetch(meeting_list.source, way, **marks)
        if answer.unchanged:
            actions.found_unchanged(by=by, meeting_list=meeting_list)
            return None
        return _take_over(by, meeting_list.name, meeting_list.source, answer)
    except NotTaken as fault:
        actions.not_read(by=by, meeting_list=meeting_list, fault=fault.word)
        raise


class NotTaken(Refused):
    """Nothing was taken over; `word` is what is remembered of why."""

    def __init__(self, sentence: Any, word: str) -> None:
        super().__init__(sentence)
        self.word = word


def _fetch(address: str, way: Way | None, **marks: str) -> outbound.Answer:
    if settings.DEMO:
        raise Refused(_("A demo reads no other site. Choose a file instead."))
    try:
        return outbound.fetch(address, limit=LIMIT, way=way, **marks)
    except outbound.NotFetched as fault:
        raise NotTaken(str(fault), fault.word) from None


def _take_over(by: Actor, name: str, address: str, answer: outbound.Answer) -> Reading:
    etag, last_modified = answer.etag, answer.last_modified
    reading = actions.import_list(
        by=by, name=name, outcome=_outcome(name, answer.body), body=answer.body, source=address, etag=etag,
        last_modified=last_modified,
    )  # fmt: skip
    actions.remember_source(by=by, meeting_list=reading.list, etag=etag, last_modified=last_modified)
    return reading


def _outcome(name: str, body: bytes) -> Outcome:
    try:
        return recalling.outcome_of(name, body)
    except NoList:
        raise NotTaken(NO_LIST_WORDS, NO_LIST) from None


def _free_name(words: str) -> str:
    """A name for the command that no list has yet: meetings-example-org, meetings-example-org-2."""
    name = slugify(words.replace(".", "-"))[:LONGEST_NAME] or "list"
    taken = queries.names_like(name)
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
