"""Who acts for somebody, in words: to the client, to people at work, and to those who act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.queries import Acting
from trellis.people.proxies.rules import ENDED_BY_CLIENT, Basis, No, Part

Words = Promise | str

#: to the client
OWN_PARTS: dict[Part, Words] = {
    Part.WEEK: gettext_lazy("see my week: which days and hours"),
    Part.TELL: gettext_lazy("tell you when I cannot come"),
    Part.RECORD: gettext_lazy("read my record, as far as my consent says"),
    Part.ASK: gettext_lazy("ask you for something in my name, such as a correction"),
}
#: to people at work, and to those who act
PARTS: dict[Part, Words] = {
    Part.WEEK: gettext_lazy("see the week: which days and hours"),
    Part.TELL: gettext_lazy("say when the client cannot come"),
    Part.RECORD: gettext_lazy("read the record, as far as it is open"),
    Part.ASK: gettext_lazy("ask for something in the client’s name, such as a correction"),
}
OWN_BASES: dict[Basis, Words] = {
    Basis.CONSENT: gettext_lazy("you let them in"),
    Basis.PARENT: gettext_lazy("your parent or guardian, with your consent"),
    Basis.GUARDIAN: gettext_lazy("your guardian or conservator, by a court"),
    Basis.EXECUTOR: gettext_lazy("executor"),
    Basis.NEXT_OF_KIN: gettext_lazy("next of kin"),
}
#: to the client: why somebody may do nothing now
_OWN_NOES: dict[No, Words] = {
    No.ENDED: pgettext_lazy("acting for a client", "Ended"),
    No.OVER: gettext_lazy("The time that was agreed is over"),
    No.RESTRICTED: gettext_lazy("You asked us not to tell them"),
    No.NO_CONSENT: gettext_lazy("Your consent for them does not hold any more"),
    No.NARROW: gettext_lazy("Your consent for them does not go so far"),
}


@dataclass(frozen=True)
class Line:
    row: ProxyAccess
    what: str
    until: str
    word: Words
    tone: str
    holds: bool
    may_end: bool
    basis: Words
    paper: str = ""


def own(one: Acting, zone: tzinfo) -> Line:
    word, tone = _state(one, _OWN_NOES.get(one.why, _("It does not hold now")) if one.why else "")
    basis = Basis(one.row.basis)
    return Line(
        one.row, own_parts(one.row.rule.parts), _until(one.row, zone), word, tone, one.in_force,
        one.in_force and basis in ENDED_BY_CLIENT, OWN_BASES[basis],
    )  # fmt: skip


def at_work(one: Acting, zone: tzinfo) -> Line:
    word, tone = _state(one, one.why.value if one.why else "")
    row = one.row
    return Line(
        row, parts(row.rule.parts), _until(row, zone), word, tone, one.in_force, one.in_force,
        row.get_basis_display(), _paper(row),
    )  # fmt: skip


def own_parts(given: Iterable[Part]) -> str:
    return _listed(OWN_PARTS, given)


def parts(given: Iterable[Part]) -> str:
    return _listed(PARTS, given)


def _listed(words: dict[Part, Words], given: Iterable[Part]) -> str:
    held = set(given)
    return "; ".join(str(words[part]) for part in Part if part in held)


def _state(one: Acting, why: Words) -> tuple[Words, str]:
    if why:
        return why, "plain"
    if one.account_id is None:
        return _("The link was not opened yet"), "gold"
    return _("Open to them now"), "leaf"


def _until(row: ProxyAccess, zone: tzinfo) -> str:
    """The last day that is part of it."""
    if row.until is None:
        return _("as long as the consent holds")
    last = row.until.astimezone(zone).date() - timedelta(days=1)
    return _("until %(day)s") % {"day": date_format(last, "DATE_FORMAT")}


def _paper(row: ProxyAccess) -> str:
    if not row.paper or row.paper_issued_on is None:
        return ""
    said = {"paper": row.paper, "by": row.paper_issued_by, "day": date_format(row.paper_issued_on, "DATE_FORMAT")}
    return _("%(paper)s, issued by %(by)s on %(day)s") % said
