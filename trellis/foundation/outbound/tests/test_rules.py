import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.outbound import rules
from trellis.foundation.outbound.faults import SENTENCES, NotFetched, sentence

BAD = [
    # this machine, this network, private networks
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("::1", "::", "fc00::1", "fe80::1", "fe80::1%2", "fec0::1"),
    # one address inside another
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1"),
    *("2002:7f00:1::", "2001:0:7f00:1::"),
    # for many, for later, for books
    *("224.0.0.1", "239.255.255.250", "ff02::1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "2001:db8::1"),
    *("192.0.0.192", "192.88.99.1", "198.18.0.1", "5f00::1", "3fff::1"),
    # the agent of a cloud host on an address that is public elsewhere
    "168.63.129.16",
]
GOOD = ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]


@pytest.mark.parametrize("address", BAD)
def test_an_address_inside_is_refused(address):
    assert not rules.is_public(address)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_open_network_passes(address):
    assert rules.is_public(address)


@pytest.mark.parametrize("text", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", ""])
def test_what_is_no_plain_address_is_never_taken_for_a_public_one(text):
    assert not rules.is_public(text)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not rules.is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_refused_whatever_it_is(address):
    number = int(address)
    for wrapped in (number, (0xFFFF << 32) + number, (0x64FF9B << 96) + number, (0x2002 << 112) + (number << 80)):
        assert not rules.is_public(str(ipaddress.IPv6Address(wrapped)))


def asked(url, *, schemes=("https",), ports=(80, 443), hosts=()):
    return rules.target(url, schemes=schemes, ports=ports, hosts=hosts)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "address"),
        ("example.org/list.json", "address"),
        ("/etc/passwd", "address"),
        ("https://", "address"),
        ("https:///list", "address"),
        ("https://example.org:port/", "address"),
        ("https://[::1/", "address"),
        ("https://a..b/", "address"),
        (f"https://{'a' * 64}.org/", "address"),
        (f"https://example.org/{'a' * 2_000}", "address"),
        ("https://exa mple.org/", "address"),
        ("https://example.org/a\r\nHost: inside", "address"),
        ("https://example.org\\@inside/", "address"),
        ("javascript:alert(1)", "address"),
        ("http://example.org/", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://example.org/", "scheme"),
        ("https://name:word@example.org/", "user"),
        ("https://example.org@inside/", "user"),
        ("https://@example.org/", "user"),
        ("https://example.org:22/", "port"),
        ("https://example.org:8443/", "port"),
        ("https://example.org:0/", "port"),
    ],
)
def test_an_address_that_is_not_asked_for(url, why):
    with pytest.raises(NotFetched) as refused:
        asked(url)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org.:443/a?b=c#d", "https://example.org/a?b=c"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("https://españa.example/reunión?q=ñ", "https://xn--espaa-rta.example/reuni%C3%B3n?q=%C3%B1"),
        ("https://[2606:4700::1]/x%20y", "https://[2606:4700::1]/x%20y"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(url, same):
    assert asked(url).url == same


def test_plain_http_only_where_it_is_allowed():
    assert asked("http://example.org/", schemes={"http", "https"}).port == 80


def test_a_list_of_hosts_leaves_all_others_out():
    assert asked("https://lists.example/", hosts=("lists.example",)).host == "lists.example"
    with pytest.raises(NotFetched, match="own list"):
        asked("https://other.example/", hosts=("lists.example",))


@given(st.text())
def test_whatever_is_typed_is_a_target_or_a_sentence(text):
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        try:
            found = asked(url)
        except NotFetched:
            continue
        assert asked(found.url) == found


def test_each_fault_has_its_sentence():
    assert all(sentence(why) for why in SENTENCES)
    assert "404" in str(NotFetched("status", "404"))
    assert NotFetched("status", "404").word == "status:404"
    assert sentence("a word of an older version") == sentence("broken")
