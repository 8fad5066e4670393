"""The components. Each is one tag; what it needs is keyword arguments, and a missing one raises ComponentError."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from trellis.ui import boxes, words
from trellis.ui.assets import ICONS
from trellis.ui.fields import FieldParts, parts_of
from trellis.ui.kept import kept
from trellis.ui.navigation import Count, NavLink, Words
from trellis.ui.trajectory import Trajectory
from trellis.ui.vine import Vine
from trellis.ui.vine_figure import figure
from trellis.ui.weekgrid import WeekGrid

register = template.Library()
register.tag("kept", kept)

TONES = ("leaf", "citrus", "gold", "dusk", "rose", "plain")
KINDS = ("main", "quiet", "text", "danger", "panel")
MESSAGE_TONES = {"success": "leaf", "warning": "gold", "error": "gold", "info": "dusk", "debug": "plain"}
MESSAGE_ICONS = {"leaf": "circle-check", "gold": "circle-alert", "dusk": "info", "plain": "info"}


class ComponentError(ValueError):
    """A component was used without something that it cannot do without."""


def _need(component: str, **inputs: Any) -> None:
    for name, value in inputs.items():
        if value is None or str(value).strip() == "":
            raise ComponentError(f"{component} needs {name}.")


def _one_of(component: str, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ComponentError(f"{component}: {name} is {value!r}; it is one of {', '.join(allowed)}.")


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """Keywords as HTML attributes: `_` becomes `-`, True stands bare, None and False are left out."""
    if not given:
        return SafeString()
    pairs = [(key.strip("_").replace("_", "-"), value) for key, value in given.items()]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value),)
            for key, value in pairs
            if value is not None and value is not False
        ),
    )


@register.simple_tag
def icon(name: str, *, label: Words = "", size: str = "m") -> SafeString:
    return _drawn_icon(name, str(label), size)


@lru_cache(maxsize=512)
def _drawn_icon(name: str, label: str, size: str) -> SafeString:
    # Kept: dozens stand on a page, and each asks for the address of the sprite.
    if name not in ICONS:
        raise ComponentError(f"icon {name!r} is not in the sprite; add it to trellis/ui/assets.py.")
    _one_of("icon", "size", size, ("s", "m", "l"))
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {} width="20" height="20"><use href="{}#{}"/></svg>',
        "" if size == "m" else f" icon-{size}", voice, static("ui/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def button(
    words: Words, *, href: str = "", type: str = "submit", kind: str = "quiet", icon: str = "",
    icon_after: str = "", size: str = "", **attrs: Any
) -> SafeString:  # fmt: skip
    _need("button", words=words)
    _one_of("button", "kind", kind, KINDS)
    classes = " ".join(filter(None, ["button", kind, size, attrs.pop("class_", "")]))
    inside = format_html("{}{}{}", _icon(icon), words, _icon(icon_after))
    if href:
        return format_html('<a class="{}" href="{}"{}>{}</a>', classes, href, _attributes(attrs), inside)
    return format_html('<button class="{}" type="{}"{}>{}</button>', classes, type, _attributes(attrs), inside)


_icon_tag = icon


def _icon(name: str, size: str = "m") -> SafeString:
    return _icon_tag(name, size=size) if name else SafeString("")


@register.simple_tag
def chip(word: Words, *, tone: str = "leaf", icon: str = "", **attrs: Any) -> SafeString:
    _need("chip", word=word)
    _one_of("chip", "tone", tone, TONES)
    return boxes.chip(word, tone, _icon(icon, "s"), _attributes(attrs))


@register.simple_tag
def nav_count(count: Count) -> SafeString:
    if count.words:
        return format_html(
            '<span class="chip chip-{}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            count.tone,
            count.number,
            count.words,
        )
    return format_html('<span class="chip chip-{}">{}</span>', count.tone, count.number)


@register.simple_tag
def places(items: Iterable[NavLink], current: str) -> SafeString:
    """The pages that a person may open, as a list; `current` is the key of the one that stands open."""
    shown = ((item, _icon(item.icon), nav_count(item.count) if item.count else "") for item in items or ())
    return boxes.places(shown, current)


@register.simple_block_tag
def drawn(content: SafeString) -> SafeString:
    """What a page prints twice, drawn once: `{% drawn as name %} … {% enddrawn %}`."""
    return content


@register.simple_tag
def message(message: Message) -> SafeString:
    tone = MESSAGE_TONES.get(message.level_tag, "dusk")
    return format_html(
        '<li class="message message-{}">{}<span>{}</span></li>', tone, _icon(MESSAGE_ICONS[tone]), message.message
    )


@register.simple_tag
def initials(name: str) -> SafeString:
    _need("initials", name=name)
    letters = [part[0] for part in str(name).split() if part[0].isalnum()]
    return format_html(
        '<span class="initials" aria-hidden="true">{}</span>', "".join([*letters[:1], *letters[1:][-1:]]).upper()
    )


_initials = initials


@register.simple_block_tag
def card(
    content: SafeString, *, title: Words = "", level: int = 2, tone: str = "", link: str = "", link_words: Words = "",
    id: str = "", **attrs: Any,
) -> SafeString:  # fmt: skip
    if tone:
        _one_of("card", "tone", tone, ("panel", *TONES))
    if link:
        _need("card", title=title, link_words=link_words)
    return boxes.card(content, title, level, tone, link, link_words, id, _attributes(attrs))


@register.simple_block_tag
def notice(content: SafeString, *, words: Words, tone: str = "gold", detail: Words = "", icon: str = "") -> SafeString:
    _need("notice", words=words)
    _one_of("notice", "tone", tone, TONES)
    return boxes.notice(content, words, tone, detail, _icon(icon))


@register.simple_block_tag
def row(
    content: SafeString, *, title: Words, lead: Words = "", initials: str = "", detail: Words = "", word: Words = "",
    tone: str = "plain", href: str = "", tag: str = "li", **attrs: Any,
) -> SafeString:  # fmt: skip
    _need("row", title=title)
    _one_of("row", "tone", tone, TONES)
    return boxes.row(
        content, title, lead, _initials(initials) if initials else "", detail, chip(word, tone=tone) if word else "",
        href, tag, _attributes(attrs),
    )  # fmt: skip


@register.inclusion_tag("ui/components/empty.html")
def empty(
    title: Words, *, detail: Words = "", icon: str = "sprout", href: str = "", action: Words = ""
) -> dict[str, Any]:
    _need("empty", title=title)
    if href:
        _need("empty", action=action)
    return {"title": title, "detail": detail, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("ui/components/progress.html")
def progress(value: float, of: float, words: Words, *, tone: str = "leaf", label: Words = "") -> dict[str, Any]:
    _need("progress", value=value, of=of, words=words)
    _one_of("progress", "tone", tone, TONES)
    return {"value": value, "of": of or 1, "words": words, "tone": tone, "label": label or words}


@register.inclusion_tag("ui/components/stat.html")
def stat(
    label: Words, words: Words, *, value: float | None = None, of: float | None = None, tone: str = "leaf",
    detail: Words = "", href: str = "",
) -> dict[str, Any]:  # fmt: skip
    _need("stat", label=label, words=words)
    _one_of("stat", "tone", tone, TONES)
    return {
        "label": label, "words": words, "value": value, "of": of, "tone": tone, "detail": detail, "href": href,
        "has_bar": value is not None and bool(of),
    }  # fmt: skip


@register.inclusion_tag("ui/components/hour_bar.html")
def hour_bar(attended: int, planned: int, enough: int, label: Words) -> dict[str, Any]:
    _need("hour_bar", attended=attended, planned=planned, enough=enough, label=label)
    whole = max(attended, planned, enough, 1)

    def part(minutes: int) -> float:
        return round(100 * minutes / whole, 1)

    return {
        "attended": part(attended), "planned": part(planned), "mark": min(part(enough), 98.5), "label": label,
    }  # fmt: skip


@register.simple_tag
def week_vine(vine: Vine, *, status: Words = "", open: bool = False) -> SafeString:
    if not isinstance(vine, Vine):
        raise ComponentError("week_vine needs a Vine; make one with trellis.ui.vine.vine().")
    return figure(vine, status, unfolded=open)


@register.inclusion_tag("ui/components/week_grid.html")
def week_grid(grid: WeekGrid, *, caption: Words, open: bool = False) -> dict[str, Any]:
    if not isinstance(grid, WeekGrid):
        raise ComponentError("week_grid needs a WeekGrid; make one with trellis.ui.weekgrid.week_grid().")
    _need("week_grid", caption=caption)
    kinds = {block.kind: block.label for block in reversed(grid.rows)}
    return {"grid": grid, "caption": caption, "open": open, "key": sorted(kinds.items())}


@register.inclusion_tag("ui/components/trajectory.html")
def trajectory(drawn: Trajectory, **words: Words) -> dict[str, Any]:
    _need("trajectory", drawn=drawn, caption=words.get("caption"))
    return {"t": drawn, "key": drawn.key, **words}


@register.inclusion_tag("ui/components/steps.html")
def steps(current: int, total: int, *, label: Words = "") -> dict[str, Any]:
    if not 1 <= int(current) <= int(total):
        raise ComponentError(f"steps: {current} of {total} is not a step.")
    plain = gettext("Step %(current)d of %(total)d") % {"current": int(current), "total": int(total)}
    return {"pips": [n <= int(current) for n in range(1, int(total) + 1)], "label": label or plain}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: Context, page: Page, *, label: Words = "") -> dict[str, Any]:
    if not isinstance(page, Page):
        raise ComponentError("pager needs a Page of django.core.paginator.")
    request = context.get("request")

    def link(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "label": label,
        "before": link(page.previous_page_number()) if page.has_previous() else "",
        "after": link(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    if not isinstance(form, BaseForm):
        raise ComponentError("form_errors needs a form.")
    named = [(bound, bound.id_for_label or bound.auto_id) for bound in form if bound.errors]
    return {"form": form, "named": named, "count": len(named) + len(form.non_field_errors())}


@register.inclusion_tag("ui/components/field.html")
def field(
    bound: BoundField, *, look: str = "", hint: Words = "", legend_heading: bool = False, hide_label: bool = False
) -> dict[str, FieldParts]:
    if not isinstance(bound, BoundField):
        raise ComponentError("field needs a bound field of a form, such as form.name.")
    return {"parts": parts_of(bound, look=look, hint=hint, question=legend_heading, hide_label=hide_label)}


@register.inclusion_tag("ui/components/fields.html")
def fields(form: BaseForm) -> dict[str, BaseForm]:
    if not isinstance(form, BaseForm):
        raise ComponentError("fields needs a form.")
    return {"form": form}


@register.inclusion_tag("ui/components/crisis.html")
def crisis(*, look: str = "list") -> dict[str, str]:
    _one_of("crisis", "look", look, ("list", "line"))
    return {"look": look}


@register.inclusion_tag("ui/components/draft_status.html")
def draft_status() -> dict[str, Any]:
    """Stands in a form with data-draft; drafts.js writes into it."""
    return {}


@register.inclusion_tag("ui/components/mark.html")
def trellis() -> dict[str, Any]:
    return {}


@register.simple_tag
def minutes(number: int) -> str:
    _need("minutes", number=number)
    return words.spoken_minutes(number)


register.filter(words.in_line)
register.filter(words.one_stop, is_safe=True)


@register.filter
def spoken(number: int) -> str:
    return words.spoken_minutes(number)


@register.filter
def clock_mark(minute: int) -> str:
    return words.clock_mark(minute)


@register.filter
def short_day(day: int) -> str:
    return words.short_day(day)
