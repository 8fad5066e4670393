"""What can be done with a client's record."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record import crypto
from trellis.people.accounts.actions.invitations import withdraw_earlier
from trellis.people.accounts.models import Account
from trellis.people.clients import rules
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import CareAssignment, Client, ClientWord, Episode, KeptOut, LegalName
from trellis.people.clients.names import file_names
from trellis.people.clients.states import CLOSED, MACHINE, OPEN
from trellis.people.staff.models import StaffMember

NO_NAME = _("Write the name the person goes by.")
FUTURE_BIRTH = _("This date of birth lies ahead. Check the year.")
ONE_EPISODE = _("This person is in the program already. Close that stay before you open another.")
NOT_OPEN = _("This stay is closed already.")
ENDS_TOO_EARLY = _("A stay cannot end before it began. Check the date.")
NOT_ASSIGNED = _("This person is not on the care team.")
KEPT_OUT = _("This record is closed to %(name)s, so they cannot join the care team.")
ACCOUNT_TAKEN = _("This sign-in belongs to somebody else already.")
TWO_SIGN_INS = _("Both records have a sign-in. Close one of them first.")
TWO_STAYS = _("Both records have an open stay. End one of them first.")
ON_THE_OTHER_TEAM = _(
    "The earlier record is closed to %(name)s, who is on the care team now. Somebody else joins the team first."
)
HAS_ACCOUNT = _("This person has a sign-in already.")


@action("client.register")
def register_client(
    *,
    by: Actor,
    chosen_name: str,
    pronouns: str = "",
    born_on: date | None = None,
    language: str = "en",
    telephone: str = "",
    email: str = "",
    may_leave_message: bool = False,
    may_text: bool = False,
    safe_times: str = "",
    safe_word: str = "",
    payer: str = "",
    legal_given: str = "",
    legal_family: str = "",
) -> Client:
    if born_on is not None and born_on > clock.now().date():
        raise Refused(FUTURE_BIRTH)
    client = Client(
        pronouns=pronouns.strip(), born_on=born_on, language=language, created_at=clock.now(),
        telephone=telephone, email=email, may_leave_message=may_leave_message, may_text=may_text,
        safe_times=safe_times, safe_word_sealed=_sealed(safe_word), payer=payer,
    )  # fmt: skip
    _name(client, chosen_name)
    client.save(force_insert=True)
    file_names([client])
    if legal_given or legal_family:
        _file_legal_name(client, legal_given, legal_family, clock.now().date())
    return client


@action("client.change_name", on="client")
def change_name(*, by: Actor, client: Client, chosen_name: str, pronouns: str) -> Client:
    """The name they go by, everywhere at once: their sign-in shows it too."""
    _name(client, chosen_name)
    client.pronouns = pronouns.strip()
    client.save(update_fields=["chosen_name", "search_name", "pronouns"])
    file_names([client])
    if client.account_id:
        Account.objects.filter(pk=client.account_id).update(chosen_name=client.chosen_name, pronouns=client.pronouns)
    return client


@action("client.record_legal_name", on="client")
def record_legal_name(*, by: Actor, client: Client, given: str, family: str, since: date) -> LegalName:
    return _file_legal_name(client, given, family, since)


@action("client.change_contact", on="client")
def change_contact(
    *,
    by: Actor,
    client: Client,
    telephone: str,
    email: str,
    may_leave_message: bool,
    may_text: bool,
    safe_times: str,
    safe_word: str,
    language: str,
) -> Client:
    wanted: dict[str, Any] = {
        "telephone": telephone, "email": email, "may_leave_message": may_leave_message, "may_text": may_text,
        "safe_times": safe_times, "safe_word_sealed": _sealed(safe_word), "language": language,
    }  # fmt: skip
    for name, value in wanted.items():
        setattr(client, name, value)
    client.save(update_fields=list(wanted))
    return client


@action("client.open_episode", on="client")
def open_episode(*, by: Actor, client: Client, level: str, opened_on: date) -> Episode:
    if Episode.objects.filter(client=client, status=OPEN).exists():
        raise Refused(ONE_EPISODE)
    return Episode.objects.create(client=client, level=level, opened_on=opened_on)


@action("client.close_episode", on="episode")
def close_episode(*, by: Actor, episode: Episode, closed_on: date, reason: str) -> Episode:
    # The page that led here may be old: as it stands now, and held until the act ends.
    episode.refresh_from_db(fields=["status"], from_queryset=Episode.objects.select_for_update())
    if not MACHINE.may(episode.status, "close"):
        raise Refused(NOT_OPEN)
    if closed_on < episode.opened_on:
        raise Refused(ENDS_TOO_EARLY)
    episode.status, episode.closed_on, episode.close_reason = CLOSED, closed_on, Episode.CloseReason(reason)
    episode.save(update_fields=["status", "closed_on", "close_reason"])
    for assignment in episode.assignments.filter(until__isnull=True):
        _end(assignment, closed_on)
    return episode


@action("client.assign", on="episode")
def assign(*, by: Actor, episode: Episode, staff_member: StaffMember, since: date) -> CareAssignment:
    """Put somebody on the care team; once there, asking again changes nothing."""
    if episode.status != OPEN:
        raise Refused(NOT_OPEN)
    if kept_out.is_kept_out(staff_member.account_id, episode.client_id):
        raise Refused(KEPT_OUT % {"name": staff_member.chosen_name})
    found, _made = CareAssignment.objects.get_or_create(
        episode=episode, staff_member=staff_member, until=None, defaults={"since": since}
    )
    return found


@action("client.assign", on="episode")
def unassign(*, by: Actor, episode: Episode, staff_member: StaffMember, until: date) -> CareAssignment:
    found = CareAssignment.objects.filter(episode=episode, staff_member=staff_member, until__isnull=True).first()
    if found is None:
        raise Refused(NOT_ASSIGNED)
    return _end(found, until)


@action("client.take_over", on="client")
def take_over(*, by: Actor, client: Client, other: Client) -> Client:
    """The stays of another record of the same person, and their sign-in, are this record's; no search finds the other.

    What it says of them stays there, for those who want to compare.
    """
    if client.account_id and other.account_id:
        raise Refused(TWO_SIGN_INS)
    if Episode.objects.filter(client__in=[client, other], status=OPEN).count() > 1:
        raise Refused(TWO_STAYS)
    _refuse_a_team_that_is_kept_out(client, other)
    Episode.objects.filter(client=other).update(client=client)
    account_id, other.account_id, other.search_name = other.account_id, None, ""
    other.save(update_fields=["account", "search_name"])
    ClientWord.objects.filter(client=other).delete()
    if account_id:
        client.account_id = account_id
        client.save(update_fields=["account"])
    withdraw_earlier(about=other.audit_subjects[0])
    return client


def _refuse_a_team_that_is_kept_out(client: Client, other: Client) -> None:
    kept = KeptOut.objects.filter(client=client, until__isnull=True).values("account")
    team = CareAssignment.objects.filter(episode__client=other, episode__status=OPEN, until__isnull=True)
    member = team.filter(staff_member__account__in=kept).select_related("staff_member__account").first()
    if member is not None:
        raise Refused(ON_THE_OTHER_TEAM % {"name": member.staff_member.chosen_name})


@action("client.link_account", on="client")
def link_account(*, by: Actor, client: Client, account: Account) -> Client:
    if client.account_id == account.pk:
        return client
    if client.account_id is not None:
        raise Refused(HAS_ACCOUNT)
    if Client.objects.filter(account=account).exists():
        raise Refused(ACCOUNT_TAKEN)
    client.account = account
    client.save(update_fields=["account"])
    return client


def _sealed(text: str) -> str:
    return crypto.seal(text.strip()) if text.strip() else ""


def _name(client: Client, chosen_name: str) -> None:
    client.chosen_name = " ".join(chosen_name.split())
    if not client.chosen_name:
        raise Refused(NO_NAME)
    client.search_name = rules.fold(client.chosen_name)[:200]


def _file_legal_name(client: Client, given: str, family: str, since: date) -> LegalName:
    return LegalName.objects.create(
        client=client, given=given.strip(), family=family.strip(), since=since, recorded_at=clock.now()
    )


def _end(assignment: CareAssignment, until: date) -> CareAssignment:
    # Somebody put on the team for a day ahead, or by a slip, ends on the day they began.
    assignment.until = max(until, assignment.since)
    assignment.save(update_fields=["until"])
    return assignment
