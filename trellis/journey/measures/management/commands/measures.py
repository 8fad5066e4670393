"""`trellis measures score [FILE|-] --json` and `trellis measures change [FILE|-] --json`.

0: scored or compared, whatever the statuses; 2: the input holds no case, and then nothing is printed.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from dataclasses import asdict
from json import dumps
from math import isfinite
from typing import Any

from django.core.management.base import BaseCommand

from trellis.foundation.record import cases
from trellis.journey.measures.library import instruments
from trellis.journey.measures.rules import Instrument, NoChangeRule, change, score

COULD_NOT = 2
FILE = "FILE holds one case or a list of cases as JSON; “-”, or nothing, reads them from the standard input."
SCORE = f"""Score answers to an instrument. Nothing is stored.

{FILE}

exit codes: 0 scored, whatever the statuses; 2 no case, an unknown instrument, or answers that are no object"""
CHANGE = f"""Say whether two totals of an instrument differ by more than chance. Nothing is stored.

{FILE}

exit codes: 0 compared; 2 no case, an instrument without such a rule, or a total that is no number"""
SCORE_CASE = '{"instrument": "phq-9", "answers": {"phq9.1": 2}}'
CHANGE_CASE = '{"instrument": "phq-9", "baseline": 18, "current": 9}'


class Command(BaseCommand):
    help = "Instruments: score answers, compare two totals"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="{score,change}")
        shape: dict[str, Any] = {"formatter_class": RawDescriptionHelpFormatter}
        for name, says, example in (("score", SCORE, SCORE_CASE), ("change", CHANGE, CHANGE_CASE)):
            epilog = f"example:\n  echo '{example}' | trellis measures {name} --json"
            one = commands.add_parser(name, description=says, epilog=epilog, **shape)
            one.add_argument(
                "file", metavar="FILE", nargs="?", default="-", help="a case or a list of them; default: -"
            )
            one.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, what: str, file: str, json: bool, **options: Any) -> None:
        try:
            found = cases.read(file)
            results = [ANSWERS[what](case) for case in (found if isinstance(found, list) else [found])]
        except cases.NoCase as fault:
            self.stderr.write(f"{file}: {fault}")
            sys.exit(COULD_NOT)
        if json:
            self.stdout.write(dumps(results if isinstance(found, list) else results[0]))
        else:
            self.stdout.write("\n".join(map(_as_text, results)))


def _instrument(case: dict[str, Any]) -> Instrument:
    named = case.get("instrument")
    found = instruments().get(named) if isinstance(named, str) else None
    if found is None:
        raise cases.NoCase(
            f"There is no instrument {dumps(named)[:80]}. Give one of: {', '.join(sorted(instruments()))}."
        )
    return found


def _scored(case: dict[str, Any]) -> dict[str, Any]:
    instrument, answers, context = _instrument(case), case.get("answers"), case.get("context") or {}
    if not isinstance(answers, dict):
        raise cases.NoCase(f"The answers to {instrument.name} are no object. Give each item with its number.")
    if not isinstance(context, dict):
        raise cases.NoCase(f"The context of {instrument.name} is no object. Leave it out, or give the sex in it.")
    found = asdict(score(instrument, answers, context.get("sex")))
    return found | {"flags": list(found["flags"]), "invalid_items": list(found["invalid_items"])}


def _compared(case: dict[str, Any]) -> dict[str, Any]:
    instrument = _instrument(case)
    try:
        return asdict(change(instrument, _number(case, "baseline"), _number(case, "current")))
    except NoChangeRule:
        raise cases.NoCase(
            f"No value of change is published for {instrument.name}. Look at its trend instead."
        ) from None


def _number(case: dict[str, Any], name: str) -> float:
    value = case.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise cases.NoCase(f"The {name} is no number. Give the total of a form.")
    return value


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"score": _scored, "change": _compared}


def _as_text(result: dict[str, Any]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_said(value)}" for name, value in result.items())


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(one)}" for name, one in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "not known" if value is None else str(value)
