import pytest

from trellis.ui import navigation
from trellis.ui.navigation import Count, NavigationFault, NavItem


@pytest.fixture(autouse=True)
def an_empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "address", lambda name: f"/{name}/" if name != "gone" else _gone())


def _gone() -> str:
    raise navigation.NoReverseMatch


def item(key: str, order: int = 10, place: str = "staff", verb: str | None = None, url_name: str = "") -> NavItem:
    return NavItem(place, key, key.title(), url_name or key, "sun", order, verb)  # type: ignore[arg-type]


def test_places_come_in_their_order() -> None:
    for each in (item("week", 30), item("today", 10), item("board", 20), item("mine", 1, "client")):
        navigation.register(each)
    assert [i.key for i in navigation.items("staff")] == ["today", "board", "week"]


def test_a_link_without_the_permission_is_not_shown() -> None:
    navigation.register(item("board", verb="inquiry.work"))
    navigation.register(item("today"))
    assert [k.key for k in navigation.links("staff", allowed=lambda verb: False)] == ["today"]
    assert [k.key for k in navigation.links("staff", allowed=lambda verb: verb == "inquiry.work")] == ["board", "today"]


def test_a_count_of_nothing_is_quiet() -> None:
    navigation.register(item("board"))
    navigation.register(item("notes", 20))
    links = navigation.links("staff", allowed=bool, counts={"board": Count(0), "notes": Count(2, "gold")})
    assert [link.count for link in links] == [None, Count(2, "gold")]


def test_a_page_that_is_not_mounted_is_left_out() -> None:
    navigation.register(item("away", url_name="gone"))
    assert navigation.links("staff", allowed=bool) == []


def test_clients_have_four_places_at_most() -> None:
    for n in range(6):
        navigation.register(item(f"place{n}", n, "client"))
    assert len(navigation.links("client", allowed=bool)) == 4


def test_registering_the_same_thing_twice_is_harmless() -> None:
    navigation.register(item("today"))
    navigation.register(item("today"))
    assert len(navigation.items("staff")) == 1


def test_registering_two_things_under_one_key_is_refused() -> None:
    navigation.register(item("today"))
    with pytest.raises(NavigationFault, match="registered twice"):
        navigation.register(item("today", order=99))


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(NavigationFault, match="is not a place"):
        navigation.register(item("x", place="cellar"))
