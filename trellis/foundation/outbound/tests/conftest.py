import pytest

from trellis.foundation.outbound.tests.servers import Server


@pytest.fixture
def serve():
    begun = []

    def one(*args, **more):
        server = Server(*args, **more)
        begun.append(server.__enter__())
        return server

    yield one
    for server in begun:
        server.__exit__()
