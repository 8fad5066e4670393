"""What pages print of an incident: what to do next, what is due, who was told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.foundation.program import queries as program
from trellis.people.breaches import letters, rules, states
from trellis.people.breaches.forms import OUTCOMES
from trellis.people.breaches.models import Affected, AffectedMark, Letter
from trellis.people.breaches.people import Person
from trellis.people.breaches.queries import Known, opened_text, reach_of
from trellis.people.breaches.rules import Deadline, Duty, Reach
from trellis.people.consent.people_words import INFORMATION
from trellis.people.rights.requests.presenters import deadline_words, due_tone

#: laws whose names are words; the others are numbers in every language
LAWS: dict[Duty, "Promise | str"] = {
    Duty.CALIFORNIANS: gettext_lazy("California Civil Code 1798.82"),
    Duty.PATIENTS: gettext_lazy("California Health and Safety Code 1280.15"),
    Duty.STATE: gettext_lazy("California Health and Safety Code 1280.15"),
    Duty.ATTORNEY_GENERAL: gettext_lazy("California Civil Code 1798.82(f)"),
}
DUTIES: dict[Duty, "Promise | str"] = {
    Duty.PEOPLE: gettext_lazy("A letter to each person"),
    Duty.CALIFORNIANS: gettext_lazy("The letters, by California’s law"),
    Duty.PATIENTS: gettext_lazy("The letters, if we are licensed"),
    Duty.STATE: gettext_lazy("California’s department of public health, if we are licensed"),
    Duty.HHS: gettext_lazy("The U.S. health department (HHS)"),
    Duty.MEDIA: gettext_lazy("Newspapers or television: more than 500 people in one state"),
    Duty.ATTORNEY_GENERAL: gettext_lazy("California’s attorney general: a sample of the letter"),
    Duty.SITE: gettext_lazy("A notice on our site for 90 days, with a free telephone number"),
}
TONES = {states.OPEN: "gold", states.CONFIRMED: "gold", states.CLEARED: "plain", states.FINISHED: "leaf"}
_REACH: dict[Reach, tuple["Promise | str", str]] = {
    Reach.TO_WRITE: (gettext_lazy("Not told yet"), "gold"),
    Reach.TOLD: (gettext_lazy("Told"), "leaf"),
    Reach.OUT_OF_REACH: (gettext_lazy("Not reached"), "rose"),
}


@dataclass(frozen=True)
class Due:
    """One duty as the workbench shows it."""

    duty: Duty
    title: "Promise | str"
    detail: str
    word: str
    tone: str
    #: written down with a form; letters have their own page
    by_report: bool


@dataclass(frozen=True)
class Next:
    """The one thing to do now. `url`: the name of a page of this incident."""

    words: str
    act: str
    url: str


def heading(found: Iterable[Known]) -> str:
    number = sum(not one.is_over for one in found)
    if not number:
        return _("No incident is open")
    return ngettext("One incident is open", "%(number)d incidents are open", number) % {"number": number}


@dataclass(frozen=True)
class Line:
    """An incident in a list; nothing of what was written."""

    public_id: str
    title: str
    detail: str
    word: str
    tone: str


def lines(found: Iterable[Known], today: date) -> list[Line]:
    return [_line(one, today) for one in found]


def _line(one: Known, today: date) -> Line:
    title = _("Found out on %(day)s") % {"day": day_words(one.facts.discovered_on)}
    if one.unmet:
        first = one.unmet[0]
        return Line(
            one.row.public_id, title, people_words(one), deadline_words(first.due, today), due_tone(first.due, today)
        )
    return Line(one.row.public_id, title, people_words(one), state_word(one), TONES[one.state])


def state_word(one: Known) -> str:
    return str(states.MACHINE.status(one.state).label)


def people_words(one: Known) -> str:
    if not one.counts.affected:
        return _("Nobody is on the list yet")
    affected = ngettext("%(number)d person affected", "%(number)d people affected", one.counts.affected)
    told = ngettext("%(number)d told", "%(number)d told", one.counts.told)
    return f"{affected % {'number': one.counts.affected}} · {told % {'number': one.counts.told}}"


def due(one: Known, today: date) -> list[Due]:
    """What is owed, the nearest day first; what is done stands below."""
    if one.is_over:
        return []
    open_now = [_due(deadline, today, one) for deadline in one.unmet]
    done = [deadline for deadline in one.deadlines if deadline not in one.unmet]
    return [*open_now, *(_done(deadline, one) for deadline in done)]


def _law(deadline: Deadline) -> str:
    return str(LAWS.get(deadline.duty, deadline.source))


def _due(deadline: Deadline, today: date, one: Known) -> Due:
    notes = [_law(deadline)]
    if deadline.ask_counsel:
        notes.append(_("ask counsel whether this law reaches us, and whether this day holds"))
    if deadline.not_before and deadline.not_before > today:
        notes.append(_("not before %(day)s: police asked us to wait") % {"day": day_words(deadline.not_before)})
    return Due(
        deadline.duty, DUTIES[deadline.duty], " · ".join(notes), deadline_words(deadline.due, today),
        due_tone(deadline.due, today), deadline.duty not in rules.BY_LETTER,
    )  # fmt: skip


def _done(deadline: Deadline, one: Known) -> Due:
    given = one.given.get(deadline.duty)
    word = _("done on %(day)s") % {"day": day_words(given.on)} if given else _("done")
    return Due(deadline.duty, DUTIES[deadline.duty], _law(deadline), word, "leaf", False)


def next_step(one: Known, *, has_letter: bool) -> Next | None:
    """In the order of a bad night: who, whether, what to say, to whom, the offices, the end."""
    if one.is_over:
        return None
    if not one.counts.affected:
        return Next(_("Find out who was affected"), _("Find them"), "people")
    if one.state == states.OPEN:
        return Next(_("Decide whether it is a breach, and sign"), _("Assess it"), "assess")
    if not has_letter:
        return Next(_("Write the letter"), _("Write it"), "letter")
    if one.counts.to_write:
        words = ngettext("Tell %(number)d person", "Tell %(number)d people", one.counts.to_write)
        return Next(words % {"number": one.counts.to_write}, _("Open the list"), "people")
    if one.unmet:
        return Next(_("Tell the offices that must know"), _("See what is due"), "incident")
    return Next(_("Everything is done. Say so."), _("Everybody was told"), "finish")


@dataclass(frozen=True)
class Said:
    """Something that was written down."""

    heading: "Promise | str"
    words: str
    on: date | None = None


def facts(one: Known) -> list[Said]:
    now = one.facts
    found = [
        (_("What happened"), opened_text(one.row.what_sealed)),
        (_("When"), f"{letters.when(now)} {letters.found_out(now.discovered_on)}"),
        (_("Who found out, or told us"), opened_text(one.row.told_by_sealed)),
        (_("What was done at once"), opened_text(one.row.at_once_sealed)),
        (_("Information involved"), "; ".join(letters.capital(INFORMATION[word]) for word in now.information)),
        (_("Computer data that were not encrypted"), str(now.get_unencrypted_display())),
        (_("Licensed as a clinic or health facility"), str(now.get_licensed_display())),
        (_("What came to light later"), opened_text(now.words_sealed)),
    ]
    return [Said(title, text) for title, text in found if text]


def story(one: Known) -> list[Said]:
    """Each step and each delay, in the order in which they were written."""
    outcomes, zone = {key.value: text for key, text in OUTCOMES}, program.zone()
    found = []
    for step in one.steps:
        signed = getattr(step, "assessment", None)
        title = outcomes[signed.outcome] if signed else _STEPS[step.step]
        name = f" {_('Signed: %(name)s') % {'name': signed.signed_name}}" if signed else ""
        found.append((step.at, Said(title, f"{opened_text(step.words_sealed)}{name}", step.at.astimezone(zone).date())))
    for delay in one.delays:
        until = _("Police asked us to wait until %(day)s") % {"day": day_words(delay.delay.ends_on)}
        found.append((delay.at, Said(until, opened_text(delay.who_sealed), delay.stated_on)))
    for duty, given in one.given.items():
        found.append((given.at, Said(DUTIES[duty], opened_text(given.words_sealed), given.on)))
    return [said for _at, said in sorted(found, key=lambda pair: pair[0])]


_STEPS = {
    states.FINISH: gettext_lazy("Everybody was told"),
    states.REOPEN: gettext_lazy("Looked at again"),
}


@dataclass(frozen=True)
class Row:
    """Somebody on the list."""

    public_id: str
    name: str
    detail: str
    word: "Promise | str"
    tone: str
    is_in: bool
    tried: bool


def rows(found: Iterable[Affected], known: Mapping[str, Person]) -> list[Row]:
    return [_row(one, known.get(one.subject)) for one in found]


def _row(one: Affected, person: Person | None) -> Row:
    why = str(AffectedMark.Why(one.why).label)  # type: ignore[attr-defined]
    said = opened_text(one.mark_words)  # type: ignore[attr-defined]
    died = [_("This person died: the letter goes to their next of kin.")] if person and person.has_died else []
    is_in = bool(one.is_in)  # type: ignore[attr-defined]
    word, tone = _REACH[reach_of(one)] if is_in else (_("Not on the list"), "plain")
    detail = " · ".join(filter(None, [why, said, *died]))
    return Row(
        one.public_id, person.name if person else _("Somebody whose record is gone"), detail, word, tone, is_in,
        bool(one.tried),  # type: ignore[attr-defined]
    )  # fmt: skip


def closed_words(number: int) -> str:
    """How many of the list are closed to the reader, without a name."""
    if not number:
        return ""
    return ngettext(
        "One more person is on this list whose record is closed to you. Somebody else finishes their part.",
        "%(number)d more people are on this list whose records are closed to you. Somebody else finishes their part.",
        number,
    ) % {"number": number}


def found_words(new: int, known: int, out: int) -> str:
    parts = [
        ngettext("%(number)d person is new on the list.", "%(number)d people are new on the list.", new)
        % {"number": new}
    ]
    if known:
        parts.append(
            ngettext("%(number)d stood there already.", "%(number)d stood there already.", known) % {"number": known}
        )
    if out:
        words = ngettext(
            "%(number)d was taken out by hand and stays out.", "%(number)d were taken out by hand and stay out.", out
        )
        parts.append(words % {"number": out})
    return " ".join(parts)


@dataclass(frozen=True)
class Sent:
    """A letter that went, or could not."""

    public_id: str
    title: str
    detail: str
    word: str
    tone: str
    may_return: bool


def sent(found: Iterable[Letter]) -> list[Sent]:
    return [_sent(one) for one in found]


def _sent(one: Letter) -> Sent:
    back = getattr(one, "returned", None)
    no_way = one.how == Letter.How.NO_WAY
    word, tone = (_("Did not arrive"), "rose") if back else (_("No way"), "rose") if no_way else (_("Went"), "leaf")
    whom = [str(one.get_to_whom_display()), opened_text(one.name_sealed), opened_text(one.address_sealed)]
    whom.append(opened_text(back.words_sealed) if back else "")
    title = f"{one.get_how_display()}, {day_words(one.on)}"
    return Sent(one.public_id, title, " · ".join(filter(None, whom)), word, tone, not back and not no_way)


def day_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
