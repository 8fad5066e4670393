"""The program's own say about instruments: which are asked when, and which of our translations were reviewed."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import DAYS, Blueprint, Day, Part
from trellis.foundation.program.schema.base import Key
from trellis.journey.measures.library import forms
from trellis.journey.measures.rules.forms import OWN_TRANSLATION
from trellis.journey.measures.rules.rhythm import OCCASIONS

SECTION = "measures"
Keys = Annotated[tuple[Key, ...], Field(strict=False, max_length=20)]


class Sets(Part):
    """Occasion → instruments, in the order in which they are asked."""

    intake: Keys = ()
    daily: Keys = ()
    weekly: Keys = ()
    monthly: Keys = ()
    step: Keys = ()
    discharge: Keys = ()
    follow_up: Keys = ()


class Measures(Part):
    sets: Sets = Sets()
    #: on which day a week of questions begins; left out: the week of the program
    weekly_day: Day | None = None
    #: our own translations that a native speaker has reviewed
    reviewed_spanish: Keys = ()

    @property
    def by_occasion(self) -> Mapping[str, Sequence[str]]:
        return {occasion: getattr(self.sets, occasion) for occasion in OCCASIONS}


def measures(blueprint: Blueprint | None = None) -> Measures:
    """Of the program that counts; without a section nothing is asked by itself."""
    section = (blueprint or program.current()).section(SECTION)
    return section if isinstance(section, Measures) else Measures()


def week_start(blueprint: Blueprint) -> int:
    """0 is Monday."""
    return DAYS.index(measures(blueprint).weekly_day or blueprint.program.week_start)


def known_instruments(draft: Draft) -> Iterator[Finding]:
    section = draft.sections.get(SECTION)
    if not isinstance(section, Measures):
        return
    for occasion, keys in section.by_occasion.items():
        for index, key in enumerate(keys):
            if key not in forms():
                yield (SECTION, "sets", occasion, index), _unknown(key)
            elif key in keys[:index]:
                yield (SECTION, "sets", occasion, index), f'"{key}" stands here a second time. Name it once.'
    for index, key in enumerate(section.reviewed_spanish):
        if key not in OWN_TRANSLATION:
            ours = ", ".join(sorted(OWN_TRANSLATION))
            yield (SECTION, "reviewed_spanish", index), f'"{key}" is no translation of ours. Name one of: {ours}.'


def _unknown(key: str) -> str:
    near = get_close_matches(key, sorted(forms()), n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"Name one of: {', '.join(sorted(forms()))}."
    return f'There is no instrument "{key}". {hint}'
