"""What can be asked about admissions."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.admission import rules
from trellis.journey.admission.models import Admission
from trellis.journey.admission.rules import ADMITTING
from trellis.journey.inquiry.models import ForWhom, Inquiry
from trellis.journey.inquiry.rules import AGAIN, digits
from trellis.people.clients.models import Client, Episode, LegalName
from trellis.people.clients.queries import find_clients
from trellis.people.clients.states import OPEN
from trellis.people.staff import queries as staff
from trellis.people.staff.licenses.queries import who_may_sign
from trellis.people.staff.licenses.rules import Signing
from trellis.people.staff.models import StaffMember

#: so many are shown to whoever admits; more would be no question any more
MOST_KNOWN = 3
MOST_CANDIDATES = 300
SHORTEST_NUMBER = 7


def admission_of(episode: Episode) -> Admission | None:
    return Admission.objects.filter(episode=episode).first()


def admissions_of(client: Client) -> list[Admission]:
    """Newest first, each with the clinician who decided; one statement."""
    rows = Admission.objects.filter(episode__client=client).order_by("-admitted_on", "-id")
    return list(rows.select_related("admitting_clinician__account"))


def asked_before(client: Client) -> list[str]:
    """Under which names the trail knows them from before they were a client (`inquiry:4`); one statement."""
    theirs = Q(client=client) | Q(episode__client=client)  # two records that became one: as either
    led_here = Admission.objects.filter(theirs, inquiry__isnull=False).values("inquiry")
    # And whoever was here before and asks to come back.
    asked = Inquiry.objects.filter(Q(pk__in=led_here) | Q(client_subject=client.audit_subjects[0])).order_by("id")
    return [f"inquiry:{key}" for key in asked.values_list("pk", flat=True)]


def own_inquiries(client: Client) -> "QuerySet[Inquiry]":
    """What they asked for themselves: what led here, what was joined with it, and what they ask anew."""
    led_here = Admission.objects.filter(episode__client=client, inquiry__isnull=False).values("inquiry")
    theirs = Q(pk__in=led_here) | Q(same_as__in=led_here) | Q(client_subject=client.audit_subjects[0])
    return Inquiry.objects.filter(theirs, for_whom=ForWhom.SELF)


def admitted(inquiries: Collection[int]) -> Mapping[int, datetime]:
    """When the person of each inquiry was admitted; one statement. The funnel asks."""
    rows = Admission.objects.filter(inquiry__in=inquiries)
    return dict(rows.values_list("inquiry_id", "recorded_at"))


def may_be_known(typed: rules.Person, legal: tuple[str, str] = ("", ""), closed: Collection[int] = ()) -> list[Client]:
    """Clients who may be the person that somebody is about to admit, surest first, each with `here` when they are in
    the program; at most nine statements. `legal` are given and family names, as on papers.

    `closed` are keys of people whose records are closed to whoever asks: asked and answered as if they were not there.
    """
    near = {client.pk: client for client in _candidates(typed).exclude(pk__in=closed)[:MOST_CANDIDATES]}
    near |= {client.pk: client for client in find_clients(typed.name, closed=closed).clients}
    on_papers = {client.pk: client for client in _on_papers(*legal).exclude(pk__in=closed)[:MOST_KNOWN]}
    near |= on_papers
    likely = rules.may_be_known(typed, [_person(client) for client in near.values()])
    keys = list(dict.fromkeys([*on_papers, *likely]))[:MOST_KNOWN]
    here = set(Episode.objects.filter(client__in=keys, status=OPEN).values_list("client", flat=True))
    found = [near[key] for key in keys]
    for client in found:
        client.here = client.pk in here  # type: ignore[attr-defined]
    return found


def _candidates(typed: rules.Person) -> "QuerySet[Client]":
    match, number = Q(pk=None), digits(typed.telephone)
    if len(number) >= SHORTEST_NUMBER:
        # However it is written it ends alike; the rule compares the rest.
        match |= Q(telephone__endswith=number[-4:])
    if typed.email:
        match |= Q(email__iexact=typed.email)
    if typed.born_on:
        match |= Q(born_on=typed.born_on)
    return _by_themselves().filter(match)


def _on_papers(given: str, family: str) -> "QuerySet[Client]":
    if not given or not family:
        return Client.objects.none()
    named = LegalName.objects.filter(given__iexact=given, family__iexact=family)
    return _by_themselves().filter(pk__in=named.values("client"))


def _by_themselves() -> "QuerySet[Client]":
    """Records that did not become part of another, the newest first."""
    return Client.objects.exclude(search_name="").order_by("-pk")


def _person(client: Client) -> rules.Person:
    return rules.Person(client.pk, client.chosen_name, client.telephone, client.email, client.born_on)


def just_admitted(name: str, born_on: date | None, now: datetime, closed: Collection[int] = ()) -> Client | None:
    """Somebody of this name and birth date who was admitted without an inquiry in the last ten minutes: the same form
    sent twice. Nobody of `closed`."""
    rows = Admission.objects.filter(
        inquiry=None, recorded_at__gt=now - AGAIN, client__born_on=born_on, client__chosen_name=" ".join(name.split())
    )
    row = rows.exclude(client__in=closed).select_related("client").order_by("-pk").first()
    return row.client if row else None


def admitting_clinicians() -> "QuerySet[StaffMember]":
    """Who may decide on an admission today, by role and by license. A fixed number of statements."""
    held = {"account__grants__until__isnull": True, "account__grants__role__in": ADMITTING}
    keys = set(staff.working().filter(**held).values_list("pk", flat=True))
    return staff.working().filter(pk__in=who_may_sign(Signing.LEVEL, keys, clock.today(program.zone())))
