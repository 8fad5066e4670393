"""Two who finished, each with a discharge, a signed summary, the next place, a plan and a yes to be reached.

One is to be called today; one was reached just now and would like to come back.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trellis.doors.demo.build import answers, leaving
from trellis.doors.demo.build.house import BUILDER, House
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.continuity.aftercare import actions
from trellis.journey.continuity.leaving import actions as leave
from trellis.journey.continuity.leaving import draft
from trellis.people.accounts.queries import actor_for
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client, Episode

PLANS = {
    "en": {
        "people": [["My sister", "(909) 555-0163"], ["Sponsor", "(909) 555-0188, any hour"]],
        "first_hour": ["Put the keys away", "Drink a glass of water", "Call my sister"],
        "signs": ["I sleep less than five hours", "I say no to everybody"],
        "meetings": ["Tuesday, 7 pm, the church on Garey Avenue"],
        "places": ["The park in the morning", "The library"],
        "keep": ["Walking with the dog", "Cooking on Sundays"],
    },
    "es": {
        "people": [["Mi hermana", "(909) 555-0163"], ["Madrina", "(909) 555-0188, a cualquier hora"]],
        "first_hour": ["Guardar las llaves", "Tomar un vaso de agua", "Llamar a mi hermana"],
        "signs": ["Duermo menos de cinco horas", "Le digo que no a todo el mundo"],
        "meetings": ["Martes, 7 pm, la iglesia de la avenida Garey"],
        "places": ["El parque por la mañana", "La biblioteca"],
        "keep": ["Caminar con el perro", "Cocinar los domingos"],
    },
}


@dataclass(frozen=True)
class Finished:
    """`ago`: days since the stay ended; they are as many as follow-ups have."""

    name: str
    pronouns: str
    language: str
    telephone: str
    ago: int


FINISHED = (
    Finished("Ofelia Duarte", "she/her", "en", "(909) 555-0121", 14),
    Finished("Rubén Salas", "él", "es", "(909) 555-0147", 30),
)
DAYS = (7, 14, 30)
YES = {"by_phone": True, "by_mail": True, "may_leave_message": True}
STAY = "Nine weeks of evening groups, three a week, and an hour alone each week. Those weeks were kept on paper."
#: how somebody was, week by week, in the last weeks of the stay
ASKED = ("phq-9", "gad-7", "bam-iop")
WELL = {"linked": "yes", "using": "no", "home": "yes", "safe": "yes", "call": "no"}
HARD = {"linked": "yes", "using": "yes", "home": "no", "safe": "yes", "call": "yes"}


def finished(house: House) -> None:
    """Two whose stay began before this record did, and ended in it."""
    for one in FINISHED:
        last = _last_day(house, one)
        with house.at(house.calendar.at(house.calendar.opening, 10)):
            client, stay = _known(house, one, last)
        _asked(house, client, last)
        with house.at(house.calendar.at(last, 15)):
            _ended(house, one, stay, last)


def _last_day(house: House, one: Finished) -> date:
    """A short demo has no month behind it."""
    lived = (house.calendar.today - house.calendar.opening).days
    return house.calendar.today - timedelta(days=max(day for day in DAYS if day <= one.ago and day < lived))


def _known(house: House, one: Finished, last: date) -> tuple[Client, Episode]:
    email = f"{one.name.split()[0].lower()}@mail.example.org".replace("é", "e")
    client = clients.register_client(
        by=BUILDER, chosen_name=one.name, pronouns=one.pronouns, born_on=date(1987, 5, 9), language=one.language,
        telephone=one.telephone, email=email, may_leave_message=True,
    )  # fmt: skip
    level, since = house.blueprint.program.level_of_care, min(house.calendar.opening, last - timedelta(weeks=9))
    return client, clients.open_episode(by=BUILDER, client=client, level=level, opened_on=since)


def _asked(house: House, client: Client, last: date) -> None:
    """Read aloud by their therapist: early, and in the last week."""
    by = house.one("clinical_director").actor
    for week, day in ((0, house.calendar.opening + timedelta(days=1)), (5, last - timedelta(days=2))):
        if day >= last:
            continue
        with house.at(house.calendar.at(day, 14)):
            for key in ASKED:
                said = answers.use(week) if key == "bam-iop" else answers.spread(key, answers.points(week))
                answers.given(by, client, key, said, way="aloud")


def _ended(house: House, one: Finished, stay: Episode, last: date) -> None:
    """The next place is known, contact is agreed, the stay ends, and its summary is signed on the same day."""
    by, client = house.one("clinical_director").actor, stay.client
    _next_place(house, by, client, last)
    actions.keep_plan(by=by, client=client, words=PLANS[one.language], seen=0)
    actions.agree(by=by, client=client, yes=True, safely="", **YES)
    row = leaving.ended(by, stay, last, "completed")
    leave.sign_summary(by=by, row=row, words={**draft.drafted(client, row), "stay": STAY}, language="en")


def _next_place(house: House, by: Actor, client: Client, last: date) -> None:
    """A weekly hour, from next week on; they got there."""
    first = last + timedelta(days=5)
    place = leave.plan(
        by=by, client=client, direction="step_down", place="Valley Outpatient", place_kind="outpatient", level="1.5",
        telephone="(909) 555-0171", appointment_at=datetime.combine(first, time(10), house.calendar.zone),
    )  # fmt: skip
    leave.step(by=by, row=place, kind="called", on=last, words="Spoke with Ana at the desk: they are expected.")
    with house.at(house.calendar.at(first, 16)):
        leave.step(by=by, row=place, kind="arrived", on=first, words="Ana called: they came, and come again.")


def told(house: House) -> None:
    """Those of weeks ago were answered; on the fourteenth day one was reached just now, and asks to come back."""
    for one in FINISHED:
        client = Client.objects.filter(chosen_name=one.name, episodes__status="closed").first()
        if client is None:
            continue
        last, caller = _last_day(house, one), house.one("intake_coordinator", one.language).actor
        ago = (house.calendar.today - last).days
        for day in (day for day in DAYS if day < ago):
            with house.at(house.calendar.at(last + timedelta(days=day), 11)):
                _followed_up(client, caller, day)
        if one is FINISHED[0]:
            with house.at(clock.now() - timedelta(minutes=25)):
                actions.record_call(by=caller, client=client, day=ago, outcome="reached", answers=HARD)
                actions.ask_to_return(by=caller, client=client)


def _followed_up(client: Client, caller: Actor, day: int) -> None:
    """The first by themselves on their phone, where they can sign in; later ones on the telephone."""
    if day == DAYS[0] and client.account is not None:
        actions.answer(by=actor_for(client.account), client=client, day=day, answers=WELL)
    else:
        actions.record_call(by=caller, client=client, day=day, outcome="reached", answers=WELL)
