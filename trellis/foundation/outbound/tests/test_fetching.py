"""Nothing that is refused is reached: the servers here count."""

import gzip

import pytest

from trellis.foundation.outbound import NotFetched, Way, fetch
from trellis.foundation.outbound.tests.servers import OPEN, Everywhere, names, reach, refused, says
from trellis.foundation.outbound.tests.test_rules import BAD, GOOD

# --- where it may lead ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", BAD)
def test_a_name_that_leads_inside_reaches_nothing(serve, address):
    server = serve(says(body=b"[]"))
    assert refused(server, resolve=names(list_example=[address])) == "inside"
    assert refused(server, resolve=names(list_example=[OPEN, address])) == "inside"
    assert server.reached == 0


@pytest.mark.parametrize("address", GOOD)
def test_a_name_of_the_open_network_is_reached_at_that_very_address(serve, address):
    server = serve(says(body=b"[]"))
    dial = Everywhere(server)
    answer = fetch("http://list.example/", way=Way(resolve=names(list_example=[address]), dial=dial, plain=True))
    assert (answer.status, answer.body, server.reached, dial.dialled) == (200, b"[]", 1, [address])
    assert "Host: list.example\r\n" in server.heads[0]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1", "0", "localhost"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.1."),
    ],
)
def test_this_machine_is_not_reached_however_it_is_written(serve, host):
    server = serve(says(body=b"[]"))
    way = Way(plain=True, ports=frozenset({server.port}))
    with pytest.raises(NotFetched) as found:
        fetch(f"http://{host}:{server.port}/", way=way)
    # A resolver may not know a form; none may lead here.
    assert found.value.why in {"inside", "unknown"}
    assert server.reached == 0


def test_the_same_server_is_reached_when_its_address_is_judged_open(serve):
    """Without this the table above could pass because nothing worked at all."""
    server = serve(says(body=b"[]"))
    way = Way(plain=True, ports=frozenset({server.port}), is_public=lambda address: address == "127.0.0.1")
    assert fetch(f"http://2130706433:{server.port}/", way=way).body == b"[]"
    assert server.reached == 1


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://name:word@list.example/", "user"),
        ("http://list.example:22/", "port"),
        ("ftp://list.example/", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("list.example", "address"),
    ],
)
def test_an_address_that_is_refused_is_not_even_resolved(serve, url, word):
    server, resolver = serve(says()), names(list_example=[OPEN])
    assert refused(server, url, resolve=resolver) == word
    assert (server.reached, resolver.asked) == (0, [])


def test_plain_http_needs_a_setting(serve, settings):
    server = serve(says(body=b"[]"))
    assert settings.OUTBOUND_PLAIN is False
    way = Way(resolve=names(list_example=[OPEN]), dial=Everywhere(server))
    with pytest.raises(NotFetched, match="https"):
        fetch("http://list.example/", way=way)
    settings.OUTBOUND_PLAIN = True
    assert fetch("http://list.example/", way=way).body == b"[]"
    assert server.reached == 1


def test_an_installation_may_name_the_only_hosts(serve, settings):
    server = serve(says(body=b"[]"))
    settings.OUTBOUND_HOSTS = ["other.example"]
    assert refused(server) == "host"
    assert server.reached == 0


def test_a_name_that_changes_after_it_was_judged_gains_nothing(serve):
    server = serve(says(body=b"[]"))
    resolver = names(list_example=[[OPEN], ["127.0.0.1"]])
    dial = Everywhere(server)
    fetch("http://list.example/", way=Way(resolve=resolver, dial=dial, plain=True))
    assert (resolver.asked, dial.dialled) == (["list.example"], [OPEN])


def test_the_environment_names_no_proxy(serve, monkeypatch):
    server, proxy = serve(says(body=b"[]")), serve(says(body=b"proxy"))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert reach(server).body == b"[]"
    assert proxy.reached == 0


