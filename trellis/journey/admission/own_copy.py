"""What a client takes out of their own record about how they came: what they asked for, and why they were admitted.

What somebody else asked about them, and what we wrote about our calls, is nobody's section.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.journey.admission.diagnoses import presenters as diagnosis_words
from trellis.journey.admission.diagnoses import queries as diagnosed
from trellis.journey.admission.history import presenters as told
from trellis.journey.admission.history import queries as known
from trellis.journey.admission.history.bank import questions
from trellis.journey.admission.history.rules import Substance
from trellis.journey.admission.history.words import SHORT
from trellis.journey.admission.levels import presenters, queries
from trellis.journey.admission.models import HistoryAnswer
from trellis.journey.admission.queries import admissions_of, own_inquiries
from trellis.journey.inquiry.models import Topic
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, several, text, yes_no


def asked(client: Client) -> Iterable[Entry]:
    """Every question of their own that led here, the first and those that were joined with it; one statement."""
    for row in own_inquiries(client).order_by("asked_at", "pk"):
        topics = ", ".join(str(Topic(one).label) for one in row.topics)
        yield (
            instant("asked_at", _("When you asked"), row.asked_at),
            text("channel", _("How you asked"), row.channel, row.get_channel_display()),
            text("name", _("Name you gave"), row.name),
            text("telephone", _("Telephone"), row.telephone),
            text("email", _("Email"), row.email),
            yes_no("may_leave_message", _("We may leave a message"), row.may_leave_message),
            yes_no("may_text", _("We may send a text"), row.may_text),
            yes_no("may_email", _("We may send an email"), row.may_email),
            several("times", _("When to call"), row.times, row.time_words),
            text("safe_note", _("How to call safely"), row.safe_note),
            text("language", _("Language"), row.language, row.get_language_display()),
            text("words", _("In your words"), row.words),
            several("topics", _("What you wanted to know"), row.topics, topics),
        )


def admissions(client: Client) -> Iterable[Entry]:
    """One statement."""
    for row in reversed(admissions_of(client)):
        yield (
            day("admitted_on", _("Admitted on"), row.admitted_on),
            text("level", _("Level of care"), row.level),
            text("reason", _("Why this level of care"), row.reason),
            text("clinician", _("Who decided"), row.admitting_clinician.chosen_name),
        )


def levels(client: Client) -> Iterable[Entry]:
    """What was proposed and decided about how much care is right; one statement."""
    for row in reversed(queries.assessments(client)):
        said = presenters.kept(row)
        yield (
            instant("at", _("When"), row.at),
            text("kind", _("What it is"), row.kind, said.kind),
            text("level", _("Level of care"), row.level, said.name),
            text("recommended", _("What the program’s rules said"), row.recommended, said.recommended),
            text("reason", _("Why another level than the rules say"), said.reason),
            text("considerations", _("What you want, can do, and what stands in the way"), said.considerations),
            several("facts", _("What was known"), _facts(said.facts), "; ".join(_facts(said.facts))),
        )


def _facts(facts: Iterable[tuple[str, str, str]]) -> list[str]:
    return [f"{fact}: {value}" + (f" ({why})" if why else "") for fact, value, why in facts]


def diagnoses(client: Client) -> Iterable[Entry]:
    """What was proposed and signed, and what ended; one statement."""
    for row in reversed(diagnosed.diagnoses_of(client)):
        said = diagnosis_words.line(row)
        yield (
            instant("at", _("When"), row.at),
            text("kind", _("What it is"), row.kind, row.get_kind_display()),
            text("code", _("Code"), row.code),
            text("label", _("Diagnosis"), said.label),
            several("criteria", _("Criteria that were met"), row.criteria, "; ".join(said.criteria)),
            several("details", _("What is said beside it"), said.details, "; ".join(said.details)),
            text("words", _("In words"), said.words),
            text("signed_by", _("Signed by"), said.who),
            text("ended", _("It does not stand any more"), row.end.how if said.ended else "", said.ended),
            text("why_ended", _("Why it does not stand any more"), said.why_ended),
        )


def history(client: Client) -> Iterable[Entry]:
    """What was answered about them; what their family told us in confidence is not in it. One statement."""
    for row in known.answers(client):
        question = questions().get(row.key)
        if question is not None and row.who != HistoryAnswer.Who.FAMILY:
            yield (
                day("on", _("When"), row.on),
                text("question", _("What was asked"), row.key, str(question.ask)),
                text("answer", _("What was answered"), row.said.value or row.said.state, told.answer(question, row)),
                text("who", _("Who said it"), row.who, HistoryAnswer.Who(row.who).label),
            )


def substances(client: Client) -> Iterable[Entry]:
    """One statement."""
    for rows in known.substances(client).values():
        for row in reversed(rows):
            if row.who != HistoryAnswer.Who.FAMILY:
                (line,) = told.told_before([row], None)
                yield (
                    day("on", _("When"), row.on),
                    text("substance", _("Substance"), row.substance, SHORT[Substance(row.substance)]),
                    text("told", _("What was answered"), line.words),
                    text("who", _("Who said it"), row.who, HistoryAnswer.Who(row.who).label),
                )
