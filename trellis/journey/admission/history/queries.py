"""What is known about a person, and from where; each with a fixed number of statements."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo

from django.db.models import Q

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.history import sources
from trellis.journey.admission.history.bank import questions
from trellis.journey.admission.history.blueprint import FORMS
from trellis.journey.admission.history.rules import (
    ANSWERED,
    Asks,
    Heard,
    Offer,
    Row,
    Said,
    Scored,
    Standing,
    Use,
    Used,
    asks,
    last_used,
    standing,
)
from trellis.journey.admission.models import Admission, HistoryAnswer, SubstanceEntry
from trellis.journey.inquiry.models import ForWhom, Inquiry, Referral
from trellis.journey.inquiry.queries import referrals
from trellis.journey.measures import presenters as measured
from trellis.journey.measures import queries as measures
from trellis.journey.measures.models import Administration
from trellis.people.clients.models import Client

PERSON = HistoryAnswer.Who.PERSON
#: so many referrals are looked through, the newest
MOST_REFERRALS = 5


@dataclass(frozen=True)
class Told:
    """The history of one substance as it stood from an instant on."""

    substance: str
    state: str
    use: Use
    who: str
    on: date
    at: datetime
    by: str
    public_id: str


@dataclass(frozen=True)
class Elsewhere:
    """What is known from elsewhere, and the newest total of each scale of withdrawal."""

    offers: tuple[Offer, ...]
    scores: dict[str, Scored]
    #: by scale: the form itself, to be opened
    forms: dict[str, Administration]


def answers(client: Client, *, by_person: bool = False) -> list[Row]:
    """Every answer, oldest first; one statement. `by_person`: only what they said themselves."""
    rows = HistoryAnswer.objects.filter(client=client).order_by("id")
    return [_row(row) for row in (rows.filter(who=PERSON) if by_person else rows)]


def states(client: Client) -> dict[str, str]:
    """How each question stands, opening nothing; one statement."""
    rows = HistoryAnswer.objects.filter(client=client).order_by("id")
    return dict(rows.values_list("key", "state"))


def number_of(client: Client, public_id: str) -> int:
    """Up to which answer somebody has seen; 0: none."""
    row = HistoryAnswer.objects.filter(client=client, public_id=public_id).values_list("pk", flat=True).first()
    return row or 0


def newest(client: Client) -> str:
    """The public id of the last answer; empty: none."""
    rows = HistoryAnswer.objects.filter(client=client).order_by("-id")
    return rows.values_list("public_id", flat=True).first() or ""


def mandate(client: Client) -> Asks:
    """Whether somebody ordered them here; what may be required follows from it. One statement."""
    rows = HistoryAnswer.objects.filter(client=client, key="mandate").order_by("-id")
    row = rows.first()
    return asks(_row(row).said if row else None)


def _row(row: HistoryAnswer) -> Row:
    value = crypto.unseal(row.value_sealed) if row.value_sealed else ""
    return Row(row.pk, row.key, Said(row.state, value), row.who, row.source, row.on, row.at, row.by)


# --- substances -------------------------------------------------------------------------------------------------------
def substances(client: Client, *, by_person: bool = False) -> dict[str, list[Told]]:
    """By substance, newest first; one statement."""
    rows = SubstanceEntry.objects.filter(client=client).order_by("-id")
    found: dict[str, list[Told]] = {}
    for row in rows.filter(who=PERSON) if by_person else rows:
        told = Told(row.substance, row.state, opened_use(row), row.who, row.on, row.at, row.by, row.public_id)
        found.setdefault(row.substance, []).append(told)
    return found


def uses(told: dict[str, list[Told]]) -> dict[str, Use]:
    """What counts of each substance: the newest that says something."""
    standing_ = ((key, next((one for one in rows if one.state == ANSWERED), None)) for key, rows in told.items())
    return {key: one.use for key, one in standing_ if one}


def newest_told(told: dict[str, list[Told]], substance: str) -> str:
    """The public id of what was told last of it; empty: nothing."""
    rows = told.get(substance)
    return rows[0].public_id if rows else ""


def use_at(told: dict[str, list[Told]], substance: str, seen: str) -> Use:
    """What stood in a form whose newest was `seen`: against that one sees what was changed there."""
    rows = told.get(substance, [])
    place = next((place for place, one in enumerate(rows) if one.public_id == seen), len(rows))
    return uses({substance: rows[place:]}).get(substance, Use())


def last_uses(client: Client, told: dict[str, list[Told]]) -> dict[str, Used]:
    """The last use of each substance that the lines of withdrawal go by, whoever spoke; no statement.

    What they typed themselves does not take back what a member of staff heard from them, nor the other way round.
    """
    own = f"account:{client.account_id}"
    found = (
        (key, last_used(Heard(one.use, one.on, f"{one.who}{one.by == own}") for one in rows if one.state == ANSWERED))
        for key, rows in told.items()
    )
    return {key: used for key, used in found if used}


def opened_use(row: SubstanceEntry) -> Use:
    if not row.told_sealed:
        return Use()
    found = json.loads(crypto.unseal(row.told_sealed))
    return Use(**{**found, "last_on": date.fromisoformat(found["last_on"]) if found["last_on"] else None})


def sealed_use(use: Use) -> str:
    plain = asdict(use) | {"last_on": use.last_on.isoformat() if use.last_on else ""}
    return crypto.seal(json.dumps(plain, ensure_ascii=False))


# --- what is known elsewhere ------------------------------------------------------------------------------------------
def for_staff(actor: Actor, client: Client) -> Elsewhere:
    """As far as the reader may read where it comes from; three statements."""
    zone = program.zone()
    offers = list(sources.from_inquiries(_asked(client, zone)))
    offers += sources.from_referrals(
        _referral(one, zone) for one in referrals.of_client(client)[:MOST_REFERRALS] if may(actor, "referral.read", one)
    )
    forms = measures.last_of_each(client) if may(actor, "measures.read", client) else []
    offers += sources.from_screens(map(_screen, forms))
    return _scales(_known(offers), forms)


def scales(actor: Actor, client: Client) -> Elsewhere:
    """Only the scales of withdrawal, as far as the reader may read them; one statement."""
    return _scales((), measures.last_of_each(client) if may(actor, "measures.read", client) else [])


def scale(form: Administration) -> Elsewhere | None:
    """This form alone, where it is of a scale of withdrawal, and its newest; one statement, none for other forms."""
    if form.instrument not in FORMS.values():
        return None
    newest = [one for one in measures.last_of_each(form.client) if one.instrument == form.instrument]
    return _scales((), newest) if newest and newest[0].pk == form.pk else None


def _scales(offers: tuple[Offer, ...], forms: Iterable[Administration]) -> Elsewhere:
    by_scale = {scale: one for one in forms for scale, name in FORMS.items() if one.instrument == name}
    scores = {scale: Scored(one.outcome.total, one.on) for scale, one in by_scale.items()}
    return Elsewhere(offers, scores, by_scale)


def for_person(client: Client) -> tuple[Offer, ...]:
    """What they asked themselves, and what another place sent about them (their own copy has both); two statements."""
    zone = program.zone()
    offers = list(sources.from_inquiries(_asked(client, zone)))
    rows = referrals.of_client(client)[:MOST_REFERRALS]
    return _known([*offers, *sources.from_referrals(_referral(one, zone) for one in rows)])


def _known(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    return tuple(one for one in offers if one.key in questions())


def _asked(client: Client, zone: tzinfo) -> list[sources.FromInquiry]:
    """Their own questions that led here, the newest first; one statement."""
    led_here = Admission.objects.filter(episode__client=client, inquiry__isnull=False).values("inquiry")
    theirs = Q(pk__in=led_here) | Q(same_as__in=led_here) | Q(client_subject=client.audit_subjects[0])
    rows = Inquiry.objects.filter(theirs, for_whom=ForWhom.SELF).order_by("-asked_at", "-pk")
    return [sources.FromInquiry(row.pk, row.asked_at.astimezone(zone).date(), row.words, row.language) for row in rows]


def _referral(row: Referral, zone: tzinfo) -> sources.FromReferral:
    received = row.received_at.astimezone(zone).date()
    return sources.FromReferral(row.pk, row.organisation or row.sender, received, row.discharged_on, row.found)


def _screen(row: Administration) -> sources.FromScreen:
    outcome = row.outcome
    return sources.FromScreen(
        row.pk, row.instrument, row.on, outcome.total, outcome.severity, str(measured.name(row.instrument)),
        measured.result_words(outcome, row),
    )  # fmt: skip


def as_it_stands(client: Client) -> dict[str, Standing]:
    """For rooms after this one: what counts of each question; one statement."""
    return standing(answers(client))