# --- being sent on ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "word"),
    [
        ("http://inside.example/", "inside"),
        ("//inside.example/", "inside"),
        ("http://name:word@list.example/", "user"),
        ("http://list.example:8080/", "port"),
        ("file:///etc/hostname", "scheme"),
        ("gopher://list.example/", "scheme"),
        ("http://list.example/a b", "address"),
        ("http://[::1", "address"),
    ],
)
def test_a_site_that_sends_us_inside_is_not_followed(serve, location, word):
    server = serve(says("302 Found", Location=location))
    resolver = names(list_example=[OPEN], inside_example=["169.254.169.254"])
    assert refused(server, resolve=resolver) == word
    assert server.reached == 1


def test_a_site_may_send_us_on_three_times(serve):
    def answer(connection):
        hop = server.reached
        says("302 Found", Location=f"/{hop}")(connection) if hop <= hops else says(body=b"here")(connection)

    server, hops = serve(answer), 3
    found = reach(server)
    assert (found.body, found.url, server.reached) == (b"here", "http://list.example/3", 4)
    server, hops = serve(answer), 4
    assert refused(server) == "redirects"
    assert server.reached == 4


def test_a_name_is_judged_again_each_time_it_is_sent_to(serve):
    server = serve(says("302 Found", Location="/again"))
    assert refused(server, resolve=names(list_example=[[OPEN], ["10.0.0.1"]])) == "inside"
    assert server.reached == 1


# --- what comes back --------------------------------------------------------------------------------------------------


def test_what_did_not_change_is_not_sent_again(serve):
    first = serve(says(body=b"[1]", ETag='"a"', Last_Modified="Sat, 28 Nov 2026 08:00:00 GMT"))
    answer = reach(first)
    assert (answer.etag, answer.last_modified) == ('"a"', "Sat, 28 Nov 2026 08:00:00 GMT")
    assert "If-None-Match" not in first.heads[0]
    assert "Accept-Encoding: identity\r\n" in first.heads[0]
    again = serve(says("304 Not Modified", Content_Length=None))
    same = reach(again, etag=answer.etag, last_modified=answer.last_modified)
    assert same.unchanged
    assert (same.body, same.etag, same.last_modified) == (b"", answer.etag, answer.last_modified)
    assert 'If-None-Match: "a"\r\n' in again.heads[0]
    assert "If-Modified-Since: Sat, 28 Nov 2026 08:00:00 GMT\r\n" in again.heads[0]


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "304 Not Modified", "302 Found"])
def test_any_other_answer_is_a_fault_with_its_number(serve, status):
    server = serve(says(status, Content_Length=None))
    assert refused(server) == f"status:{status[:3]}"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
def test_a_packed_answer_is_refused_unread(serve, encoding):
    bomb = gzip.compress(b"0" * 1_000_000)
    assert refused(serve(says(body=bomb[:900], Content_Encoding=encoding))) == "encoded"


def test_an_answer_that_says_that_it_is_too_long_is_refused_unread(serve):
    assert refused(serve(says(body=b"", Content_Length="1001"))) == "big"


@pytest.mark.parametrize("length", [None, "chunked"])
def test_an_answer_that_does_not_say_how_long_it_is_stops_at_the_limit(serve, length):
    sent = []

    def answer(connection):
        kind = "Transfer-Encoding: chunked\r\n" if length else ""
        connection.sendall(f"HTTP/1.1 200 OK\r\n{kind}\r\n".encode())
        piece = b"200\r\n" + b"x" * 512 + b"\r\n" if length else b"x" * 512
        while True:  # ends when the other side has left
            connection.sendall(piece)
            sent.append(len(piece))

    assert refused(serve(answer)) == "big"
    assert sum(sent) < 20_000_000


@pytest.mark.parametrize(
    "raw", [b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", b""]
)
def test_an_answer_that_is_none(serve, raw):
    assert refused(serve(lambda connection: connection.sendall(raw))) == "broken"


@pytest.mark.parametrize("mark", ['"' + "a" * 100 + '"', '"\xe9"'])
def test_a_mark_that_could_not_be_sent_back_is_none(serve, mark):
    head = f"HTTP/1.1 200 OK\r\nETag: {mark}\r\nContent-Length: 2\r\n\r\n[]".encode("latin-1")
    assert reach(serve(lambda connection: connection.sendall(head))).etag == ""
