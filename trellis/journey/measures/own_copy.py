"""What a client takes out of their own record about questions: each answer, and what a form came to."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from trellis.journey.measures import presenters
from trellis.journey.measures.library import form
from trellis.journey.measures.models import Administration, Answer, Outcome
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, Line, day, number, text


def answers(client: Client) -> Iterable[Entry]:
    """Two statements; the newest answer to each question."""
    newest = Prefetch("answers", queryset=Answer.objects.order_by("id"), to_attr="in_order")
    rows = Administration.objects.filter(client=client).select_related("outcome").prefetch_related(newest)
    for row in rows.order_by("id"):
        yield (
            day("on", _("Day"), row.on),
            text("instrument", _("Questions"), row.instrument, presenters.plain(row.instrument)),
            text("way", _("How"), row.way, row.get_way_display()),
            *_came_to(row, getattr(row, "outcome", None)),
            *_answers(row),
        )


def _came_to(row: Administration, outcome: Outcome | None) -> Iterable[Line]:
    if outcome is None:
        return
    yield text("status", _("What it came to"), outcome.status, presenters.result_words(outcome, row))
    if outcome.total is not None:
        yield number("total", _("Points"), outcome.total)


def _answers(row: Administration) -> Iterable[Line]:
    given = {answer.item: answer.value for answer in row.in_order}  # type: ignore[attr-defined]
    for question in form(row.instrument).questions:
        if (value := given.get(question.key)) is not None:
            words = presenters.answer_words(question, value, row.language)
            yield number(question.key, question.words.said(row.language), value, words)
