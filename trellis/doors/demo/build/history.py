"""What is known of clients: some they told on their phone before the first day, the rest a clinician asked.

The newest of them used lately, so that a scale of withdrawal waits to be asked.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.journey.admission.history import actions
from trellis.journey.admission.history.rules import ANSWERED, NOT_TODAY, Said, Use
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client

#: by the language of whoever tells it
OWN = {
    "en": {"goal": "To sleep through the night, and be there for my daughter.", "good_at": "I fix things. Old radios."},
    "es": {"goal": "Dormir toda la noche y estar presente para mi hija.", "good_at": "Arreglo cosas. Radios viejos."},
}
CHOSEN = {"living": "family", "work_now": "part", "mandate": "nobody", "has_naloxone": "yes", "sleep": "bad"}
LATER = ("family_use", "faith")


def told(house: House, accounts: list[int]) -> None:
    clients = list(Client.objects.filter(account__in=accounts).order_by("pk"))
    for client in clients:
        with house.at(clock.now() - timedelta(days=3)):
            _own_words(client)
        with house.at(clock.now() - timedelta(hours=5)):
            _asked(house, client)
    if clients:
        with house.at(clock.now() - timedelta(hours=3)):
            _lately(clients[-1])


def _own_words(client: Client) -> None:
    assert client.account is not None
    said = {key: Said(ANSWERED, text) for key, text in OWN[client.language].items()}
    said |= {key: Said(ANSWERED, value) for key, value in CHOSEN.items()} | {key: Said(NOT_TODAY) for key in LATER}
    actions.tell(by=actor_for(client.account), client=client, said=said)


def _asked(house: House, client: Client) -> None:
    members = [*house.of("therapist"), *house.of("counselor")]
    member = next((one for one in members if may(one.actor, "history.answer", client)), None)
    if member is not None:
        said = {
            "ill_when_stopping": Said(ANSWERED, "yes"),
            "seizures": Said(ANSWERED, "no"),
            "overdoses": Said(ANSWERED, "1"),
        }
        actions.answer(by=member.actor, client=client, said=said, who="person")
        use = Use("before", 16, clock.now().date() - timedelta(days=60), "mouth")
        actions.record_use(by=member.actor, client=client, substance="alcohol", who="person", use=use)


def _lately(client: Client) -> None:
    assert client.account is not None
    use = Use("some_weeks", 19, clock.now().date() - timedelta(days=2), "smoked")
    actions.tell_use(by=actor_for(client.account), client=client, substance="opioid", use=use)
