"""The boxes that stand in every list, drawn by hand: a template of their own would take five times as long."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from trellis.ui.navigation import NavLink, Words

CURRENT = ' aria-current="page"'


def card(
    content: SafeString, title: Words, level: int, tone: str, link: str, link_words: Words, id: str, attributes: str
) -> SafeString:
    head = ""
    if title:
        more = f'<a href="{esc(link)}">{esc(link_words)}</a>' if link else ""
        head = f'<div class="card-head"><h{level:d}>{esc(title)}</h{level:d}>{more}</div>'
    classes = "card" + (f" {tone}" if tone == "panel" else f" tone-{tone}" if tone else "")
    named = f' id="{esc(id)}"' if id else ""
    return SafeString(f'<section class="{classes}"{named}{attributes}>{head}{esc(content)}</section>')


def chip(word: Words, tone: str, icon: str, attributes: str) -> SafeString:
    return SafeString(f'<span class="chip chip-{tone}"{attributes}>{icon}{esc(word)}</span>')


def places(items: Iterable[tuple[NavLink, str, str]], current: str) -> SafeString:
    """Each with its icon and its count."""
    lines = "".join(
        f'<li><a href="{esc(item.url)}"{CURRENT if item.key == current else ""}>{icon}'
        f"<span>{esc(item.label)}</span>{count}</a></li>"
        for item, icon, count in items
    )
    return SafeString(f"<ul>{lines}</ul>")


def notice(content: SafeString, words: Words, tone: str, detail: Words, icon: str) -> SafeString:
    inside = f'{icon}{" " if icon else ""}<p class="strong">{esc(words)}</p>{_detail(detail)}'
    return SafeString(f'<div class="notice tone-{tone}"><div>{inside}</div>{_held("actions", content)}</div>')


def row(
    content: SafeString, title: Words, lead: Words, initials: str, detail: Words, chip: str, href: str, tag: str,
    attributes: str,
) -> SafeString:  # fmt: skip
    before = f'<span class="row-lead">{esc(lead)}</span>' if lead else ""
    name = f'<a href="{esc(href)}">{esc(title)}</a>' if href else esc(title)
    body = f'<div class="row-body"><p class="row-title">{name}</p>{_detail(detail)}</div>'
    state = f'<div class="row-state">{chip}</div>' if chip else ""
    inside = f"{before}{initials}{body}{state}{_held('row-actions', content)}"
    return SafeString(f'<{esc(tag)} class="row"{attributes}>{inside}</{esc(tag)}>')


def _detail(detail: Words) -> str:
    return f'<p class="row-detail">{esc(detail)}</p>' if detail else ""


def _held(css_class: str, content: SafeString) -> str:
    """What a box holds between its tags, where it holds anything."""
    held = content.strip()
    return f'<div class="{css_class}">{held}</div>' if held else ""


def esc(value: Any) -> str:
    # A plain text is the rule, and Django looks three times whether it is something else.
    return escape(value) if type(value) is str else conditional_escape(value)
