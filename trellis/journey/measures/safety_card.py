"""What a client reads: before a question about safety is asked, and at once when an answer does not wait."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from trellis.journey.inquiry.presenters import day_words
from trellis.journey.measures import duty
from trellis.ui.words import one_stop, spoken_time


def card(now: datetime) -> dict[str, Any]:
    """For `measures/_safety_card.html`: what happens next, in words that keep to the rota."""
    return {"on_duty": bool(duty.rota().levels(now)), "next": _next(now)}


def drawn(now: datetime) -> SafeString:
    """The card itself, for a page that does not include its template."""
    return render_to_string("measures/_safety_card.html", {"card": card(now)})


def before_words(now: datetime) -> list[str]:
    """Said before anybody answers, one line each: who reads it, and who is there at any hour."""
    if duty.rota().levels(now):
        reads = _("If an answer tells us that you are in danger, somebody on our team is told at once.")
    else:
        reads = _("Nobody on our team reads your answers right now.") + " " + _when(now)
    return [reads, _("You can call or text 988 at any hour, day and night. In danger? Call 911.")]


def _next(now: datetime) -> str:
    if duty.rota().levels(now):
        return _("Somebody on our team is told right now. They will call you or come to you.")
    return _("Nobody on our team is here right now.") + " " + _when(now)


def _when(now: datetime) -> str:
    calls = duty.rota().calls_at(now)
    if calls is None:
        return _("We call you as soon as we are here again.")
    values = {"day": day_words(calls.date()), "time": spoken_time(calls.time())}
    return one_stop(_("We call you on %(day)s, from %(time)s on.") % values)
