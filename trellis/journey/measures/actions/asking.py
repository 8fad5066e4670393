"""A form is begun, answered and finished. Answers are rows of their own: none is ever overwritten."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.journey.measures import queries
from trellis.journey.measures.actions.raising import asked_because, raise_alert
from trellis.journey.measures.blueprint import measures
from trellis.journey.measures.library import form, forms, instruments
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.rules import Result, score
from trellis.journey.measures.rules.asking import holding_up
from trellis.journey.measures.rules.forms import fits
from trellis.journey.measures.rules.limits import ITEM, differs_by_sex, of_the_instrument, sex_said
from trellis.journey.measures.rules.safety import safety_flags
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

NO_SUCH_FORM = _("We do not have these questions.")
NOT_IN_THIS_WAY = _("These questions cannot be asked in this way and language. Choose another.")
NOT_THEIRS = _("Only the client answers on their own phone. Read the questions aloud, or type in a paper.")
NOT_YET = _("This day is still to come. Write the day on which the paper was filled in.")
FINISHED = _("These answers were handed in. They stay as they are.")
TOO_EARLY = _("This is before the day of birth, or long before they came to us. Look at the year.")
OVER = _("It is a week since this was begun. Please begin again.")
NO_SUCH_QUESTION = _("This question is not on the form.")
NOT_AN_ANSWER = _("This answer is not one of those that stand there. Please choose again.")
NOTHING_SAID = _("Nothing is answered yet. Answer what you can, and leave out the rest.")
NOT_SILENT = _("One question needs an answer before you finish. It is marked below.")


class WrongDay(Refused):
    """A paper cannot be of this day."""


@action("measures.begin", on="client")
def begin(
    *, by: Actor, client: Client, instrument: str, occasion: str, way: str, language: str, on: date | None = None,
    because: SafetyAlert | None = None,
) -> Administration:  # fmt: skip
    """The form that was begun for the same, or a new one: two taps give one. `on`: when a paper was filled in."""
    _require_no_tablet(way)
    return begun(
        by=by, client=client, instrument=instrument, occasion=occasion, way=way, language=language, on=on,
        because=because,
    )  # fmt: skip


def begun(
    *, by: Actor, client: Client, instrument: str, occasion: str, way: str, language: str, on: date | None = None,
    because: SafetyAlert | None = None,
) -> Administration:  # fmt: skip
    """Part of the act that begins one."""
    today = clock.today(program.zone())
    if instrument not in forms():
        raise Refused(NO_SUCH_FORM)
    if not fits(form(instrument), way=way, language=language, reviewed=measures().reviewed_spanish):
        raise Refused(NOT_IN_THIS_WAY)
    if on is not None:
        _require_day(client, on, today)
    _require_hands(by, client, way)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    first = on or queries.since(occasion, client, today)
    same = {"instrument": instrument, "way": way, "language": language}
    known = queries.resumable(client, same, first, on or today, today)
    given = known or Administration.objects.create(
        client=client, episode=open_episode(client), instrument=instrument, version=form(instrument).version,
        language=language, way=way, occasion=Administration.Occasion(occasion), on=on or today, at=clock.now(),
        by=by.name,
    )  # fmt: skip
    if because is not None:
        asked_because(by, because, given)
    return given


@action("measures.answer", on="administration")
def answer(*, by: Actor, administration: Administration, item: str, value: int | None) -> list[Answer]:
    """One answer; None takes it back."""
    _require_no_tablet(administration.way)
    return written(by, administration, {item: value})


@action("measures.answer", on="administration")
def keep_answers(*, by: Actor, administration: Administration, answers: Mapping[str, int | None]) -> list[Answer]:
    """Several at once, or none of them."""
    _require_no_tablet(administration.way)
    return written(by, administration, answers)


@action("measures.finish", on="administration")
def finish(*, by: Actor, administration: Administration) -> Outcome:
    """What it comes to. The same tap twice is one; after it nothing changes."""
    _require_no_tablet(administration.way)
    return finished(by, administration)


def finished(by: Actor, administration: Administration) -> Outcome:
    """Part of the act that hands a form in."""
    _lock(administration)
    known = Outcome.objects.filter(administration=administration).first()
    if known is not None:
        return known
    _require_open(by, administration)
    answers = queries.answers_of(administration)
    if not answers:
        raise Refused(NOTHING_SAID)
    if holding_up(form(administration.instrument), answers):
        raise Refused(NOT_SILENT)
    result = _scored(administration, answers)
    outcome = Outcome.objects.create(
        administration=administration, status=str(result.status), total=result.total,
        subscores=dict(result.subscores), severity=result.severity or "", flags=list(result.flags), at=clock.now(),
        by=by.name,
    )  # fmt: skip
    _tell(by, administration, answers, finished=True)
    return outcome


def written(by: Actor, administration: Administration, answers: Mapping[str, int | None]) -> list[Answer]:
    """Part of the act that answers."""
    _lock(administration)
    if Outcome.objects.filter(administration=administration).exists():
        raise Refused(FINISHED)
    _require_open(by, administration)
    for item, value in answers.items():
        _require_sound(administration, item, value)
    before = queries.answers_of(administration)
    changed = {item: value for item, value in answers.items() if before.get(item) != value}
    rows = [
        Answer.objects.create(administration=administration, item=item, value=value, at=clock.now(), by=by.name)
        for item, value in changed.items()
    ]
    if rows:
        after = {item: value for item, value in {**before, **changed}.items() if value is not None}
        _tell(by, administration, after, finished=False)
    return rows


def _tell(by: Actor, administration: Administration, answers: Mapping[str, int], *, finished: bool) -> None:
    """What does not wait is told once, as soon as it is said, and never taken back by a later answer."""
    result = _scored(administration, answers)
    found = safety_flags(instruments()[administration.instrument], result, finished=finished)
    raise_alert(by=by, administration=administration, flags=found, finished=finished)


def _scored(administration: Administration, answers: Mapping[str, int]) -> Result:
    """A limit that was said before counts where this form leaves it open."""
    instrument = instruments()[administration.instrument]
    sex = sex_said(answers)
    if sex is None and differs_by_sex(instrument) and ITEM not in answers:
        sex = queries.sex_said_before(administration.client)
    return score(instrument, of_the_instrument(answers), sex)


def _require_day(client: Client, on: date, today: date) -> None:
    if on > today:
        raise WrongDay(NOT_YET)
    if on < queries.first_paper_day(client):
        raise WrongDay(TOO_EARLY)


def _lock(administration: Administration) -> None:
    Administration.objects.select_for_update(of=("self",)).get(pk=administration.pk)


def _require_open(by: Actor, administration: Administration) -> None:
    _require_hands(by, administration.client, administration.way)
    if queries.is_over(administration, clock.today(program.zone())):
        raise Refused(OVER)


def _require_hands(by: Actor, client: Client, way: str) -> None:
    """On their own phone the client answers, and nobody in their place; what staff read aloud or type in is staff's."""
    own = by.account_id is not None and by.account_id == client.account_id
    if own != (way == Administration.Way.PHONE):
        raise Refused(NOT_THEIRS)


def _require_no_tablet(way: str) -> None:
    """What somebody answers on a device of ours is theirs alone: `on_tablet` writes it, while it is handed over."""
    if way == Administration.Way.TABLET:
        raise Refused(NOT_THEIRS)


def _require_sound(administration: Administration, item: str, value: int | None) -> None:
    question = form(administration.instrument).question(item)
    if question is None:
        raise Refused(NO_SUCH_QUESTION)
    if value is not None and not question.takes(value):
        raise Refused(NOT_AN_ANSWER)
