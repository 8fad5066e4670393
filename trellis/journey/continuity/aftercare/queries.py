"""What can be asked about the time after a stay; each question has a fixed number of statements."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.access.roles import IntakeCoordinator
from trellis.foundation.messaging.models import Channel, Message
from trellis.foundation.messaging.senders import sender_for
from trellis.foundation.record import crypto
from trellis.journey.continuity.aftercare import rules
from trellis.journey.continuity.aftercare.blueprint import days_of
from trellis.journey.continuity.models import AftercarePlan, ContactAgreement, FollowUpDone
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.states import OPEN as INQUIRY_OPEN
from trellis.journey.measures.alert_queries import people
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.policy import last_teams_since
from trellis.people.clients.states import OPEN
from trellis.people.consent.deaths import the_dead
from trellis.people.rights.rules import Reached, way_to_tell


# --- the plan --------------------------------------------------------------------------------------------------------
def plan_of(client: Client) -> AftercarePlan | None:
    """The version that counts."""
    rows = AftercarePlan.objects.filter(client=client).select_related("with_staff__account")
    return rows.order_by("-number").first()


def plans_of(client: Client) -> list[AftercarePlan]:
    """Every version, the newest first; one statement."""
    rows = AftercarePlan.objects.filter(client=client).select_related("with_staff__account")
    return list(rows.order_by("-number"))


def words_of(plan: AftercarePlan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(crypto.unseal(plan.words_sealed))
    return found


# --- how we may reach somebody ---------------------------------------------------------------------------------------
def agreement_of(client: "Client | int") -> ContactAgreement | None:
    """The newest word about it; None: nobody asked yet, and so nobody calls."""
    return ContactAgreement.objects.filter(client=client).order_by("-id").first()


def agreements_of(client: Client) -> list[ContactAgreement]:
    return list(ContactAgreement.objects.filter(client=client).order_by("-id"))


# --- follow-ups ------------------------------------------------------------------------------------------------------
def last_stay(client: Client) -> Episode | None:
    """With `said_no_at`: when they last said that nobody may reach them."""
    return _with_no(Episode.objects.filter(client=client)).order_by("-opened_on", "-pk").first()


def _with_no(stays: "QuerySet[Episode]") -> "QuerySet[Episode]":
    no = ContactAgreement.objects.filter(client=OuterRef("client"), yes=False).order_by("-id").values("at")[:1]
    return stays.annotate(said_no_at=Subquery(no))


def tries_of(episode: Episode) -> list[FollowUpDone]:
    """From old to new; one statement."""
    return list(FollowUpDone.objects.filter(episode=episode).order_by("id"))


def tried(rows: Iterable[FollowUpDone]) -> list[rules.Tried]:
    return [rules.Tried(row.day, row.at, rules.Outcome(row.outcome), row.next_try, row.waits) for row in rows]


def answers_of(row: FollowUpDone) -> dict[str, str]:
    found: dict[str, str] = json.loads(crypto.unseal(row.answers_sealed)) if row.answers_sealed else {}
    return found


@dataclass(frozen=True)
class Standing:
    """How it stands with the follow-ups of somebody's last stay."""

    episode: Episode
    found: list[rules.FollowUp]
    tries: list[FollowUpDone]
    wish: rules.Tried | None

    @property
    def present(self) -> rules.FollowUp | None:
        return rules.present(self.found)


def standing(client: Client, today: date) -> Standing | None:
    """None before the first stay. Two statements."""
    episode = last_stay(client)
    return _standing(episode, tries_of(episode), days_of(), today) if episode else None


def _standing(episode: Episode, tries: list[FollowUpDone], days: Sequence[int], today: date) -> Standing:
    said, no = tried(tries), episode.said_no_at  # type: ignore[attr-defined]
    return Standing(episode, rules.follow_ups(days, episode.closed_on, said, today), tries, rules.waits(said, no))


@dataclass(frozen=True)
class Listed:
    """One line of the list: somebody whose stay ended, and what is to be done when."""

    client: Client
    standing: Standing
    #: none: they asked for this call and said nothing about others
    agreement: ContactAgreement | None
    shelf: rules.Shelf

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.client.audit_subjects


def to_follow_up(actor: Actor, today: date) -> list[Listed]:
    """Whom to call: those who said yes or asked for a call, and whom the reader may know; never somebody who died.

    Three statements and the program's own.
    """
    days = days_of()
    if not days or not relations_of(actor, "follow_up.list"):
        return []
    stays = _ended(actor, today - timedelta(days=days[-1]) - rules.LAST_LASTS)
    agreed = _agreed(stays)
    tries: dict[int, list[FollowUpDone]] = defaultdict(list)
    for row in FollowUpDone.objects.filter(episode__in=[stay.pk for stay in stays]).order_by("id"):
        tries[row.episode_id].append(row)
    lines = []
    for stay in stays:
        agreement, how = agreed.get(stay.client_id), _standing(stay, tries[stay.pk], days, today)
        if how.wish is None and (agreement is None or not agreement.yes):
            continue
        shelf = rules.shelf(how.found, how.wish, today)
        if shelf is not None:
            lines.append(Listed(stay.client, how, agreement, shelf))
    return lines


