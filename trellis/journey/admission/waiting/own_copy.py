"""What a client takes out of their own record about a wait for a place, and about being handed on elsewhere.

Notes of our calls are nobody's section, as those of an inquiry are.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.journey.admission.models import AdmissionWait, HandOn, HandOnStep, WaitStep
from trellis.journey.admission.queries import own_inquiries
from trellis.journey.admission.waiting import words
from trellis.journey.admission.waiting.actions import Off
from trellis.journey.admission.waiting.rules import Interim
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, Line, day, instant, text, yes_no

#: as they are said to the person themselves, where staff read it of somebody else
OWN: Mapping[str, "Promise | str"] = {
    WaitStep.Kind.NO_ANSWER: gettext_lazy("We tried and did not reach you"),
    WaitStep.Kind.DECLINED: gettext_lazy("You said no to it"),
    WaitStep.Kind.OFFER: gettext_lazy("We offered you a place"),
    Interim.HIV_TB_CARE: gettext_lazy("Referral for HIV or TB care, if you want it"),
    Off.ELSEWHERE: gettext_lazy("You found another place"),
    Off.CHANGED_MIND: gettext_lazy("You did not want to come any more"),
    Off.NOT_REACHED: gettext_lazy("We could not reach you, again and again"),
    Off.NOT_FOR_US: gettext_lazy("We were not the right place for you"),
    Off.MISTAKE: gettext_lazy("You were put on the list by mistake"),
    HandOn.Way.IN_PERSON: gettext_lazy("Somebody of us went with you"),
    HandOn.Way.NUMBER: gettext_lazy("You got the number"),
    HandOnStep.Found.ARRIVED: gettext_lazy("You got there"),
    HandOnStep.Found.NOT_ARRIVED: gettext_lazy("You did not go there"),
}


def waits(client: Client) -> Iterable[Entry]:
    """Each wait, and after it what was done meanwhile; two statements."""
    rows = AdmissionWait.objects.filter(inquiry__in=own_inquiries(client)).prefetch_related("steps")
    for row in rows.order_by("id"):
        yield (instant("since", _("You asked for a place"), row.since), *_order(row))
        for step in sorted(row.steps.all(), key=lambda one: one.pk):
            yield (
                instant("at", _("When"), step.at),
                text("kind", _("What happened"), step.kind, _said(step.kind, step.get_kind_display())),
                text("what", _("What it was"), step.what, _what(step)),
                *(_order(step) if step.kind == WaitStep.Kind.FACTS else ()),
            )


def _order(row: AdmissionWait | WaitStep) -> tuple[Line, Line]:
    """What the law lets decide whose turn it is."""
    return (
        yes_no("pregnant", _("You were pregnant then"), bool(row.pregnant)),
        yes_no("injects", _("You injected drugs then"), bool(row.injects)),
    )


def _what(step: WaitStep) -> "Promise | str":
    if not step.what:
        return ""
    if step.kind == WaitStep.Kind.OFF:
        return _said(step.what, Off(step.what).label)
    return _said(step.what, words.service(step.what))


def hand_ons(client: Client) -> Iterable[Entry]:
    """Where to, how, and what was heard since; two statements."""
    rows = HandOn.objects.filter(inquiry__in=own_inquiries(client)).prefetch_related("steps")
    for row in rows.order_by("on", "id"):
        yield (
            day("on", _("When"), row.on),
            text("place", _("Name of the place"), row.place),
            text("spoke_with", _("Who was spoken to there"), row.spoke_with),
            text("way", _("How"), row.way, _said(row.way, row.get_way_display())),
        )
        for step in sorted(row.steps.all(), key=lambda one: one.pk):
            yield (
                day("heard_on", _("When we asked"), step.on),
                text("found", _("Whether you got there"), step.found, _said(step.found, step.get_found_display())),
            )


def _said(key: str, otherwise: Any) -> "Promise | str":
    return OWN.get(key, otherwise)
