"""After a stay: a plan is kept, contact agreed or ended, a follow-up answered, a return asked."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.continuity.aftercare import links, queries, rules
from trellis.journey.continuity.models import AftercarePlan, ContactAgreement, FollowUpDone
from trellis.journey.inquiry.actions.returning import come_back
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.measures.actions.raising import raise_without_form
from trellis.journey.measures.models import SafetyAlert
from trellis.journey.measures.rules.alerts import NOT_SAFE
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode
from trellis.people.consent.deaths import has_died
from trellis.people.staff.models import StaffMember

LOOK_KIND = "continuity.look"
ASK_KIND = "continuity.follow_up"

OVERTAKEN = _("The plan was changed meanwhile. Look at it first; what you wrote still stands in the form.")
NOTHING = _("Write at least one thing. The rest can wait.")
NO_WAY = _("Choose at least one way to reach you, or say no.")
DIED = _("They have died. Nobody is called or written to any more.")
#: said to somebody whose death was written down by mistake
CALL_US = _("We cannot write this down from here. Please call us.")
NO_YES = _("They have not said that we may reach them after their stay. Ask first.")
NOT_NOW = _("Nothing is open here today.")
ANSWERED = _("This was answered meanwhile. Nothing was changed.")
NEXT_TRY = _("Say on which day somebody tries again, today or later.")
HERE = _("You are in the program now. Talk with your team, any day.")


@action("aftercare.write", on="client")
def keep_plan(*, by: Actor, client: Client, words: Mapping[str, Any], seen: int) -> AftercarePlan:
    """A new version. `seen`: the number of the one that the writer saw (0: none); the second of two looks first."""
    _hold(client)
    last = queries.plan_of(client)
    number = last.number if last else 0
    if number != seen:
        raise Refused(OVERTAKEN)
    if not any(words.values()):
        raise Refused(NOTHING)
    with_staff = None if _is_own(by, client) else StaffMember.objects.filter(account_id=by.account_id or 0).first()
    return AftercarePlan.objects.create(
        client=client, number=number + 1, with_staff=with_staff, words_sealed=crypto.seal(json.dumps(dict(words))),
        at=clock.now(), by=by.name,
    )  # fmt: skip


@action("contact_after.agree", on="client")
def agree(
    *, by: Actor, client: Client, yes: bool, by_phone: bool = False, by_text: bool = False, by_mail: bool = False,
    may_leave_message: bool = False, safely: str = "",
) -> ContactAgreement:  # fmt: skip
    """Their yes or no as it stands from now on. A no needs nothing else."""
    _hold(client)
    if yes and not (by_phone or by_text or by_mail):
        raise Refused(NO_WAY)
    how = ContactAgreement.How.OWN if _is_own(by, client) else ContactAgreement.How.STAFF
    if not yes:
        return _no(by, client, how)
    return ContactAgreement.objects.create(
        client=client, yes=True, by_phone=by_phone, by_text=by_text, by_mail=by_mail,
        may_leave_message=may_leave_message, safely_sealed=crypto.seal(safely.strip()) if safely.strip() else "",
        how=how, at=clock.now(), by=by.name,
    )  # fmt: skip


@action("contact_after.end", on="client")
def end_by_link(*, by: Actor, client: Client) -> ContactAgreement:
    """Whoever holds the link of a message ends it; asked again, nothing changes."""
    _hold(client)
    last = queries.agreement_of(client)
    return last if last and not last.yes else _no(by, client, ContactAgreement.How.LINK)


def _no(by: Actor, client: Client, how: str) -> ContactAgreement:
    return ContactAgreement.objects.create(client=client, yes=False, how=how, at=clock.now(), by=by.name)


@action("follow_up.answer", on="client")
def answer(*, by: Actor, client: Client, day: int, answers: Mapping[str, str]) -> FollowUpDone:
    """On their own page."""
    standing = _held_standing(by, client)
    _require_open(standing, day)
    return _reached(by, client, standing, day, FollowUpDone.How.OWN, answers)


@action("follow_up.call", on="client")
def record_call(
    *, by: Actor, client: Client, day: int, outcome: str, answers: Mapping[str, str] | None = None,
    next_try: date | None = None, note: str = "",
) -> FollowUpDone:  # fmt: skip
    """What came of a call. Only where they said yes or asked for it, and never after a death."""
    outcome, how = FollowUpDone.Outcome(outcome), FollowUpDone.How.CALL
    not_reached = outcome == FollowUpDone.Outcome.NOT_REACHED
    standing = _held_standing(by, client)
    if standing.wish is not None and (not_reached or outcome == FollowUpDone.Outcome.CALLED):
        day = standing.wish.day
    else:
        _require_yes(client)
        _require_open(standing, day)
        if outcome == FollowUpDone.Outcome.CALLED:
            raise Refused(ANSWERED)  # somebody called them meanwhile
    if not_reached and (next_try is None or next_try < _today()):
        raise Refused(NEXT_TRY)
    if outcome == FollowUpDone.Outcome.REACHED:
        return _reached(by, client, standing, day, how, answers or {}, note)
    again = next_try if not_reached else None
    return _write(by, standing, day, how, outcome, _noted({}, note), next_try=again)


@action("return.ask", on="client")
def ask_to_return(*, by: Actor, client: Client) -> Inquiry:
    """One tap: it stands on the intake board with its clock, and intake is told to look. Two taps are one."""
    _hold(client)
    _require_alive(by, client)
    if open_episode(client) is not None:
        raise Refused(HERE)
    known = queries.asks_to_return(client)
    if known is not None:
        return known
    asked = come_back(by=by, client=client, safely=_safely(client))
    _tell(by, f"return:{asked.pk}", queries.intake(client), "inquiry:board")
    return asked


@action("follow_up.remind", on="client")
def remind(*, by: Actor, client: Client, day: int) -> list[str]:
    """Ask for one message that a few questions wait; asked again it is the same one. Out: on which channels."""
    agreement = queries.agreement_of(client)
    standing = queries.standing(client, _today())
    way = queries.way_to_ask(client, agreement)
    if agreement is None or way is None or standing is None or has_died(client):
        return []
    channel, to = way
    with override(client.language):
        site = settings.SITE_URL.rstrip("/")
        values = {"url": site + reverse("my:follow_up"), "stop": site + links.stop_address(agreement)}
    messaging.queue(
        by=by, key=queries.key_of(standing, day), channel=channel, to=to, kind=ASK_KIND, language=client.language,
        values=values, about=client.audit_subjects[0],
    )  # fmt: skip
    return [channel]


def _reached(
    by: Actor,
    client: Client,
    standing: queries.Standing,
    day: int,
    how: str,
    answers: Mapping[str, str],
    note: str = "",
) -> FollowUpDone:
    said = {key: answers[key] for key in rules.QUESTIONS if answers.get(key) in rules.ANSWERS}
    # Whoever is on the telephone with them answers for it there and then.
    waits = how == FollowUpDone.How.OWN and (rules.wants_call(said) or rules.is_not_safe(said))
    row = _write(by, standing, day, how, FollowUpDone.Outcome.REACHED, _noted(said, note), waits=waits)
    if rules.is_not_safe(said):
        raise_without_form(by=by, client=client, source=SafetyAlert.Source.FOLLOW_UP, flags=[NOT_SAFE])
    elif waits:
        _tell(by, f"follow-up-call:{row.pk}", queries.intake(client), "aftercare:follow_ups")
    return row


def _require_alive(by: Actor, client: Client) -> None:
    if has_died(client):
        raise Refused(CALL_US if by.account_id == client.account_id else DIED)


def _held_standing(by: Actor, client: Client) -> queries.Standing:
    """Held: of two who write the same follow-up down, the second reads that it was answered."""
    _hold(client)
    _require_alive(by, client)
    standing = queries.standing(client, _today())
    if standing is None:
        raise Refused(NOT_NOW)
    return standing


def _require_open(standing: queries.Standing, day: int) -> None:
    one = next((one for one in standing.found if one.day == day), None)
    if one is not None and one.state in (rules.State.DONE, rules.State.DECLINED):
        raise Refused(ANSWERED)
    if one is None or one.state is not rules.State.DUE:
        raise Refused(NOT_NOW)


def _require_yes(client: Client) -> None:
    agreement = queries.agreement_of(client)
    if agreement is None or not agreement.yes:
        raise Refused(NO_YES)


def _write(
    by: Actor, standing: queries.Standing, day: int, how: str, outcome: str, answers: Mapping[str, str],
    **rest: Any,
) -> FollowUpDone:  # fmt: skip
    sealed = crypto.seal(json.dumps(dict(answers))) if answers else ""
    return FollowUpDone.objects.create(
        client_id=standing.episode.client_id, episode=standing.episode, day=day, how=how, outcome=outcome,
        answers_sealed=sealed, on=_today(), at=clock.now(), by=by.name, **rest,
    )  # fmt: skip


def _noted(answers: Mapping[str, str], note: str) -> dict[str, str]:
    return {**answers, **({"note": note.strip()} if note.strip() else {})}


def _tell(by: Actor, key: str, accounts: Iterable[Account], page: str) -> None:
    """Part of an act. A message that says only: look."""
    for account in accounts:
        with override(account.language):
            url = settings.SITE_URL.rstrip("/") + reverse(page)
        messaging.queue(
            by=by, key=f"{key}:{account.pk}", channel="mail", to=account.email or "", kind=LOOK_KIND,
            language=account.language, values={"url": url}, about=f"account:{account.pk}",
        )  # fmt: skip


def _safely(client: Client) -> str:
    agreement = queries.agreement_of(client)
    sealed = agreement.safely_sealed if agreement else ""
    return crypto.unseal(sealed) if sealed else client.safe_times


def _hold(client: Client) -> None:
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


def _is_own(by: Actor, client: Client) -> bool:
    return by.account_id is not None and by.account_id == client.account_id


def _today() -> date:
    return clock.today(program.zone())