def _ended(actor: Actor, since: date) -> list[Episode]:
    """Last stays that ended since then; of each client one, and nobody who is in the program again."""
    newest = Episode.objects.filter(client=OuterRef("client")).order_by("-opened_on", "-pk").values("pk")[:1]
    rows = _with_no(Episode.objects.annotate(newest=Subquery(newest))).filter(pk=F("newest"), closed_on__gte=since)
    rows = rows.exclude(status=OPEN).exclude(client__in=the_dead()).select_related("client__account")
    closed = kept_out.clients_kept_from(actor)
    rows = rows.exclude(client__in=closed) if closed else rows
    if ANY not in relations_of(actor, "follow_up.list"):
        mine = CareAssignment.objects.filter(staff_member__account_id=actor.account_id or 0)
        mine = mine.filter(until__gte=F("episode__closed_on"), episode__closed_on__gte=last_teams_since())
        rows = rows.filter(pk__in=mine.values("episode"))
    return list(rows.order_by("closed_on", "pk"))


def _agreed(stays: Iterable[Episode]) -> dict[int, ContactAgreement]:
    rows = ContactAgreement.objects.filter(client__in=[stay.client_id for stay in stays]).order_by("id")
    return {row.client_id: row for row in rows}


def due_of(client: Client, today: date) -> rules.Shelf | None:
    """Where the list of follow-ups has one client now; None: nobody has to call today. One statement."""
    newest = ContactAgreement.objects.filter(client=client).order_by("-id").values("yes")[:1]
    last = Episode.objects.filter(client=client).order_by("-opened_on", "-pk").values("pk")[:1]
    stay = _with_no(Episode.objects.filter(pk=Subquery(last))).exclude(status=OPEN).exclude(client__in=the_dead())
    tries = [F(f"follow_ups__{name}") for name in ("day", "at", "outcome", "next_try", "waits")]
    rows = list(stay.order_by("follow_ups__id").values_list("closed_on", Subquery(newest), "said_no_at", *tries))
    if not rows:
        return None
    closed_on, agreed, said_no_at = rows[0][:3]
    said = [rules.Tried(day, at, rules.Outcome(how), *rest) for _, _, _, day, at, how, *rest in rows if how]
    wish = rules.waits(said, said_no_at)
    if wish is None and not agreed:
        return None
    shelf = rules.shelf(rules.follow_ups(days_of(), closed_on, said, today), wish, today)
    return None if shelf is rules.Shelf.SOON else shelf


def to_remind(today: date) -> list[tuple[Client, int]]:
    """Who let us write to them and whom nobody wrote to about the follow-up that is open now; for the worker."""
    found = to_follow_up(Actor.of_system("worker"), today)
    here = (rules.Shelf.TODAY, rules.Shelf.OVERDUE)
    due = {
        key_of(one.standing, one.standing.present.day): (one.client, one.standing.present.day)
        for one in found
        if one.shelf in here and one.standing.present and way_to_ask(one.client, one.agreement)
    }
    asked = set(Message.objects.filter(key__in=due).values_list("key", flat=True))
    return [one for key, one in due.items() if key not in asked]


def key_of(standing: Standing, day: int) -> str:
    """One message for each follow-up of a stay."""
    return f"follow-up:{standing.episode.pk}:{day}"


def way_to_ask(client: Client, agreement: ContactAgreement | None) -> tuple[str, str] | None:
    """Channel and address of a message to which they said yes and which this installation can send."""
    if agreement is None or not agreement.yes:
        return None
    text_to = client.telephone if agreement.by_text and client.may_text else ""
    mail = client.email or (client.account.email if client.account else "")
    reached = Reached(text_to, (mail or "") if agreement.by_mail else "")
    return way_to_tell(reached, texts_go=sender_for(Channel.SMS) is not None)


# --- the way back ----------------------------------------------------------------------------------------------------
def asks_to_return(client: Client) -> Inquiry | None:
    """Their own open inquiry, if they asked to come back."""
    rows = Inquiry.objects.filter(client_subject=client.audit_subjects[0], status__in=INQUIRY_OPEN)
    return rows.order_by("id").first()


def intake(client: Client) -> list[Account]:
    """Who hears that somebody would like to come back; nobody to whom the record is closed. Two statements."""
    closed = set(kept_out.kept_out_of(client).values_list("account_id", flat=True))
    return [one for one in people([IntakeCoordinator.key]) if one.pk not in closed]
