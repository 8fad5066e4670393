"""A summary as the record has it, for a clinician to change and sign. Six statements."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.journey.admission.diagnoses.presenters import line as diagnosis_line
from trellis.journey.admission.diagnoses.queries import standing
from trellis.journey.admission.levels import words as levels
from trellis.journey.admission.models import Diagnosis
from trellis.journey.continuity.leaving import presenters, queries, rules
from trellis.journey.continuity.models import Discharge
from trellis.journey.measures.library import instruments
from trellis.journey.measures.presenters import SUBSCORES
from trellis.journey.measures.presenters import name as instrument_name
from trellis.journey.measures.rules import NoChangeRule, change
from trellis.people.clients.models import Client
from trellis.ui.words import spoken_minutes


def drafted(client: Client, row: Discharge) -> dict[str, str]:
    """Key of a part → its words; what nobody knows yet is empty."""
    return {
        "stay": _stay(client, row),
        "measures": _measures(client, row),
        "diagnoses": "\n".join(map(_diagnosis, standing(client))),
        "care": "",
        "condition": queries.words(row.condition_sealed),
        "medicines": queries.words(row.medicines_sealed),
        "referrals": _referrals(client, row),
        "helped": queries.words(row.helped_sealed),
        "watch": queries.words(row.watch_sealed),
    }


def _stay(client: Client, row: Discharge) -> str:
    stay = row.episode
    assert stay.closed_on is not None  # a discharge closes it
    total = rules.tally(queries.came(client), stay.opened_on, stay.closed_on)
    level = levels.level(stay.level) if stay.level in levels.LEVELS else stay.level
    days = {"first": date_format(stay.opened_on, "DATE_FORMAT"), "last": date_format(stay.closed_on, "DATE_FORMAT")}
    lines = [
        _("From %(first)s to %(last)s.") % days,
        _("Level of care: %(level)s.") % {"level": level},
        ngettext("%(number)d session, %(time)s.", "%(number)d sessions, %(time)s in all.", total.sessions)
        % {"number": total.sessions, "time": spoken_minutes(total.minutes)},
        _("How it ended: %(kind)s. %(reason)s.")
        % {"kind": row.get_kind_display(), "reason": stay.get_close_reason_display()},
    ]
    return "\n".join(lines)


def _diagnosis(row: Diagnosis) -> str:
    """ "F10.20 Alcohol dependence, severe"."""
    found = diagnosis_line(row)
    return ", ".join((f"{found.code} {found.label}".strip(), *found.details))


def _measures(client: Client, row: Discharge) -> str:
    stay = row.episode
    assert stay.closed_on is not None
    forms = queries.measured(client, stay.opened_on, stay.closed_on)
    return "\n".join(_line(first, last) for first, last in rules.first_and_last(forms).values())


def _line(first: rules.Measured, last: rules.Measured | None) -> str:
    """ "PHQ-9: 15 on October 5, 2026; 6 on November 20, 2026. Better by more than chance." """
    said = {
        "name": _name(first), "points": f"{first.total:g}",
        "day": date_format(first.on, "DATE_FORMAT"),
    }  # fmt: skip
    if last is None:
        return _("%(name)s: %(points)s on %(day)s, once.") % said
    said |= {"later": f"{last.total:g}", "last": date_format(last.on, "DATE_FORMAT")}
    line = _("%(name)s: %(points)s on %(day)s; %(later)s on %(last)s.") % said
    return f"{line} {_changed(first, last)}".strip()


def _name(form: rules.Measured) -> str:
    """ "BAM-IOP (use)" """
    scale = f" ({SUBSCORES.get(form.scale, form.scale)})" if form.scale else ""
    return f"{instrument_name(form.instrument)}{scale}"


def _changed(first: rules.Measured, last: rules.Measured) -> str:
    if first.scale:
        return ""  # of a scale no limit is published
    try:
        found = change(instruments()[first.instrument], first.total, last.total)
    except (NoChangeRule, KeyError):
        return ""
    return {
        "improved": _("Better by more than chance."),
        "worsened": _("Worse by more than chance."),
        "none": _("No difference beyond chance."),
    }[found.reliable]


def _referrals(client: Client, row: Discharge) -> str:
    """What was written at the end, and the places that were arranged in this stay."""
    lines = [queries.words(row.referrals_sealed)]
    for plan in queries.filled(queries.plans().filter(client=client, episode=row.episode_id).order_by("id")):
        lines.append(presenters.plan_line(plan))
    return "\n".join(filter(None, lines))
