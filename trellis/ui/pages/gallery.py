"""Every component with its states, light and dark side by side. It shows nobody's data."""

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trellis.ui.assets import ICONS
from trellis.ui.vine import Leaf, Vine, vine
from trellis.ui.weekgrid import Block, WeekGrid, week_grid

PAIRS = ("leaf", "citrus", "gold", "dusk", "rose")
EVENING = (17 * 60 + 30, 20 * 60 + 30)


class SampleForm(forms.Form):
    """One field of each kind. It is drawn and never read."""

    name = forms.CharField(label=_("What should we call you?"), help_text=_("A first name is enough."))
    words = forms.CharField(label=_("Anything else"), widget=forms.Textarea, required=False)
    when = forms.ChoiceField(
        label=_("When may we call?"), widget=forms.RadioSelect, choices=[("am", _("Morning")), ("pm", _("Evening"))]
    )
    mood = forms.ChoiceField(
        label=_("How is this morning?"),
        widget=forms.RadioSelect,
        choices=[("1", _("Rough")), ("2", _("Okay")), ("3", _("Good"))],
        required=False,
    )
    days = forms.MultipleChoiceField(
        label=_("Which days work?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("mon", pgettext_lazy("an answer", "Monday")), ("sat", pgettext_lazy("an answer", "Saturday"))],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("es", "Español")])
    born = forms.DateField(label=_("A date"), required=False)
    at = forms.TimeField(label=_("A time"), required=False)
    text = forms.BooleanField(label=_("You may send me a text"), required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    sides = [_side("light"), _side("dark")]
    return render(request, "ui/gallery.html", {"sides": sides, "icons": ICONS, "tones": PAIRS})


def _side(theme: str) -> dict[str, object]:
    return {
        "theme": theme,
        "person": "Marisol R.",
        "form": _form(theme, None),
        "wrong": _form(f"{theme}-wrong", {"language": "en", "born": gettext("yesterday")}),
        "vines": _vines(),
        "grid": _grid(),
        "page": _page(),
    }


def _form(prefix: str, data: dict[str, str] | None) -> SampleForm:
    typed = {f"{prefix}-{key}": value for key, value in data.items()} if data is not None else None
    return SampleForm(typed, prefix=prefix)


def _page() -> Page:
    return Paginator(range(90), 30).page(2)


def _vines() -> list[tuple[str, Vine]]:
    return [
        (gettext("The middle of a week"), _vine([("attended", 180), ("attended", 50), ("next", 0), ("planned", 0)])),
        (gettext("A group was missed"), _vine([("missed", 0), ("attended", 163), ("next", 0), ("planned", 0)])),
        (gettext("A week that is done"), _vine([("attended", n) for n in (180, 60, 180, 174)])),
        (gettext("A week that begins"), _vine([("next", 0), ("planned", 0), ("planned", 0), ("planned", 0)])),
    ]  # fmt: skip


def _vine(states: list[tuple[str, int]]) -> Vine:
    names = [gettext("Monday group"), gettext("Individual hour"), gettext("Wednesday group"), gettext("Thursday group")]
    lengths = [180, 60, 180, 180]
    leaves = [
        Leaf(label=name, minutes=length, state=state, attended=attended)  # type: ignore[arg-type]
        for name, length, (state, attended) in zip(names, lengths, states, strict=True)
    ]
    return vine(leaves, attended=sum(leaf.attended for leaf in leaves), planned=sum(lengths), enough=540)


def _grid() -> WeekGrid:
    work = [Block(day, 8 * 60, 17 * 60, "work", gettext("work")) for day in range(5)]
    groups = [Block(day, *EVENING, "group", gettext("group")) for day in (0, 2, 3)]
    return week_grid([*work, *groups, Block(5, 10 * 60, 11 * 60, "one", "1:1")])


urlpatterns = [path("", gallery, name="gallery")]
