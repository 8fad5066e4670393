"""What the record says already of withdrawal, danger and home, beside the fields that ask for them."""

from collections.abc import Mapping

from django.utils.formats import date_format

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.journey.admission.history import presenters as told
from trellis.journey.admission.history import queries as history
from trellis.journey.admission.history.bank import questions
from trellis.journey.admission.history.blueprint import FORMS
from trellis.journey.admission.history.rules import ANSWERED
from trellis.journey.admission.levels.rules import Fact
from trellis.journey.measures import presenters as measured
from trellis.journey.measures import queries as measures
from trellis.people.clients.models import Client

#: by instrument and by question: the fact that they bear on
INSTRUMENTS: Mapping[str, Fact] = {
    **dict.fromkeys(FORMS.values(), Fact.WITHDRAWAL), "c-ssrs-screener": Fact.SAFETY,
}  # fmt: skip
QUESTIONS: Mapping[str, Fact] = {
    "thoughts_of_death": Fact.SAFETY, "safe_now": Fact.LIVING, "living": Fact.LIVING,
}  # fmt: skip


def known(by: Actor, client: Client) -> dict[Fact, list[str]]:
    """As far as they may read where it comes from; each with its day. Two statements."""
    found: dict[Fact, list[str]] = {}
    for row in measures.last_of_each(client) if may(by, "measures.read", client) else ():
        if fact := INSTRUMENTS.get(row.instrument):
            words = measured.result_words(row.outcome, row)
            line = f"{measured.name(row.instrument)}, {date_format(row.on, 'DATE_FORMAT')}: {words}"
            found.setdefault(fact, []).append(line)
    stands = history.as_it_stands(client) if may(by, "history.read", client) else {}
    for key, fact in QUESTIONS.items():
        if key in stands and stands[key].now.said.state == ANSWERED:
            said = told.line(questions()[key], stands[key].now, {})
            found.setdefault(fact, []).append(f"{questions()[key].ask} {said.words} ({said.said})")
    return found
