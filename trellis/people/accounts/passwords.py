"""How easily a password is guessed. Twelve letters alone are no help: "passwordpassword" has sixteen."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program import queries as program

#: of 0 to 4: more than a hundred million guesses
ENOUGH = 3
#: words that somebody who wants in would try here first
OF_THE_HOUSE = ("trellis", "recovery", "sober", "sobriety", "serenity", "outpatient", "program", "client", "counselor")
MOST = 72  # letters that are looked at; the rest only makes it longer
EASY = _("This password is easy to guess. Take three or four words that do not belong together.")
HELP = _("It is not easy to guess: three or four words that do not belong together do well.")


class NotEasilyGuessed:
    def validate(self, password: str, user: Any = None) -> None:
        from zxcvbn import zxcvbn  # its lists take memory, and few processes ever judge a password

        own = [str(getattr(user, name, "") or "") for name in ("username", "email", "chosen_name")]
        judged = zxcvbn(password[:MOST], user_inputs=[*OF_THE_HOUSE, *_of_the_program(), *filter(None, own)])
        if judged["score"] < ENOUGH:
            raise ValidationError(EASY, code="password_easy")

    def get_help_text(self) -> str:
        return str(HELP)


def _of_the_program() -> list[str]:
    """Its name and its towns, where one is loaded."""
    try:
        blueprint = program.current()
    except program.NoBlueprint:
        return []
    names = [blueprint.program.names, *(site.names for site in blueprint.sites)]
    texts = [text for one in names for text in one.as_dict().values()] + [site.city for site in blueprint.sites]
    return [word for text in texts for word in text.split()]
