from trellis.people.clients.models import Client


def plant(client: Client) -> None:
    pass
