"""Two who finished, with a plan and a yes to be reached: one is to be called today, one would like to come back."""

from datetime import date, timedelta

from trellis.doors.demo.build.house import BUILDER, House
from trellis.foundation import clock
from trellis.journey.continuity.aftercare import actions
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client

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
#: name, pronouns, language, telephone, and how many days ago the stay ended: the first is to be called today
FINISHED = (
    ("Ofelia Duarte", "she/her", "en", "(909) 555-0121", 7),
    ("Rubén Salas", "él", "es", "(909) 555-0147", 14),
)
YES = {"by_phone": True, "by_mail": True, "may_leave_message": True}


def finished(house: House) -> None:
    """Two who were here from the first day on, and left with a plan and a yes."""
    director = house.one("clinical_director").actor
    for name, pronouns, language, telephone, ago in FINISHED:
        last = house.calendar.today - timedelta(days=ago)
        email = f"{name.split()[0].lower()}@mail.example.org".replace("é", "e")
        with house.at(house.calendar.at(house.calendar.opening, 10)):
            client = clients.register_client(
                by=BUILDER, chosen_name=name, pronouns=pronouns, born_on=date(1987, 5, 9), language=language,
                telephone=telephone, email=email, may_leave_message=True,
            )  # fmt: skip
            level = house.blueprint.program.level_of_care
            stay = clients.open_episode(by=BUILDER, client=client, level=level, opened_on=house.calendar.opening)
        with house.at(house.calendar.at(last, 15)):
            actions.keep_plan(by=director, client=client, words=PLANS[language], seen=0)
            actions.agree(by=director, client=client, yes=True, safely="", **YES)
            clients.close_episode(by=BUILDER, episode=stay, closed_on=last, reason="completed")


def told(house: House) -> None:
    """One of them was reached just now, on the fourteenth day, and would like to come back."""
    name, *_rest, language, _telephone, ago = FINISHED[1]
    client = Client.objects.filter(chosen_name=name, episodes__status="closed").first()
    if client is None:
        return
    caller = house.one("intake_coordinator", language).actor
    answers = {"linked": "yes", "using": "yes", "home": "no", "safe": "yes", "call": "yes"}
    with house.at(clock.now() - timedelta(minutes=25)):
        actions.record_call(by=caller, client=client, day=ago, outcome="reached", answers=answers)
        actions.ask_to_return(by=caller, client=client)
