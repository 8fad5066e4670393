"""A small program in which every role has something of its own, and something that is another's."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from tests.cast import Cast, sign_in
from tests.matrix.things_of import MORE
from trellis.doors.operations.tests.planting import hold_on
from trellis.doors.staff_desk.tests.messages import set_aside
from trellis.foundation import clock
from trellis.foundation.access.actions import record_act
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import BY_KEY, ROLES
from trellis.foundation.places.models import WrongReport
from trellis.foundation.places.tests.factories import a_meeting
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.tests.factories import AdmissionFactory
from trellis.journey.care.tests.factories import kept
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.inquiry.tests.referred import typed as referred
from trellis.journey.measures.tests.alerted import alerted
from trellis.journey.measures.tests.factories import given_to
from trellis.journey.schedule.models import WaitListEntry
from trellis.journey.schedule.tests.factories import EnrollmentFactory, SeriesFactory, SessionFactory, TrackFactory
from trellis.people.accounts.queries import actor_for
from trellis.people.accounts.tests.factories import InvitationFactory
from trellis.people.breaches.tests.factories import affects, happened, told, worded
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EmergencyOpeningFactory,
    EpisodeFactory,
    KeptOutFactory,
    LegalNameFactory,
    StaffMemberFactory,
    WatchedOpeningFactory,
    WatchFactory,
)
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.tests.factories import in_emergency, signed
from trellis.people.consent.tests.factories import say as said
from trellis.people.consent.tests.heard import a_note
from trellis.people.consent.tests.papers import on_paper, scanned, sent_letter
from trellis.people.proxies.models import ProxyAccess, ProxyTakenUp
from trellis.people.proxies.rules import Part
from trellis.people.rights.tests.factories import asks

ABSENT = "0" * 16
#: arguments that name nobody: the same whatever the relation
CONSTANT = {
    "day": "2026-11-23",
    "passkey": "999999",
    "account_key": "zz",
    "reset_key": "a-key",
    "kind_of_draft": "inquiry-new",
    "kind_of_consent": "specific",
    "ground": "medical_emergency",
    "asker": "reporter",
    "first_notice": "1",
    "what_to_ask": "correction",
    "form_of_copy": "data",
    "way_to_find": "everybody",
    "office": "hhs",
    "year": "2026",
    "measure_of_program": "completed",
}
OWN, OTHERS, MISSING = "own", "another's", "absent"
RELATIONS = (OWN, OTHERS, MISSING)


@dataclass
class World:
    cast: Cast = field(default_factory=Cast)
    mine: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    known: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def browser(self, who: str) -> Browser:
        if who not in self.browsers:
            browser = Browser()
            self.browsers[who] = browser if who == "signed_out" else sign_in(browser, self.cast.account(who))
        return self.browsers[who]

    def people(self) -> dict[str, re.Pattern[str]]:
        """Everybody whose record this is: the subject, and how a page that shows them gives itself away."""
        if not self.known:
            shown = [(one, one.chosen_name) for one in Client.objects.all()]
            shown += [(one, one.name) for one in Inquiry.objects.all()]
            for one, name in shown:
                self.known[one.audit_subjects[0]] = re.compile(rf"\b(?:{re.escape(name)}|{one.public_id})\b")
        return self.known

    def named(self, kind: str, who: str, relation: str) -> str:
        """What the URL says for an object of this kind."""
        if kind in CONSTANT:
            return CONSTANT[kind]
        if relation == MISSING:
            return ABSENT
        thing = self.mine.get(who, {}).get(kind) if relation == OWN else None
        thing = thing if thing is not None else self.others[kind]
        return thing if isinstance(thing, str) else thing.public_id


def build() -> World:
    load_pomona()
    world = World()
    for role in ROLES:
        account = world.cast.account(role.key)
        member = StaffMemberFactory(account=account) if role.staff else None
        own = account if role.key in ("client", "alumnus") else None
        world.mine[role.key] = _things(member, own, role.key, account if role.key == "loved_one" else None)
    world.others = _things(StaffMemberFactory(account__roles=["counselor"]), None, "others")
    world.others |= _one_person_twice(world.others["kept_out"])
    _stands_out(world.others["staff"].account)
    return world


def _one_person_twice(closed: Any) -> dict[str, Any]:
    """Somebody was admitted by a person to whom an earlier record of the like is closed."""
    again = EpisodeFactory(client=ClientFactory())
    AdmissionFactory(episode=again, recorded_by=f"account:{closed.account_id}", recorded_at=clock.now())
    return {"second_record": again.client, "first_record": closed.client}


def _stands_out(account: Any) -> None:
    """Somebody who works here opened their own record."""
    record_act(Actor(account_id=account.pk), "opened client.read", ClientFactory(account=account).audit_subjects)


def _things(member: Any, account: Any, who: str, helper: Any = None) -> dict[str, Any]:
    client = ClientFactory(account=account)
    closed = who == "alumnus"
    episode = EpisodeFactory(client=client, closed=closed)
    LegalNameFactory(client=client)
    things: dict[str, Any] = {
        "client": client,
        "inquiry": asked(),
        "referral": referred(name=f"Paloma {''.join(filter(str.isalpha, who)).title()}"),
        "session": _session(member),
        "invitation": InvitationFactory(token=f"token-{who}", about=f"client:{client.pk}"),
        "token": f"token-{who}",
    }
    if not closed:
        EnrollmentFactory(episode=episode, series=things["session"].series)
    if member is not None:
        things["staff"] = member
        if BY_KEY.get(who) is None or who in ("counselor", "therapist", "group_facilitator"):
            things["assignment"] = CareAssignmentFactory(episode=episode, staff_member=member)
    things["series"] = things["session"].series
    things["outside"] = a_note()
    things["message"] = set_aside(client)
    things["kept_out"] = KeptOutFactory(client=client)
    things["emergency"] = EmergencyOpeningFactory(client=client)
    things["watched_opening"] = WatchedOpeningFactory(client=client)
    # Of somebody else: at this world's own clients nobody is asked why.
    things["watch"] = WatchFactory()
    things["watched"] = things["watch"].client
    with writing("factory"):
        things["waiting"] = WaitListEntry.objects.create(
            track=TrackFactory(), episode=episode, since=clock.now(), by="account:1"
        )
    if who in ("counselor", "therapist", "others"):
        things["note_apart"] = kept(client, actor_for(member.account))
    things["alert"] = alerted(client)
    things["asked_alone"] = given_to(client, way="phone")
    things["asked_aloud"] = given_to(client, way="aloud")
    things["team_member"] = member or StaffMemberFactory()
    things["meeting"] = meeting = a_meeting()
    things["meeting_list"] = meeting.list
    things["consent"] = signed(client)
    things["paper"] = on_paper(client)
    things["scan"] = scanned(things["paper"])
    on_paper(client)  # whose scan is missing
    things["letter"] = sent_letter(client)
    things["request"] = asks(client)
    things["hold"] = hold_on(client)
    things["incident"] = incident = happened()
    worded(incident)
    (things["affected"],) = affects(incident, client)
    things["breach_letter"] = told(things["affected"])
    things["access"] = _acted_for(client, helper)
    things["disclosure"] = disclose(
        by=Actor.of_system("test"), client=client, wanted=in_emergency(), how="spoken", make=said
    ).disclosure  # fmt: skip
    with writing("factory"):
        things["wrong_report"] = WrongReport.objects.create(meeting=meeting, what="time", at=clock.now())
    for more in MORE:
        things |= more.things(client, member)
    return things


def _acted_for(client: Client, helper: Any) -> Any:
    """Somebody acts for this client: whoever loves somebody for their own, somebody else for all others."""
    with writing("factory"):
        access = ProxyAccess.objects.create(
            client=client, name="Ana Ruiz", basis="consent", parts=[str(part) for part in Part], at=clock.now(),
            by="account:1",
        )  # fmt: skip
        ProxyTakenUp.objects.create(
            access=access, account=helper or AccountFactory(roles=["loved_one"]), at=clock.now()
        )  # fmt: skip
    return access


def _session(member: Any) -> Any:
    series = SeriesFactory()
    return SessionFactory(series=series, planned_on=clock.now().date() + timedelta(days=1), led_by=member)
