"""What the measures are called, how each is counted, and what stands beside a person, for those who read them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from trellis.doors.reports import measures
from trellis.doors.reports.measures import Case, Measure
from trellis.doors.reports.rules import Answer, Quarter, Why

ANSWERS: dict[Answer, "str | Promise"] = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.NOT_YET: gettext_lazy("Not yet"),
    Answer.LEFT_OUT: gettext_lazy("Left out"),
}
TITLES: dict[str, "str | Promise"] = {
    measures.HERE: gettext_lazy("Here after a discharge elsewhere"),
    measures.ONWARD: gettext_lazy("At the next place after us"),
    measures.START: gettext_lazy("Starting, and coming again"),
    measures.STAY: gettext_lazy("Staying"),
    measures.ENDED: gettext_lazy("How stays ended"),
    measures.AFTER: gettext_lazy("Reached afterwards"),
}
#: how it is counted; docs/guide/program-measures.md says the same, with what each rests on
DEFINITIONS: dict[str, tuple["str | Promise", ...]] = {
    measures.HERE: (
        gettext_lazy(
            "Everybody whose discharge from a hospital, detox or residential program fell in these "
            "months, as far as we heard of it. Each discharge of a person counts once."
        ),
        gettext_lazy(
            "Yes: a first session or an admission here on the day of the discharge or within 7 (14) "
            "days after it."
        ),
        gettext_lazy(
            "Left out: who died in that time, whose day of discharge nobody told us, and of whom we "
            "first heard when the days were over."
        ),
    ),
    measures.ONWARD: (
        gettext_lazy("Everybody whose stay here ended in these months and who had a next place."),
        gettext_lazy("Yes: somebody confirmed that they arrived there within 7 (14) days, or a new stay began here."),
        gettext_lazy(
            "Left out: who died, and with whom no next place was agreed. Who went on at another level"
            " of care has one: without a word of it they count as no."
        ),
    ),
    measures.START: (
        gettext_lazy(
            "Every stay that began in these months, unless it began within 30 days after an earlier "
            "one here."
        ),
        gettext_lazy(
            "Started: a first session within 14 days. Came again: sessions on two or more further "
            "days within 34 days after the first. Who did not start counts as no."
        ),
        gettext_lazy("Left out: who died in that time."),
    ),
    measures.STAY: (
        gettext_lazy("Every stay that began in these months."),
        gettext_lazy(
            "Yes: on the 30th (60th, 90th) day the stay was open, and they had come within the 30 "
            "days before."
        ),
        gettext_lazy("Left out: who had finished, had gone on at another level of care, or had died by then."),
    ),
    measures.ENDED: (
        gettext_lazy("Every stay that ended in these months."),
        gettext_lazy("Yes: they finished the program."),
        gettext_lazy("Left out: who went on at another level of care, and who died."),
    ),
    measures.AFTER: (
        gettext_lazy("Everybody who had left and whose follow-up was due in these months."),
        gettext_lazy("Yes: we reached them by a week after the day, whether or not they wanted to talk."),
        gettext_lazy("Left out: who had said by then that they want no contact, who had come back, and who died."),
    ),
}  # fmt: skip
#: what its days rest on
SOURCES: dict[str, "str | Promise"] = {
    measures.HERE: gettext_lazy("7 days as in HEDIS FUA and FUI; 14 days are our own."),
    measures.ONWARD: gettext_lazy("7 days as in HEDIS FUA and FUI; 14 days are our own."),
    measures.START: gettext_lazy("14 and 34 days as in HEDIS IET; 30 days are our own."),
    measures.AFTER: gettext_lazy("The days are those of the blueprint; the week is our own."),
}


def label(measure: Measure) -> str:
    if measure.group in (measures.HERE, measures.ONWARD):
        return ngettext("Within %(days)d day", "Within %(days)d days", measure.days) % {"days": measure.days}
    if measure.group == measures.START:
        words = (
            _("Started within %(days)d days") if measure.key == "initiated" else _("Came again within %(days)d days")
        )
        return words % {"days": measure.days}
    if measure.group == measures.STAY:
        return _("On day %(days)d") % {"days": measure.days}
    if measure.group == measures.ENDED:
        return _("Finished the program")
    return ngettext("%(days)d day after", "%(days)d days after", measure.days) % {"days": measure.days}


def quarter_words(quarter: Quarter) -> str:
    """ "October to December 2026"."""
    values = {
        "first": date_format(quarter.first, "F"), "last": date_format(quarter.last, "F"), "year": quarter.year,
    }  # fmt: skip
    return capfirst(pgettext("months of a quarter", "%(first)s to %(last)s %(year)s") % values)


def began(measure: Measure, case: Case) -> str:
    values = {"day": _day(case.began)}
    if measure.group == measures.HERE:
        if case.judged.why == Why.NO_DAY:
            return _("We heard of them on %(day)s.") % values
        return _("Discharged elsewhere on %(day)s.") % values
    if measure.group in (measures.START, measures.STAY):
        return _("Began here on %(day)s.") % values
    if measure.group == measures.AFTER:
        return _("It was due on %(day)s.") % values
    return _("Left here on %(day)s.") % values


def why(case: Case) -> str:
    words = str(WHY[case.judged.why])
    return words % {"day": _day(case.judged.on)} if case.judged.on and "%(day)s" in words else words


def _day(day: date) -> str:
    return date_format(day)


WHY: dict[Why, "str | Promise"] = {
    Why.CAME: gettext_lazy("Came on %(day)s."),
    Why.NOT_CAME: gettext_lazy("Did not come by %(day)s."),
    Why.CAME_SO_FAR: gettext_lazy("Yes so far. It counts from %(day)s on."),
    Why.NOT_SO_FAR: gettext_lazy("Not so far. It counts from %(day)s on."),
    Why.DIED: gettext_lazy("Died."),
    Why.NO_DAY: gettext_lazy("Nobody told us the day of the discharge."),
    Why.HEARD_LATE: gettext_lazy("We first heard of it on %(day)s, when the days were over."),
    Why.CONTINUES: gettext_lazy("An earlier stay here ended on %(day)s: no new beginning."),
    Why.NOT_STARTED: gettext_lazy("Did not start by %(day)s."),
    Why.ENGAGED: gettext_lazy("Had come on two further days by %(day)s."),
    Why.NOT_ENGAGED: gettext_lazy("Had come on fewer than two further days by %(day)s."),
    Why.STILL_HERE: gettext_lazy("Was here on %(day)s."),
    Why.LEFT: gettext_lazy("Left on %(day)s."),
    Why.NOT_SEEN: gettext_lazy("The stay was open on %(day)s, and they had not come for 30 days."),
    Why.FINISHED: gettext_lazy("Finished the program on %(day)s."),
    Why.OTHER_LEVEL: gettext_lazy("Went on at another level of care on %(day)s."),
    Why.STAY_RUNS: gettext_lazy("It counts from %(day)s on."),
    Why.ARRIVED: gettext_lazy("Arrived on %(day)s."),
    Why.NOT_ARRIVED: gettext_lazy("No arrival was confirmed by %(day)s."),
    Why.NO_PLACE: gettext_lazy("No next place was agreed."),
    Why.PLACE_NOT_WRITTEN: gettext_lazy("Went on at another level of care, and nobody wrote down where."),
    Why.REACHED: gettext_lazy("Reached on %(day)s."),
    Why.NOT_REACHED: gettext_lazy("Not reached by %(day)s."),
    Why.FOLLOW_UP_RUNS: gettext_lazy("It counts from %(day)s on."),
    Why.NOT_WISHED: gettext_lazy("Wants no contact."),
    Why.BACK_HERE: gettext_lazy("Came back on %(day)s."),
}
