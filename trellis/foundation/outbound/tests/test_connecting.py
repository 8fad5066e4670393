"""How long a site may take, and whose certificate it must show."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from trellis.foundation.outbound import Limits, NotFetched, Way, connecting, fetch
from trellis.foundation.outbound.resolving import resolve
from trellis.foundation.outbound.tests.servers import OPEN, Everywhere, names, reach, refused, says
from trellis.foundation.outbound.tests.test_rules import GOOD

# --- how long it may take ---------------------------------------------------------------------------------------------


class Drip:
    """A clock that goes on by one second each time it is looked at, and lets the server send one more byte."""

    def __init__(self):
        self.now, self.more, self.over = 0.0, threading.Semaphore(0), False

    def __call__(self):
        self.now += 1
        self.more.release()
        return self.now

    def answer(self, head):
        def one(connection):
            connection.sendall(head)
            while self.more.acquire(timeout=5) and not self.over:
                connection.sendall(b"x")

        return one


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["head", "body"])
def test_a_site_that_drips_is_left_when_the_whole_time_is_over(serve, head):
    drip = Drip()
    limit = Limits(connect=2, read=5, whole=10, size=1_000)
    assert refused(serve(drip.answer(head)), seconds=drip, limit=limit) == "slow"
    drip.over = True
    drip.more.release()
    assert 10 <= drip.now <= 12


class Recorded(httpcore.NetworkStream):
    def __init__(self):
        self.waits = []

    def read(self, max_bytes, timeout=None):
        self.waits.append(timeout)
        return b""

    write = read


def test_no_single_step_may_wait_longer_than_what_is_left():
    times = iter([0.0, 1.0, 7.5, 9.0, 10.0])
    stream = Recorded()
    timed = connecting.TimedStream(stream, connecting.Deadline(10, lambda: next(times)))
    for _ in range(2):
        timed.read(1, 5)
    timed.write(b"x", None)
    assert stream.waits == [5, 2.5, 1.0]
    with pytest.raises(NotFetched, match="too long"):
        timed.read(1, 5)


def test_a_site_that_accepts_and_stays_silent_is_left(serve):
    silent = threading.Event()
    server = serve(lambda connection: silent.wait(5))
    assert refused(server, limit=Limits(read=0.05)) == "slow"
    silent.set()


def test_a_site_that_is_not_there():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    way = Way(plain=True, ports=frozenset({port}), is_public=lambda address: True)
    with pytest.raises(NotFetched) as found:
        fetch(f"http://127.0.0.1:{port}/", way=way)
    assert found.value.why == "unreachable"


def test_the_next_address_is_tried_when_one_does_not_answer(serve):
    server = serve(says(body=b"[]"))

    class HalfThere(Everywhere):
        def connect_tcp(self, host, *rest, **more):
            if host == GOOD[2]:
                self.dialled.append(host)
                raise httpcore.ConnectError
            return super().connect_tcp(host, *rest, **more)

    dial = HalfThere(server)
    way = Way(resolve=names(list_example=[GOOD[2], OPEN]), dial=dial, plain=True)
    assert fetch("http://list.example/", way=way).body == b"[]"
    assert dial.dialled == [GOOD[2], OPEN]


def test_a_name_is_not_waited_for_longer_than_a_connection(monkeypatch):
    answer = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: answer.wait(5) and [])
    with pytest.raises(NotFetched, match="too long"):
        resolve("list.example", 443, 0.01)
    answer.set()


def test_a_name_that_nobody_has():
    with pytest.raises(NotFetched, match="no site with this name"):
        resolve("", 443, 5)


# --- whose certificate it is ------------------------------------------------------------------------------------------


def signed(name, key, issuer, issuer_key, *, authority):
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in (name, issuer)]
    builder = x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A server's context with a certificate for list.example, and a reader's that trusts who signed it."""
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    path.write_text(secret + signed("list.example", own, "root.example", root, authority=False))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(path)
    reading = ssl.create_default_context(cadata=signed("root.example", root, "root.example", root, authority=True))
    return serving, reading


def test_the_certificate_is_asked_for_by_name_although_an_address_is_dialled(serve, certificates):
    serving, reading = certificates
    asked_for = []
    serving.sni_callback = lambda connection, name, context: asked_for.append(name)
    server = serve(says(body=b"[]"), tls=serving)
    assert reach(server, "https://list.example/", tls=reading).body == b"[]"
    assert asked_for == ["list.example"]


def test_a_certificate_of_another_name_or_of_nobody_known_is_refused(serve, certificates):
    serving, reading = certificates
    server = serve(says(body=b"[]"), tls=serving)
    other = names(other_example=[OPEN])
    assert refused(server, "https://other.example/", resolve=other, tls=reading) == "unreachable"
    assert refused(server, "https://list.example/") == "unreachable"
    assert server.heads == []
