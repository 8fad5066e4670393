"""Who the people of a demo are. Pure: the same draws give the same people."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from trellis.doors.demo.figures import chance, draw, figures
from trellis.doors.demo.names import PRONOUNS, PRONOUNS_ES, Namer

AREAS = ("909", "626", "951", "213", "323", "562", "714", "818", "310", "949", "760", "805", "424", "657", "747", "840")
SAFE_TIMES = ("morning", "afternoon", "evening")


@dataclass(frozen=True)
class Person:
    name: str
    pronouns: str
    born_on: date
    language: str
    telephone: str
    email: str
    may_leave_message: bool
    may_text: bool
    payer: str
    times: tuple[str, ...]

    def age_on(self, day: date) -> int:
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))


class Crowd:
    """Draws one person after the other."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self.namer = Namer(rng)
        self.count = 0
        self.numbers: set[str] = set()

    def person(self, *, language: str = "", ages: tuple[int, int] | None = None, payer: str = "") -> Person:
        """Anybody, or somebody who speaks a language, is of an age, or is paid for by a payer."""
        rng, all_figures = self.rng, figures()
        ethnicity = "latinx" if language == "es" else draw(rng, all_figures["ethnicity"])
        sex = draw(rng, all_figures["sex"])
        spanish = language == "es" or (not language and self._speaks_spanish(ethnicity))
        name = self.namer.name(ethnicity, sex)
        safe = all_figures["safe_contact"]
        self.count += 1
        return Person(
            name=name,
            pronouns=(PRONOUNS_ES if spanish else PRONOUNS)[sex] if chance(rng, 70) else "",
            born_on=self._born(ages),
            language="es" if spanish else "en",
            telephone=self._telephone(),
            email=f"demo.{self.count}@mail.example.org" if chance(rng, safe["has_email"]) else "",
            may_leave_message=chance(rng, safe["may_leave_message"]),
            may_text=chance(rng, safe["may_text"]),
            payer=payer or draw(rng, all_figures["payer"]),
            times=tuple(time for time in SAFE_TIMES if chance(rng, 40)),
        )

    def _speaks_spanish(self, ethnicity: str) -> bool:
        return ethnicity == "latinx" and chance(self.rng, figures()["language"]["spanish_of_latinx"])

    def _born(self, ages: tuple[int, int] | None) -> date:
        first, last = ages or self._age_group()
        age = self.rng.randint(first, last)
        return self.today - timedelta(days=round(age * 365.25) + self.rng.randint(20, 340))

    def _age_group(self) -> tuple[int, int]:
        groups: list[list[Any]] = [group for group in figures()["age"]["groups"] if group[0] >= 21]
        first, last, _ = self.rng.choices(groups, weights=[group[2] for group in groups])[0]
        return first, last

    def _telephone(self) -> str:
        """Of the numbers that are kept free for made-up use, with an area code of the region."""
        for _ in range(40):
            number = f"{self.rng.choice(AREAS)}-555-01{self.rng.randint(0, 99):02}"
            if number not in self.numbers:
                break
        self.numbers.add(number)
        return number
