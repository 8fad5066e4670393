"""The numbers of a quarter as a table for another program: no name, no day of anybody."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.doors.reports import words
from trellis.doors.reports.measures import Measured
from trellis.doors.reports.rules import Answer, Quarter


def as_csv(found: Iterable[Measured], quarter: Quarter) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_heads())
    writer.writerows(_line(one, quarter) for one in found if one.is_kept)
    return out.getvalue()


def _heads() -> list[str]:
    answers = [str(words.ANSWERS[answer]) for answer in Answer]
    return [
        _("Measure"), _("What is counted"), _("From"), _("Until"), *answers, _("Of 100"),
        _("Holds a number below 11: do not pass it on"),
    ]  # fmt: skip


def _line(one: Measured, quarter: Quarter) -> list[str | int]:
    tally = one.tally
    return [
        one.measure.key, f"{words.TITLES[one.measure.group]}: {words.label(one.measure)}", quarter.first.isoformat(),
        quarter.last.isoformat(), tally.yes, tally.no, tally.not_yet, tally.left_out,
        "" if tally.percent is None else tally.percent, _("Yes") if tally.is_small else _("No"),
    ]  # fmt: skip
