"""A web server in a thread of this process, on a database of the test's own."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIServer
from django.db import connections
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread

#: where clock_at holds the clock; a server's threads do not inherit it from the test
held_at: datetime | None = None


class Live:
    """`live.url` is its address. `live.client(user)` is a Django test client signed in on its database."""

    def __init__(self, thread: LiveServerThread) -> None:
        self.thread = thread
        # By name and not by number: passkeys are bound to a name.
        self.url = f"http://localhost:{thread.port}"

    def address(self, path: str) -> str:
        return self.url + path

    def client(self, user=None) -> Client:
        client = Client()
        if user is not None:
            sign_in(client, user)
        return client

    def cookies(self, user) -> list[dict[str, str]]:
        return [{"name": c.key, "value": c.value, "url": self.url} for c in self.client(user).cookies.values()]


def sign_in(client: Client, user, *, second_step: bool = True) -> Client:
    """Signs in as a person does who passed everything; tests of the sign-in itself go through its pages."""
    from allauth.account.internal.userkit import user_id_to_str

    from trellis.foundation.record.guard import writing

    with writing("a sign-in for a test"):
        client.force_login(user)
    if second_step:
        session = client.session
        shown = {"method": "mfa", "type": "totp", "at": time.time()}
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}, shown]
        session["account_authentication_methods_user"] = user_id_to_str(user)
        session.save()
    return client


class Server(ThreadedWSGIServer):
    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()

    def handle_error(self, request, client_address):
        """A browser that leaves mid-answer is not a fault; Django's own handler prints it as one."""

    def set_app(self, application):
        def at_the_held_time(environ, start_response):
            from trellis.foundation import clock

            with clock.travel(held_at) if held_at else nullcontext():
                return application(environ, start_response)

        WSGIServer.set_app(self, at_the_held_time)


class Thread(LiveServerThread):
    server_class = Server


@pytest.fixture
def live(committed_db: str) -> Iterator[Live]:
    with override_settings(ALLOWED_HOSTS=["localhost", "127.0.0.1", "testserver"]):
        thread = Thread("localhost", StaticFilesHandler, connections_override={})
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield Live(thread)
        finally:
            thread.terminate()
