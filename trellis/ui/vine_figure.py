"""The week vine as a figure, drawn by hand: its template took a third of the time of a client's page.

A picture for the eye, and the same week as a table. Numbers stand as they are; words are escaped.
"""

from collections.abc import Iterator
from typing import get_args

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trellis.ui.boxes import esc
from trellis.ui.navigation import Words
from trellis.ui.vine import Leaf, LeafState, Tick, Vine
from trellis.ui.words import Once, spoken_minutes

STATE_WORDS: dict[LeafState, Promise] = {
    "attended": _("Here"),
    "planned": _("Planned"),
    "next": _("Next"),
    "missed": _("Absent"),
    "excused": _("Excused"),
}
AHEAD = ("planned", "next")


def figure(vine: Vine, status: Words, *, unfolded: bool) -> SafeString:
    spoken = Once(spoken_minutes)
    as_list = gettext("See as a list")  # beside the f-string: makemessages does not look into one
    return SafeString(
        f'<figure class="vine" data-week-minutes data-attended="{vine.attended}" data-planned="{vine.planned}"'
        f' data-enough="{vine.enough}">\n{_sum(vine, status, spoken)}\n{_picture(vine, spoken)}\n'
        f'<details class="fold"{" open" if unfolded else ""}><summary>{esc(as_list)}</summary>\n'
        f'<ul class="leaf-key">{"".join(_key(vine))}</ul>\n{_table(vine, spoken)}</details>\n</figure>'
    )


def _sum(vine: Vine, status: Words, spoken: Once) -> str:
    said = gettext('<strong class="num">%(attended)s</strong> of %(enough)s so far.') % {
        "attended": esc(spoken[vine.attended]),
        "enough": esc(spoken[vine.enough]),
    }
    return f'<p class="vine-sum">{said}{" " if status else ""}{esc(status)}</p>'


# --- the picture ------------------------------------------------------------------------------------------------------


def _picture(vine: Vine, spoken: Once) -> str:
    leaves = "".join(f'<g transform="{leaf.transform}">{_leaf(leaf.session.state)}</g>' for leaf in vine.leaves)
    ticks = "".join(_tick(tick, first=number == 0) for number, tick in enumerate(vine.ticks))
    return (
        f'<svg viewBox="0 0 {vine.width} {vine.height}" width="{vine.shown_width}" role="img"'
        f' aria-label="{_in_words(vine, spoken)}">\n'
        f"{_stem(vine)}\n{_enough(vine, spoken)}\n{leaves}\n{ticks}\n</svg>"
    )


def _in_words(vine: Vine, spoken: Once) -> str:
    words = gettext("The week as a vine: %(attended)s attended, %(planned)s planned, %(enough)s is enough.")
    return esc(words % {name: spoken[getattr(vine, name)] for name in ("attended", "planned", "enough")})


def _stem(vine: Vine) -> str:
    parts = {"base": vine.base, "lost": vine.lost, "ahead": vine.ahead, "done": vine.done}
    return "".join(f'<path class="vine-{name}" d="{path}"/>' for name, path in parts.items() if path)


def _enough(vine: Vine, spoken: Once) -> str:
    words = gettext("enough: %(enough)s") % {"enough": spoken[vine.enough]}
    return (
        f'<path class="vine-enough" d="M{vine.enough_x} {vine.enough_top}V{vine.enough_foot}"/>'
        f'<text class="vine-enough-word" x="{vine.enough_x}" y="13" text-anchor="{vine.enough_anchor}">'
        f"{esc(words)}</text>"
    )


def _leaf(state: LeafState) -> str:
    return (
        f'<path class="leaf leaf-{state}" d="M0 0C-9-4.5-10.5-15-2.5-26C7-21 9.5-8.5 0 0Z"/>'
        '<path class="leaf-vein" d="M0-1C-1-8-1.6-13-2.2-19"/>'
    )


def _tick(tick: Tick, *, first: bool) -> str:
    anchor = "start" if first else "end" if tick.last else "middle"
    return f'<text x="{tick.x}" y="103" text-anchor="{anchor}">{tick.hours}{" h" if tick.last else ""}</text>'


# --- the list ---------------------------------------------------------------------------------------------------------


def _key(vine: Vine) -> Iterator[str]:
    present = {leaf.state for leaf in vine.sessions}
    for state in get_args(LeafState):
        if state in present:
            picture = f'<svg viewBox="-9 -28 18 30" aria-hidden="true">{_leaf(state)}</svg>'
            yield f"<li>{picture}{esc(STATE_WORDS[state])}</li>"


def _table(vine: Vine, spoken: Once) -> str:
    session, went = esc(gettext("Session")), esc(gettext("How it went"))
    planned, attended = esc(gettext("Planned")), esc(gettext("Attended"))
    caption, together = esc(gettext("This week, session by session")), esc(gettext("Together"))
    return (
        f'<table class="table"><caption class="visually-hidden">{caption}'
        f'</caption><thead><tr><th scope="col">{session}</th><th scope="col">{went}</th>'
        f'<th scope="col" class="num">{planned}</th><th scope="col" class="num">{attended}</th></tr></thead>\n'
        f"<tbody>{''.join(_row(leaf, spoken) for leaf in vine.sessions)}</tbody>\n"
        f'<tfoot><tr><th scope="row">{together}</th><td></td>'
        f'<td class="num">{spoken[vine.planned]}</td><td class="num">{spoken[vine.attended]}</td></tr></tfoot></table>'
    )


def _row(leaf: Leaf, spoken: Once) -> str:
    attended = "–" if leaf.state in AHEAD else spoken[leaf.attended]
    return (
        f'<tr><th scope="row">{esc(leaf.label)}</th><td>{esc(leaf.word or STATE_WORDS[leaf.state])}</td>'
        f'<td class="num">{spoken[leaf.minutes]}</td><td class="num">{attended}</td></tr>'
    )
