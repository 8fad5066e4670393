"""One way to draw every Django form field: what the template `ui/components/field.html` needs, worked out once."""

from dataclasses import dataclass
from typing import Literal

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from trellis.ui.navigation import Words

Kind = Literal["input", "choices", "checkbox", "group", "hidden"]


@dataclass(frozen=True)
class Choice:
    id: str
    control: SafeString
    label: Words


@dataclass(frozen=True)
class FieldParts:
    bound: BoundField
    kind: Kind
    classes: str
    control: SafeString
    choices: tuple[Choice, ...]
    optional: bool
    question: bool


def parts_of(
    bound: BoundField, *, look: str = "", hint: Words = "", question: bool = False, hide_label: bool = False
) -> FieldParts:
    """A form that asks for nothing it needs, or says itself what it needs, has `says_optional = False`."""
    if hint:
        bound.help_text = str(hint)
    kind = _kind(bound)
    return FieldParts(
        bound=bound,
        kind=kind,
        classes=_classes(bound, look, "unseen" if hide_label else ""),
        control=_control(bound, kind),
        choices=_choices(bound) if kind == "choices" else (),
        question=question,
        optional=not hide_label
        and not bound.field.required
        and kind not in ("hidden", "checkbox")
        and getattr(bound.form, "says_optional", True)
        and not bound.field.disabled,
    )


def _kind(bound: BoundField) -> Kind:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if isinstance(widget, (forms.MultiWidget, forms.SelectDateWidget)) else "input"


def _classes(bound: BoundField, *looks: str) -> str:
    names = ["field", *looks, "has-error" if bound.errors else ""]
    return " ".join(filter(None, names))


def _control(bound: BoundField, kind: Kind) -> SafeString:
    if kind == "choices":
        return SafeString("")
    if bound.value() in (None, "") or not bound.errors:
        _say_type(bound.field.widget)
    if kind in ("hidden", "checkbox"):
        return bound.as_widget()
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"input {own}".strip()})


def _say_type(widget: forms.Widget) -> None:
    """Dates and times get the browser's own picker, which speaks ISO. It shows nothing else, so what was typed
    and not understood stays in a plain field."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"


def _choices(bound: BoundField) -> tuple[Choice, ...]:
    return tuple(
        Choice(id=option.id_for_label, control=option.tag(), label=option.choice_label) for option in bound.subwidgets
    )
