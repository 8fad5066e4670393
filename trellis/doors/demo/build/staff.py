"""The people who work in a demo: accounts with their second factor, the list of staff, who leads which group."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from trellis.doors.demo import actions as demo
from trellis.doors.demo import cast, leaders, sign_ins
from trellis.doors.demo.build.house import BUILDER, House, Member
from trellis.foundation.access.actor import Actor
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.models import Series
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.staff import actions as staff
from trellis.people.staff.licenses import actions as licenses
from trellis.people.staff.licenses.rules import SOON
from trellis.people.staff.models import StaffMember

Made = tuple[sign_ins.SignIn, Account]


def sign_in_for(role: str, name: str, pronouns: str, email: str, language: str, *, second_factor: bool) -> Made:
    """An account whose password, and second factor where one is asked, are drawn now."""
    password = sign_ins.new_password()
    account = accounts.create_account(
        by=BUILDER,
        chosen_name=name,
        pronouns=pronouns,
        email=email,
        password=password,
        language=language,
        roles=[role],
    )
    secret = sign_ins.new_secret() if second_factor else None
    if secret:
        demo.give_second_factor(by=BUILDER, account=account, secret=secret)
    return sign_ins.SignIn(role, name, email, password, secret, language, account.pk), account


def employ(house: House) -> list[sign_ins.SignIn]:
    return [_employ(house, part) for part in cast.STAFF]


def _employ(house: House, part: cast.Part) -> sign_ins.SignIn:
    role = part.roles[0]
    made, account = sign_in_for(role, part.name, part.pronouns, part.email, part.language, second_factor=True)
    member = staff.employ(
        by=BUILDER,
        account=account,
        credential=part.credential,
        languages=part.languages,
        started_on=house.calendar.opening,
    )
    _license(house, part, member)
    actor = Actor(account_id=account.pk, roles=frozenset(part.roles))
    house.members[part.name] = Member(account, member, actor, part.roles, part.languages)
    return _room_pin(actor, made, account) if role == cast.HANDS_OVER else made


def _room_pin(by: Actor, made: sign_ins.SignIn, account: Account) -> sign_ins.SignIn:
    """With it a tablet is handed to a client, and opened again."""
    pin = sign_ins.new_room_pin()
    accounts.set_room_pin(by=by, account=account, pin=pin)
    return replace(made, room_pin=pin)


def _license(house: House, part: cast.Part, member: StaffMember) -> None:
    """Made-up numbers; one of them ends soon, so that the list of those is not empty."""
    found = cast.LICENSES.get(part.credential)
    if found is None:
        return
    kind, body = found
    until = house.calendar.today.replace(day=1) + timedelta(days=400)
    licenses.record_license(
        by=BUILDER, staff_member=member, kind=kind, body=body, number=f"{part.credential} 000{member.pk}",
        since=house.calendar.opening - timedelta(days=500),
        until=house.calendar.today + SOON if part.name == cast.RENEWS else until,
    )  # fmt: skip


def outsiders(parts: Sequence[cast.Part]) -> list[sign_ins.SignIn]:
    """People who neither work here nor are clients now."""
    return [
        sign_in_for(part.roles[0], part.name, part.pronouns, part.email, part.language, second_factor=False)[0]
        for part in parts
    ]


def able_to_lead(house: House) -> list[leaders.Leader]:
    return [
        leaders.Leader(name, member.roles[0], member.languages)
        for name, member in house.members.items()
        if member.roles[0] in leaders.GROUP_ROLES
    ]


def assign_leaders(house: House) -> leaders.Diary:
    """Every series gets its leaders; the diary says who is held when."""
    diary = leaders.Diary()
    rows = {series.key: series for series in Series.objects.filter(until__isnull=True, personal=False)}
    groups = [_group(series) for series in sorted(rows.values(), key=lambda s: (s.weekday, s.start, s.key))]
    given = leaders.lead(groups, able_to_lead(house), diary, cast.FACILITATOR)
    for key, names in given.items():
        for name in names:
            schedule.assign_facilitator(
                by=BUILDER,
                series=rows[key],
                staff_member=house.members[name].staff_member,
                since=rows[key].since,
            )
    return diary


def slot_of(series: Series) -> leaders.Slot:
    start = series.start.hour * 60 + series.start.minute
    return leaders.Slot(series.weekday, start, start + series.minutes)


def _group(series: Series) -> leaders.Group:
    return leaders.Group(series.key, slot_of(series), tuple(series.facilitator_roles), series.languages[0])
