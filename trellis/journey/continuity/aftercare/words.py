"""The words of plans and follow-ups, for the person themselves and for whoever helps them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.journey.continuity.aftercare.rules import NO, SKIP, YES, Shelf, State

#: parts of a plan beside the people, in the order in which they are of use
PARTS: Mapping[str, "Promise | str"] = {
    "first_hour": _("What I do in the first hour"),
    "signs": _("Early signs that it gets hard"),
    "meetings": _("My meetings"),
    "places": _("Places that are good for me"),
    "keep": _("What I want to keep doing"),
}
PEOPLE = _("People I can call")
HINTS: Mapping[str, "Promise | str"] = {
    "first_hour": _("One step on each line, such as: drink water, go outside, call Ana."),
    "signs": _("What you and others notice first: sleep, mood, places, thoughts."),
    "meetings": _("Day, time and place, one on each line."),
    "places": _("Where it is easy to be well, one on each line."),
    "keep": _("What does you good, one on each line."),
}
QUESTIONS: Mapping[str, "Promise | str"] = {
    "linked": _("Do you have help now: a program, a doctor, a counselor or a meeting?"),
    "using": _("Have you used alcohol or drugs since we last spoke?"),
    "home": _("Are home and work going all right?"),
    "safe": _("Do you feel safe right now?"),
    "call": _("Would you like us to call you?"),
}
ANSWERS: Mapping[str, "Promise | str"] = {YES: _("Yes"), NO: _("No"), SKIP: _("I would rather not say")}
STATES: Mapping[State, tuple["Promise | str", str]] = {
    State.PLANNED: (_("after the stay"), "plain"),
    State.AHEAD: (_("to come"), "plain"),
    State.DUE: (_("open now"), "citrus"),
    State.DONE: (_("answered"), "leaf"),
    State.DECLINED: (_("rather not"), "plain"),
    State.MISSED: (_("passed"), "plain"),
}
SHELVES: Mapping[Shelf, "Promise | str"] = {
    Shelf.WAITS: _("Asked for a call"),
    Shelf.OVERDUE: _("From earlier days"),
    Shelf.TODAY: _("Today"),
    Shelf.SOON: _("In the next seven days"),
}
#: on the page of one person
DUE: Mapping[Shelf, "Promise | str"] = {
    Shelf.WAITS: _("They asked for a call"),
    Shelf.OVERDUE: _("A follow-up waits since an earlier day"),
    Shelf.TODAY: _("A follow-up is due today"),
}
