"""What pages print of the answers about a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.journey.admission.history import rules, words
from trellis.journey.admission.history.bank import Question, Section, safety
from trellis.journey.admission.history.blueprint import FORMS, Withdrawal, do, lines_of
from trellis.journey.admission.history.forms import BOX, SectionForm
from trellis.journey.admission.history.queries import Elsewhere, Told
from trellis.journey.admission.history.rules import (
    ANSWERED,
    NOT_TODAY,
    Asks,
    Judged,
    Kind,
    Known,
    Offer,
    Row,
    Shown,
    Standing,
    Substance,
    Use,
    Used,
    Verdict,
)
from trellis.journey.admission.history.rules.safety import lately
from trellis.journey.admission.models import HistoryAnswer
from trellis.journey.measures import presenters as measured

Who = HistoryAnswer.Who
#: who wrote things down, as everybody here says them; None: the reader is the person themself
Names = Mapping[str, str] | None


@dataclass(frozen=True)
class Line:
    """One thing that was said: what, and by whom and when."""

    words: str
    said: str


@dataclass(frozen=True)
class OfferLine:
    words: str
    place: str
    waits: bool
    #: what the button sends
    token: str


@dataclass(frozen=True)
class Asking:
    """One question of a form."""

    field: BoundField
    look: str
    box: BoundField | None
    now: Line | None
    #: "not today", said before: it may be asked again
    later: str
    before: tuple[Line, ...]
    offers: tuple[OfferLine, ...]


@dataclass(frozen=True)
class SectionCard:
    key: str
    title: str
    known: Known
    how: str
    last: str
    is_next: bool


@dataclass(frozen=True)
class SubstanceLine:
    key: str
    title: str
    words: str
    said: str


@dataclass(frozen=True)
class Warned:
    verdict: Verdict
    tone: str
    title: str
    detail: str
    #: the form that is asked, and the one that was given
    ask: str
    given: str

    @property
    def is_now(self) -> bool:
        """Somebody is to do something now."""
        return self.verdict in (Verdict.ABOVE, Verdict.ASK, Verdict.CALL)


# --- answers ----------------------------------------------------------------------------------------------------------
def value(question: Question, plain: str) -> str:
    if question.kind is Kind.YES_NO:
        return str(words.YES_NO.get(plain, plain))
    if question.kind is Kind.CHOICE:
        return next((str(one) for one in question.choices if one.key == plain), plain)
    if question.kind is Kind.DATE:
        return date_format(date.fromisoformat(plain), "DATE_FORMAT")
    if question.kind is Kind.MONTH and "-" in plain:
        return date_format(date.fromisoformat(f"{plain}-01"), "YEAR_MONTH_FORMAT")
    return plain


def answer(question: Question, row: Row) -> str:
    if row.said.state == ANSWERED:
        return value(question, row.said.value)
    return str(HistoryAnswer.State(row.said.state).label)


def said_by(row: "Row | Told", names: Names) -> str:
    """ "The person, Nov. 25, 2026; written down by Dana Cole"; nothing of us where they typed it themselves."""
    who, on = str(Who(row.who).label), date_format(row.on, "DATE_FORMAT")
    if names is None:
        return _("You said this on %(day)s.") % {"day": on}
    by = names.get(row.by)
    if not by:
        return _("%(who)s, %(day)s") % {"who": who, "day": on}
    return _("%(who)s, %(day)s; written down by %(name)s") % {"who": who, "day": on, "name": by}


def line(question: Question, row: Row, names: Names) -> Line:
    return Line(answer(question, row), said_by(row, names))


def askings(
    section: Section, form: SectionForm, found: Mapping[str, Standing], offers: Mapping[str, list[Shown]],
    names: Names,
) -> list[Asking]:  # fmt: skip
    now = lately(found, safety(), form.today)
    return [
        _asking(one, form, now.get(one.key), found.get(one.key), offers.get(one.key, []), names)
        for one in section.questions
    ]


def _asking(
    question: Question, form: SectionForm, stands: Standing | None, known: Standing | None, offers: list[Shown],
    names: Names,
) -> Asking:  # fmt: skip
    """`stands`: the answer that counts now; `known`: with those that were said too long ago to count."""
    rows = (known.now, *known.before)[1 if stands else 0 :] if known else ()
    is_later = stands is not None and stands.now.said.state == NOT_TODAY
    return Asking(
        field=form[question.key],
        look="segments" if question.kind is Kind.YES_NO else "",
        box=form[question.key + BOX] if question.key + BOX in form.fields else None,
        now=line(question, stands.now, names) if stands and not is_later else None,
        later=date_format(stands.now.on, "DATE_FORMAT") if stands and is_later else "",
        before=tuple(line(question, row, names) for row in rows),
        offers=tuple(_offer(question, one) for one in offers),
    )


def _offer(question: Question, one: Shown) -> OfferLine:
    offer = one.offer
    return OfferLine(value(question, offer.value), place(offer), one.waits, f"{offer.key} {offer.source}")


def place(offer: Offer) -> str:
    """Where it is known from: "PHQ-9, Nov. 20, 2026: 14 of 27, moderate"."""
    kind, on = offer.source.partition(":")[0], date_format(offer.on, "DATE_FORMAT")
    if kind == "inquiry":
        return _("said when asking for help, %(day)s") % {"day": on}
    if kind == "referral":
        name = offer.place or _("another place")
        return _("from %(place)s, %(day)s") % {"place": name, "day": on}
    return f"{offer.place}, {on}: {offer.words}"


# --- sections ---------------------------------------------------------------------------------------------------------
def cards(
    among: Iterable[Section], found: Mapping[str, Standing], offers: Mapping[str, list[Shown]], names: Names
) -> list[SectionCard]:
    listed = [(one, how_known(one, found, offers)) for one in among]
    next_ = rules.next_section([(one.key, known) for one, known in listed])
    return [
        SectionCard(
            one.key,
            str(one.title if names is None else one.for_staff),
            known,
            _how(known),
            _last(one, found, names),
            one.key == next_,
        )
        for one, known in listed
    ]


def how_known(section: Section, found: Mapping[str, Standing], offers: Mapping[str, list[Shown]]) -> Known:
    states = {key: one.now.said.state for key, one in found.items()}
    waiting = {key for key, shown in offers.items() if any(one.waits for one in shown)}
    return rules.known([one.key for one in section.questions], states, waiting)


def _how(known: Known) -> str:
    parts = [_("%(known)d of %(of)d known") % {"known": known.known, "of": known.of}]
    if known.to_confirm:
        parts.append(_("%(count)d to confirm") % {"count": known.to_confirm})
    if known.not_today:
        parts.append(_("%(count)d not today") % {"count": known.not_today})
    return " · ".join(parts)


def _last(section: Section, found: Mapping[str, Standing], names: Names) -> str:
    rows = [found[one.key].now for one in section.questions if one.key in found]
    return said_by(max(rows, key=lambda row: row.number), names) if rows else ""


# --- substances -------------------------------------------------------------------------------------------------------
def substances(told: Mapping[str, list[Told]], names: Names) -> list[SubstanceLine]:
    return [
        SubstanceLine(one.value, str(words.SUBSTANCES[one]), _told(told.get(one)), _said(told.get(one), names))
        for one in Substance
    ]


def _told(rows: list[Told] | None) -> str:
    if not rows:
        return ""
    return use(rows[0].use) if rows[0].state == ANSWERED else str(words.LATER)


def _said(rows: list[Told] | None, names: Names) -> str:
    return said_by(rows[0], names) if rows else ""


def told_before(rows: Iterable[Told], names: Names) -> list[Line]:
    return [Line(_told([one]), said_by(one, names)) for one in rows]


def use(found: Use) -> str:
    """ "Every day, or nearly; first at 17; last on Nov. 25, 2026; by mouth"."""
    parts = [str(words.PATTERNS[rules.Pattern(found.pattern)])]
    if found.first_age is not None:
        parts.append(_("first at %(age)d") % {"age": found.first_age})
    if found.last_on:
        parts.append(_("last on %(day)s") % {"day": date_format(found.last_on, "DATE_FORMAT")})
    if found.route:
        parts.append(str(words.ROUTES[rules.Route(found.route)]))
    return "; ".join(filter(None, [*parts, found.help_before]))


# --- withdrawal -------------------------------------------------------------------------------------------------------
def warnings(section: Withdrawal | None, elsewhere: Elsewhere, uses: Mapping[str, Used], today: date) -> list[Warned]:
    """What the program's own lines say today."""
    if section is None:
        return []
    judged = rules.withdrawal(lines_of(section), elsewhere.scores, uses, today)
    return [_warning(one, section, elsewhere) for one in judged]


