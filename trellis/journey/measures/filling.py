"""A form on a page, whoever holds it: shown, saved answer by answer, and handed in.

`acts`: the actions of whoever holds it, staff and clients on their phones, or a client on a device of ours.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.journey.measures import actions, presenters, queries, safety_card
from trellis.journey.measures.library import instruments
from trellis.journey.measures.models import Administration
from trellis.journey.measures.presenters import NOTHING_WRONG, Look, Wrong
from trellis.journey.measures.queries import Given
from trellis.journey.measures.rules.asking import hanging_on, holding_up, is_asked, left_open
from trellis.journey.measures.rules.forms import Form, Item
from trellis.journey.measures.rules.safety import MISSING

LEAVE_OUT = "leave_out"
NOT_A_NUMBER = -999
#: of what somebody typed into a field for a number, and reads there again
LONGEST = 20


def is_worrying(given: Given) -> bool:
    """Somebody said something that does not wait; a question left out is not that."""
    return bool(given.flags - {MISSING})


def context(
    given: Given,
    answer_url: str,
    *,
    wrong: Wrong = NOTHING_WRONG,
    note: str = "",
    hidden: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """`hidden`: questions that were answered before, and whose answers may not be read here."""
    return {
        "given": given,
        "lines": [line for line in presenters.lines(given, wrong) if line.item.key not in hidden],
        "hides": bool(hidden),
        "answer_url": answer_url,
        "is_worrying": is_worrying(given),
        "before": presenters.before(given.form, clock.now()),
        "card": safety_card.card(clock.now()),
        "note": note,
        "leave_out": bool(note) and not any(one.typed for one in wrong.values()),
        "form_language": given.administration.language,
        "other_words": given.administration.language != (get_language() or "en")[:2],
    }


def keep(
    request: Request,
    administration: Administration,
    acts: Any = actions,
    worries: Callable[[Given], bool] = is_worrying,
) -> HttpResponse:
    """One change, sent by the page itself: what is said back, and what now hangs on it."""
    before = queries.given(administration)
    was_worrying = worries(before)
    given, note = before, ""
    try:
        acts.keep_answers(by=request.actor, administration=administration, answers=said(before.form, request))
    except Refused as refused:
        note = str(refused)
    else:
        given = queries.given(administration)
    items = [item for key in said(given.form, request) for item in hanging_on(given.form, key)]
    moved = [item for item in items if is_asked(item, before.answers) != is_asked(item, given.answers)]
    return render(request, "measures/_kept.html", {
        "note": note,
        "moved": [presenters.line_of(given, item) for item in moved],
        "given": given,
        "answer_url": request.path,
        "is_worrying": worries(given),
        "was_worrying": was_worrying,
        "card": safety_card.card(clock.now()),
        "form_language": administration.language,
    })  # fmt: skip


def hand_in(request: Request, administration: Administration, acts: Any = actions) -> tuple[Given, Wrong, str]:
    """Save what stands on the page and can be, and finish unless something is open that nobody chose to leave out.

    What stands then, what is still to look at, and a sentence; no sentence: it is finished.
    """
    before = queries.given(administration)
    answers = said(before.form, request)
    wrong = _not_answers(before.form, request, answers)
    sound = {key: value for key, value in answers.items() if key not in wrong}
    try:
        acts.keep_answers(by=request.actor, administration=administration, answers=sound)
    except Refused as refused:
        return queries.given(administration), wrong, str(refused)
    given = queries.given(administration)
    if wrong:
        return given, wrong, _("Your other answers are saved. Please look again at what is marked below.")
    if must := holding_up(given.form, given.answers):
        return given, _not_answered(must), str(actions.NOT_SILENT)
    left = left_open(given.form, given.answers, instruments()[given.form.key].required_any)
    came = [item for item in left if not is_asked(item, before.answers)]
    if came or (left and not typed(request, LEAVE_OUT)):
        return given, _not_answered(left), _open_words(len(left), came=bool(came))
    try:
        acts.finish(by=request.actor, administration=administration)
    except Refused as refused:
        return given, NOTHING_WRONG, str(refused)
    return queries.given(administration), NOTHING_WRONG, ""


def _not_answered(items: tuple[Item, ...]) -> Wrong:
    return {item.key: Look(_("Not answered yet")) for item in items}


def _not_answers(form: Form, request: Request, answers: Mapping[str, int | None]) -> Wrong:
    """What was sent and is no answer to its question, as it was typed."""
    return {
        item.key: Look(_look_words(item), typed(request, item.key)[:LONGEST])
        for item in form.questions
        if (value := answers.get(item.key)) is not None and not item.takes(value)
    }


def _look_words(item: Item) -> str:
    if item.kind == "integer":
        return _("Write a whole number from %(least)d to %(most)d.") % {"least": item.least, "most": item.most}
    return str(actions.NOT_AN_ANSWER)


def _open_words(number: int, *, came: bool) -> str:
    if came:
        return _("Your answers are saved. They brought up a few more questions, marked below.")
    return ngettext(
        "Your answers are saved. %(number)d question is open, marked below. Answer it, or leave it out.",
        "Your answers are saved. %(number)d questions are open, marked below. Answer them, or leave them out.",
        number,
    ) % {"number": number}  # fmt: skip


def said(form: Form, request: Request) -> Mapping[str, int | None]:
    """What the page holds of this form: a question that is not sent stays as it is; an empty one is taken back."""
    return {item.key: _number(typed(request, item.key)) for item in form.questions if item.key in request.POST}


def _number(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else NOT_A_NUMBER
