"""Very many names, with as many different words as a large clinic has. Nobody is meant by any of them."""

from random import Random

from trellis.doors.demo.names import FAMILY, GIVEN

BEGIN = (
    "Al",
    "Bar",
    "Cas",
    "Da",
    "El",
    "Fa",
    "Gu",
    "Her",
    "Iz",
    "Ja",
    "Ka",
    "Lu",
    "Mon",
    "Nav",
    "Or",
    "Pa",
    "Qui",
    "Ro",
)
MIDDLE = ("be", "da", "le", "mi", "na", "ri", "sa", "te", "va", "zo", "ño", "rra", "lla", "nde", "sti", "gue")
END = ("do", "es", "ez", "lia", "mar", "na", "ón", "ra", "ro", "son", "ta", "tín", "va", "ya")
FROM_LIST = 0.6


class Names:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.given = [name for names in GIVEN.values() for name in names]
        self.family = [name for names in FAMILY.values() for name in names]

    def name(self) -> str:
        first = self.rng.choice(self.given) if self.rng.random() < FROM_LIST else self._made_up()
        return f"{first} {self._family()}" + (f" {self._family()}" if self.rng.random() < 0.3 else "")

    def _family(self) -> str:
        return self.rng.choice(self.family) if self.rng.random() < FROM_LIST else self._made_up()

    def _made_up(self) -> str:
        middle = "".join(self.rng.choice(MIDDLE) for _ in range(self.rng.randint(1, 2)))
        return self.rng.choice(BEGIN) + middle + self.rng.choice(END)
