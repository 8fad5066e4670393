"""How long a refusal takes tells nobody whether a name is known here."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from trellis.people.accounts.hashers import Argon2id
from trellis.people.accounts.tests.factories import AccountFactory

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

CLOSE = 0.05  # how far from chance the two may be told apart
FIRST, MOST = 150, 2400


def auc(ours: list[float], theirs: list[float]) -> float:
    """The share of pairs in which the first took longer; 0.5 is chance."""
    ranked = sorted([(value, 1) for value in ours] + [(value, 0) for value in theirs])
    ranks = sum(rank for rank, (_, known) in enumerate(ranked, 1) if known)
    return (ranks - len(ours) * (len(ours) + 1) / 2) / (len(ours) * len(theirs))


def test_the_measure_itself():
    assert auc([1.0, 2.0], [3.0, 4.0]) == 0
    assert auc([3.0, 4.0], [1.0, 2.0]) == 1
    assert auc([1.0, 4.0], [2.0, 3.0]) == 0.5


@pytest.mark.parametrize("way", ["password", "pin"])
def test_a_known_and_an_unknown_name_take_the_same_time(db, soak, settings, monkeypatch, way):
    """Samples are taken by turns; where the two look different, many more are taken before it counts."""
    settings.PASSWORD_HASHERS = ["trellis.people.accounts.hashers.Argon2id"]
    for name, value in {"memory_cost": 4096, "time_cost": 1, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2id, name, value)
    AccountFactory(
        **({"email": "known@example.org"} if way == "password" else {"at_the_desk": True, "username": "known"})
    )
    names = {
        True: "known@example.org" if way == "password" else "known",
        False: "nobody@example.org" if way == "password" else "nobody",
    }
    took: dict[bool, list[float]] = {True: [], False: []}
    browser = Client()

    def refuse(known: bool) -> float:
        cache.clear()
        begun = time.perf_counter()
        answer = browser.post("/accounts/login/", {"login": names[known], "password": "not this one at all"})
        passed = time.perf_counter() - begun
        assert answer.status_code == 200
        return passed

    for known in (True, False) * 10:
        refuse(known)
    wanted = FIRST
    while True:
        while len(took[True]) < wanted:
            pair = [True, False]
            soak.random.shuffle(pair)
            for known in pair:
                took[known].append(refuse(known))
        found = auc(took[True], took[False])
        if (abs(found - 0.5) <= CLOSE and soak.left < 0) or abs(found - 0.5) <= CLOSE / 2:
            break
        if wanted >= MOST:
            break
        wanted *= 2
    assert abs(found - 0.5) <= CLOSE, f"AUC {found:.3f} over {wanted} pairs"
