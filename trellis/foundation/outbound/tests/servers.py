"""Small servers on this machine that count who reaches them, and a network in which any address leads to them."""

import socket
import ssl
import threading

import httpcore
import pytest

from trellis.foundation.outbound import Limits, NotFetched, Way, fetch


class Server:
    """Answers each connection with `answer(connection)` after the head of the request; `reached` counts connections."""

    def __init__(self, answer=None, *, tls=None):
        self.answer, self.tls, self.reached, self.heads = answer, tls, 0, []
        self.names = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        # A last connection of our own lets the thread see that the door is closing.
        self._closing = True
        socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        for thread in self._threads:
            thread.join(5)
        self._door.close()

    _closing = False

    def _serve(self):
        while True:
            connection, _ = self._door.accept()
            if self._closing:
                connection.close()
                return
            self.reached += 1
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection):
        connection.settimeout(5)
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4096)
                if not piece:
                    return
                head += piece
            self.heads.append(head.decode())
            self.answer(connection)
        except (OSError, ssl.SSLError):
            pass  # the other side left: that is what many of these tests are about
        finally:
            connection.close()


def says(status="200 OK", body=b"", **headers):
    lines = {"Content-Length": str(len(body)), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return lambda connection: connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


class Everywhere(httpcore.SyncBackend):
    """Leads every address to one server, so that a connection to any of them is counted; `dialled` says to which."""

    def __init__(self, server):
        self._server, self.dialled = server, []

    def connect_tcp(self, host, port, *rest, **more):
        self.dialled.append(host)
        return super().connect_tcp("127.0.0.1", self._server.port, *rest, **more)


def names(**addresses):
    """A resolver that knows these names; each may give another answer each time it is asked."""
    asked = []

    def resolve(host, port, seconds):
        asked.append(host)
        found = addresses[host.replace(".", "_")]
        return list(found.pop(0) if isinstance(found[0], list) else found)

    resolve.asked = asked
    return resolve


OPEN = "93.184.215.14"
QUICK = Limits(connect=2, read=2, whole=4, size=1_000)


def reach(server, url="http://list.example/", *, resolve=None, etag="", last_modified="", limit=QUICK, **way):
    resolve = resolve or names(list_example=[OPEN])
    return fetch(
        url,
        etag=etag,
        last_modified=last_modified,
        limit=limit,
        way=Way(resolve=resolve, dial=Everywhere(server), plain=True, **way),
    )


def refused(server, *args, **more):
    with pytest.raises(NotFetched) as found:
        reach(server, *args, **more)
    return found.value.word
