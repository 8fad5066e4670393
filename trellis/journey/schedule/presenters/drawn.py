"""Boxes of the day sheet as HTML, drawn by hand like its lines: dozens stand on one page, and the template that prints
each asks for twelve values one by one. Every text goes through `esc`."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from trellis.journey.schedule.presenters.desk import esc


class Head(NamedTuple):
    """What stands above the lines of one session."""

    id: str
    url: str
    starts: str
    name: str
    place: str
    here: str
    tone: str
    word: "Promise | str"


class CallLine(NamedTuple):
    """Somebody to call: which line it is about, how to call safely, and what may come of it (values and words)."""

    id: str
    url: str
    name: str
    telephone: str
    missed: str
    safely: str
    times: str
    results: Iterable[tuple[str, str]]


def session(head: Head, lines: SafeString, *, nobody: bool) -> str:
    id_ = head.id
    # Words stand beside an f-string, not in it: makemessages does not look into one.
    empty = esc(gettext("Nobody is in this group yet."))
    return _box(
        id_,
        f'<h3><span class="num">{esc(head.starts)}</span> <a href="{head.url}">{esc(head.name)}</a></h3>'
        f'<p>{esc(head.place)}</p><p class="day-count"><span id="n-{id_}">{esc(head.here)}</span> '
        f'<b class="chip chip-{head.tone}">{esc(str(head.word))}</b></p>',
        lines or (f'<p class="soft">{empty}</p>' if nobody else ""),
    )


def hours(part: str, lines: SafeString) -> str:
    """The individual hours of a part of the day, in one list."""
    title = esc(gettext("Individual hours"))
    return _box(f"hours-{part}", f"<h3>{title}</h3>", lines)


def _box(id_: str, head: str, body: str) -> str:
    return f'<div class="day-session" id="s-{id_}"><header>{head}</header>\n{body}</div>'


def calls(found: Iterable[CallLine]) -> SafeString:
    words = esc(gettext("no telephone"))
    no_telephone = f'<span class="soft">{words}</span>'
    otherwise = esc(gettext("Something else"))
    return SafeString("\n".join(_call(call, no_telephone, otherwise) for call in found))


def _call(call: CallLine, no_telephone: str, otherwise: str) -> str:
    telephone = esc(call.telephone)
    reached_at = f'<a class="nowrap num" href="tel:{telephone}">{telephone}</a>' if telephone else no_telephone
    name = f"call-{call.id}-name"
    times = f'<p class="safe-times">{esc(call.times)}</p>' if call.times else ""
    usual, *others = (
        f'<button class="button small" name="call" value="{call.id}.{value}">{esc(words)}</button>'
        for value, words in call.results
    )
    # One tap for what is most usual, two for the rest.
    rest = (
        f'<details class="fold"><summary>{otherwise}<span class="visually-hidden">: {esc(call.name)}</span></summary>'
        f'<div class="cluster">{"".join(others)}</div></details>'
    )
    return (
        f'<li id="call-{call.id}"><p class="between"><strong id="{name}"><a href="{call.url}">{esc(call.name)}</a>'
        f'</strong>{reached_at}</p><p class="soft">{esc(call.missed)}</p><p>{esc(call.safely)}</p>'
        f'{times}<div class="cluster no-print" role="group" aria-labelledby="{name}">{usual}{rest}</div></li>'
    )
