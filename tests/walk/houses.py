"""Two houses to walk through: one where weeks of life were lived, and one where nobody has come yet."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import Client, override_settings

from tests.cast import Cast
from tests.support import databases
from tests.support.environment import ROOT, RUN
from tests.support.live import Live, Thread, sign_in
from trellis.foundation import clock
from trellis.foundation.access.roles import BY_KEY
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.aftercare.actions import agree
from trellis.journey.continuity.tests.left import of_stay, signed
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import account_with, actor_of
from trellis.people.clients.models import Client as Record
from trellis.people.clients.tests.factories import EpisodeFactory
from trellis.people.staff.tests.factories import StaffMemberFactory

#: one of each kind of page that staff come to before they have a second step
NEWCOMER = "newcomer"
NOBODY = "nobody"
#: whose stay begins today, and who has signed nothing yet
ARRIVING = "arriving"
#: whose stay ended a week ago with a signed summary, and who said that we may be in touch
FORMER = "former"

SETTINGS = {
    "DEMO": True,
    "ROOT_URLCONF": "tests.walk.addresses",
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "testserver"],
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 36_000,  # a walk takes longer than the minutes after which it asks again
    # A browser of a role with few pages waits for its turn longer than somebody may be silent.
    "IDLE_MINUTES_STAFF": 600,
    "IDLE_MINUTES_CLIENT": 600,
}
_numbers = count(1)


def build_demo() -> Path:
    """By the command that people use, once a run."""
    path = RUN / "walk-demo.sqlite3"
    if not path.exists():
        command = [sys.executable, "-m", "trellis", "demo", "build", "--clients", "12", "--weeks", "2"]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}", "TRELLIS_DEMO": "1"}
        built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert not built.returncode, built.stderr
    return path


#: what the walk calls whoever works here without a second step
NAMED_BY_THE_WALK = "Nia Brandt"
FOLLOWED_UP, WHEN_SAFE = "Berta Salinas", "Only in the evening"


def follow_up_is_due() -> Record:
    """Once a house: a first follow-up that they can answer themselves, and we by a call."""
    today = clock.today(program.zone())
    found = Record.objects.filter(chosen_name=FOLLOWED_UP).first()
    if found is None:
        found = EpisodeFactory(
            closed=True, opened_on=today - timedelta(days=68), closed_on=today - timedelta(days=8),
            client__chosen_name=FOLLOWED_UP, client__with_account=True, client__account__roles=["alumnus"],
        ).client  # fmt: skip
        agree(by=actor_of(found.account), client=found, yes=True, by_phone=True, safely=WHEN_SAFE)
        signed(of_stay(found.episodes.get()))
    return found


ARRIVED = "Lidia Campos"


def arrives_today() -> Record:
    """Once a house."""
    found = Record.objects.filter(chosen_name=ARRIVED).first()
    return (
        found
        or EpisodeFactory(
            opened_on=clock.today(program.zone()), client__chosen_name=ARRIVED, client__with_account=True
        ).client
    )


class House:
    """A program at an address, who may open its doors, and a way to sign them in."""

    def __init__(self, live: Live, *, is_empty: bool = False) -> None:
        self.live = live
        self.is_empty = is_empty
        self.people: dict[str, Account] = {}
        beside = Path(str(connection.settings_dict["NAME"])).with_suffix(".accounts.json")
        self.sign_ins = json.loads(beside.read_text())["accounts"] if beside.exists() else []

    def person(self, role: str) -> Account:
        if role not in self.people:
            self.people[role] = self._find(role)
        return self.people[role]

    def _find(self, role: str) -> Account:
        if role == NEWCOMER:
            return account_with(
                "counselor", second_factor=False, chosen_name=NAMED_BY_THE_WALK, email="nia@example.org"
            )
        if role == FORMER:
            return self._find("client") if self.is_empty else follow_up_is_due().account
        if role == ARRIVING:
            return self._find("client") if self.is_empty else arrives_today().account
        known = [one["account_id"] for one in self.sign_ins if one["role"] == role]
        if known:
            return Account.objects.get(pk=known[0])
        found = Account.objects.filter(grants__role=role, grants__until__isnull=True, is_active=True)
        return found.order_by("pk")[0]

    def client(self, who: str) -> Client:
        """A test client in which they are signed in, and have just shown again that it is them."""
        client = Client(headers={"host": self.live.url.removeprefix("http://")})
        if who == NOBODY:
            return client
        sign_in(client, self.person(who))
        shown = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        if who != NEWCOMER:
            shown.append({"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True})
        session = client.session
        session["account_authentication_methods"] = shown
        session.save()
        return client

    def cookies(self, who: str) -> list[dict[str, str]]:
        return [{"name": c.key, "value": c.value, "url": self.live.url} for c in self.client(who).cookies.values()]


@contextmanager
def open_house(name: str, source: str | Path, *, is_empty: bool = False) -> Iterator[House]:
    """Serves a copy of `source`; for as long as it is open, this process works on that copy."""
    own = connection.settings_dict["NAME"]
    copy = databases._copy(str(source), str(RUN / f"walk-{name}-{next(_numbers)}.sqlite3"))
    sign_ins = Path(source).with_suffix(".accounts.json")
    if sign_ins.exists():
        shutil.copy(sign_ins, Path(copy).with_suffix(".accounts.json"))
    databases._switch(copy)
    clock.forget_shift()
    with override_settings(**SETTINGS):
        thread = Thread("localhost", StaticFilesHandler, connections_override={})
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        try:
            if thread.error:
                raise thread.error
            yield House(Live(thread), is_empty=is_empty)
        finally:
            thread.terminate()
            databases._switch(own)
            databases._drop(copy)
            clock.forget_shift()


def furnish() -> None:
    """Blueprint and staff, and not one client, inquiry or session."""
    cast = Cast()
    load_pomona()
    for role, account in cast.everybody().items():
        if BY_KEY[role].staff:
            StaffMemberFactory(account=account)