def _warning(one: Judged, section: Withdrawal, elsewhere: Elsewhere) -> Warned:
    key, form = one.line.key, elsewhere.forms.get(one.line.key)
    given = form.public_id if form is not None else ""
    name = str(measured.name(FORMS[key])) if key in FORMS else ""
    if one.verdict is Verdict.CALL:
        return Warned(one.verdict, "rose", _used(one), do(section, key), "", "")
    if one.verdict is Verdict.ASK:
        title = _("%(used)s Ask the %(scale)s now.") % {"used": _used(one), "scale": name}
        return Warned(one.verdict, "gold", title, _last_score(name, one) if one.scored else "", FORMS[key], given)
    if one.verdict is Verdict.ABOVE:
        title = _("%(score)s: this is above our line of %(line)d.") % {
            "score": _last_score(name, one), "line": one.line.transfer,
        }  # fmt: skip
        return Warned(one.verdict, "rose", title, do(section, key), FORMS[key], given)
    if one.verdict is Verdict.BELOW:
        title = _("%(score)s: below our line of %(line)d.") % {
            "score": _last_score(name, one), "line": one.line.transfer,
        }  # fmt: skip
        return Warned(one.verdict, "leaf", title, "", FORMS[key], given)
    return Warned(
        one.verdict,
        "plain",
        _last_score(name, one),
        _("No use is known since that would call for it again."),
        "",
        given,
    )


def _used(one: Judged) -> str:
    assert one.used is not None  # a line that asks or calls names the use
    said = {"substance": words.SHORT[Substance(one.substance)], "day": date_format(one.used.day, "DATE_FORMAT")}
    if not one.used.known:
        return _("Told on %(day)s: %(substance)s every day.") % said
    return _("Last use of %(substance)s: %(day)s.") % said


def _last_score(name: str, one: Judged) -> str:
    assert one.scored is not None
    total = _("no total") if one.scored.total is None else one.scored.total
    return _("%(scale)s %(total)s on %(day)s") % {
        "scale": name, "total": total, "day": date_format(one.scored.on, "DATE_FORMAT"),
    }  # fmt: skip


# --- what may be required ---------------------------------------------------------------------------------------------
def required(asks: Asks) -> str:
    return {
        Asks.NOBODY: _("Nobody ordered them here: all that we ask is theirs to say yes or no to."),
        Asks.OTHERS: _(
            "Somebody asks this of them. Read the paper: it says what may be required, and nothing more is. "
            "Tell its sender only what a consent lets through."
        ),
        Asks.UNKNOWN: _("Not known yet whether somebody ordered them here. Until then nothing is required of them."),
    }[asks]
