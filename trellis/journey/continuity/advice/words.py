"""Reasons in sentences, as a colleague would say them; each with the figures of the record that it is made of."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.journey.admission.levels import words as levels
from trellis.journey.admission.levels.rules import Fact
from trellis.journey.continuity.advice.rules import Reason, Way
from trellis.journey.continuity.models import Review
from trellis.journey.measures import presenters as measures
from trellis.ui.words import spoken_minutes

Figures = Mapping[str, Any]
#: so many of the newest numbers of a row are read out
LATELY = 3
Say = Callable[[Figures], str]

WAYS: Mapping[Way, "Promise | str"] = {
    "continue": Review.Decided.CONTINUE.label,
    "step_down": Review.Decided.STEP_DOWN.label,
    "step_up": Review.Decided.STEP_UP.label,
    "discharge": Review.Decided.DISCHARGE.label,
}


def sentence(reason: Reason) -> str:
    return _SAID[reason.key](reason.figures)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "DATE_FORMAT")


def _level(key: str) -> str:
    return levels.level(key) if key in levels.LEVELS else key


def _dimension(key: str) -> str:
    return str(levels.FACTS[Fact(key)])


def _measure(figures: Figures) -> dict[str, str]:
    scale = f" ({measures.SUBSCORES.get(figures['scale'], figures['scale'])})" if figures["scale"] else ""
    return {
        "measure": f"{measures.name(figures['instrument'])}{scale}",
        "first": f"{figures['first']:g}",
        "last": f"{figures['last']:g}",
    }


# --- safety, ratings --------------------------------------------------------------------------------------------------


def _alerts(f: Figures) -> str:
    return ngettext(
        "One answer about safety that could not wait in the last four weeks, on %(last)s.",
        "%(number)d answers about safety that could not wait in the last four weeks, the last on %(last)s.",
        f["number"],
    ) % {"number": f["number"], "last": _day(f["last"])}


def _by_rules(said: "Promise | str") -> Say:
    return lambda f: str(said) % {"on": _day(f["on"]), "level": _level(f["level"]), "now": _level(f["now"])}


def _rated(said: "Promise | str") -> Say:
    """ "… since Oct. 5, 2026: 4. Substance use-related risks from 3 to 1." """

    def say(f: Figures) -> str:
        each = (
            _("%(dimension)s from %(was)d to %(now)d") % {"dimension": _dimension(key), "was": was, "now": now}
            for key, was, now in f["moved"]
        )
        return str(said) % {"since": _day(f["since"]), "each": "; ".join(each)}

    return say


# --- sessions and hours -----------------------------------------------------------------------------------------------


def _came(said: "Promise | str" = "") -> Say:
    def say(f: Figures) -> str:
        counted = ngettext(
            "Came to %(came)d of %(offered)d sessions in the last whole week (%(countable)s of %(asked)s).",
            "Came to %(came)d of %(offered)d sessions in the last %(weeks)d whole weeks (%(countable)s of %(asked)s).",
            f["weeks"],
        ) % {
            **f, "countable": spoken_minutes(f["countable"]), "asked": spoken_minutes(f["asked"]),
        }  # fmt: skip
        return f"{counted} {said}" if said else counted

    return say


def _late(f: Figures) -> str:
    return _("Came late to %(late)d of %(came)d sessions.") % f


def _lately(said: "Promise | str") -> Say:
    return lambda f: str(said) % f


# --- measures ---------------------------------------------------------------------------------------------------------


def _went(said: "Promise | str") -> Say:
    return lambda f: str(said) % _measure(f)


def _off(f: Figures) -> str:
    """ "PHQ-9 stays harder than is usual here, 6 weeks in a row (lately 19, 20, 21). …" """
    return ngettext(
        "%(measure)s stays harder than is usual here, %(weeks)d week (%(numbers)s). In such a week nine of ten people "
        "were at %(edge)s or better.",
        "%(measure)s stays harder than is usual here, %(weeks)d weeks in a row (lately %(numbers)s). In such a week "
        "nine of ten people were at %(edge)s or better.",
        len(f["numbers"]),
    ) % {
        **_measure(f), "weeks": len(f["numbers"]), "numbers": ", ".join(f"{one:g}" for one in f["numbers"][-LATELY:]),
        "edge": f"{f['edge']:g}",
    }  # fmt: skip


def _use_none(f: Figures) -> str:
    return ngettext(
        "The one form about use in the last four weeks says none.",
        "All %(forms)d forms about use in the last four weeks say none.",
        f["forms"],
    ) % {"forms": f["forms"]}


def _use_some(f: Figures) -> str:
    return _("%(some)d of %(forms)d forms in the last four weeks say some use, the last on %(last)s.") % {
        **f, "last": _day(f["last"]),
    }  # fmt: skip


def _unknown(f: Figures) -> str:
    return _("Not rated: %(dimensions)s.") % {"dimensions": "; ".join(_dimension(one) for one in f["facts"])}


def _plain(said: "Promise | str") -> Say:
    return lambda f: str(said)


_SAID: Mapping[str, Say] = {
    "alerts": _alerts,
    "no_alerts": _plain(gettext_lazy("No answer about safety that could not wait in the last four weeks.")),
    "rules_higher": _by_rules(
        gettext_lazy("The ratings of %(on)s call for %(level)s by the program’s rules; the stay is %(now)s.")
    ),
    "rules_same": _by_rules(gettext_lazy("The ratings of %(on)s call for what the stay is: %(level)s.")),
    "rules_lower": _by_rules(
        gettext_lazy("By the program’s rules the ratings of %(on)s call for less: %(level)s; the stay is %(now)s.")
    ),
    "rules_lowest": _by_rules(
        gettext_lazy("By the program’s rules the ratings of %(on)s call for no more than %(level)s.")
    ),
    "ratings_better": _rated(gettext_lazy("Rated lower than on %(since)s: %(each)s.")),
    "ratings_worse": _rated(gettext_lazy("Rated higher than on %(since)s: %(each)s.")),
    "came_most": _came(),
    "came_some": _came(),
    "came_few": _came(gettext_lazy("This level was hardly tried in full: ask what makes it hard to come.")),
    "late": _late,
    "comes_less": _lately(
        gettext_lazy(
            "Comes less: %(came)d of %(offered)d sessions in the last two weeks, %(came_before)d of "
            "%(offered_before)d in the two before."
        )
    ),
    "comes_more": _lately(
        gettext_lazy(
            "Comes more: %(came)d of %(offered)d sessions in the last two weeks, %(came_before)d of "
            "%(offered_before)d in the two before."
        )
    ),
    "measure_better": _went(gettext_lazy("%(measure)s went from %(first)s to %(last)s, more than chance.")),
    "measure_target": _went(
        gettext_lazy("%(measure)s went from %(first)s to %(last)s, more than chance, and is where one hopes to be.")
    ),
    "measure_worse": _went(gettext_lazy("%(measure)s rose from %(first)s to %(last)s, more than chance.")),
    "measure_still": _went(gettext_lazy("%(measure)s was %(first)s and is %(last)s: that may be chance.")),
    "trend_better": _went(
        gettext_lazy("%(measure)s: the last three look better than those before (%(first)s at first, %(last)s now).")
    ),
    "trend_worse": _went(
        gettext_lazy("%(measure)s: the last three look harder than those before (%(first)s at first, %(last)s now).")
    ),
    "off_track": _off,
    "use_none": _use_none,
    "use_some": _use_some,
    "days_few": lambda f: ngettext(
        "Here for %(days)d day: it has hardly begun.", "Here for %(days)d days: it has hardly begun.", f["days"]
    ) % {"days": f["days"]},
    "days_many": lambda f: ngettext(
        "Here for %(days)d day at this level.", "Here for %(days)d days at this level.", f["days"]
    ) % {"days": f["days"]},
    "no_ratings": _plain(gettext_lazy("Nobody has rated the dimensions in this stay.")),
    "old_ratings": lambda f: ngettext(
        "The newest ratings are %(days)d day old (%(on)s).", "The newest ratings are %(days)d days old (%(on)s).",
        f["days"],
    ) % {"days": f["days"], "on": _day(f["on"])},
    "rated_once": lambda f: _("The dimensions were rated once, on %(on)s: nothing to compare yet.") % {
        "on": _day(f["on"])
    },
    "dimensions_unknown": _unknown,
    "no_weeks": _plain(gettext_lazy("No whole week with marked sessions yet.")),
    "no_measures": _plain(gettext_lazy("No form with a number was finished in this stay.")),
    "no_use": _plain(gettext_lazy("No form about use in the last four weeks.")),
    "no_toxicology": _plain(gettext_lazy("Drug tests are not recorded here yet.")),
}  # fmt: skip
#: the same in a few words and without figures, for lists of what speaks for and against a way
_SHORT: Mapping[str, "Promise | str"] = {
    "alerts": gettext_lazy("An answer about safety that could not wait"),
    "no_alerts": gettext_lazy("Safety: nothing urgent"),
    "rules_higher": gettext_lazy("The ratings call for more care"),
    "rules_same": gettext_lazy("The ratings fit the level now"),
    "rules_lower": gettext_lazy("The ratings call for less care"),
    "rules_lowest": gettext_lazy("The ratings call for the least care"),
    "ratings_better": gettext_lazy("Rated lower than before"),
    "ratings_worse": gettext_lazy("Rated higher than before"),
    "came_most": gettext_lazy("Comes to most sessions"),
    "came_some": gettext_lazy("Comes to some sessions"),
    "came_few": gettext_lazy("Comes to few sessions"),
    "late": gettext_lazy("Often late"),
    "comes_less": gettext_lazy("Comes less lately"),
    "comes_more": gettext_lazy("Comes more lately"),
    "measure_better": gettext_lazy("%(measure)s: better"),
    "measure_target": gettext_lazy("%(measure)s: where one hopes to be"),
    "measure_worse": gettext_lazy("%(measure)s: harder"),
    "measure_still": gettext_lazy("%(measure)s: about the same"),
    "trend_better": gettext_lazy("%(measure)s: looks better lately"),
    "trend_worse": gettext_lazy("%(measure)s: looks harder lately"),
    "off_track": gettext_lazy("%(measure)s: harder than usual here"),
    "use_none": gettext_lazy("No use in four weeks, by the forms"),
    "use_some": gettext_lazy("Some use, by the forms"),
    "days_few": gettext_lazy("The stay has hardly begun"),
    "days_many": gettext_lazy("Here for long"),
}


def in_short(reason: Reason) -> str:
    said = str(_SHORT[reason.key])
    return said % _measure(reason.figures) if "instrument" in reason.figures else said


#: every key that has words; a test holds the rules against it
KEYS = frozenset(_SAID)
