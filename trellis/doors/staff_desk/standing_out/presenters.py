"""What the page prints of an opening that stands out."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from trellis.doors.staff_desk.standing_out.queries import Line
from trellis.doors.staff_desk.standing_out.rules import Why
from trellis.foundation.program.queries import zone


@dataclass(frozen=True)
class Row:
    title: str
    detail: str
    word: str
    tone: str
    href: str


WORDS: dict[Why, tuple[Promise | str, str]] = {
    Why.OWN: (_("Their own record"), "rose"),
    Why.FAMILY: (_("The same family name"), "gold"),
    Why.GONE: (_("Left long ago"), "dusk"),
    Why.MANY: (_("Very many in an hour"), "gold"),
}


def row(line: Line) -> Row:
    one, who = line.one, line.account.chosen_name
    words, tone = WORDS[one.why]
    when = date_format(one.first.astimezone(zone()), "DATETIME_FORMAT")
    if one.why is Why.MANY:
        title = ngettext("%(number)d record", "%(number)d records", len(one.clients)) % {"number": len(one.clients)}
        return Row(title, f"{who}, {when}", str(words), tone, "")
    times = ngettext("once", "%(number)d times", one.times) % {"number": one.times}
    (client,) = line.clients
    return Row(
        client.chosen_name,
        f"{who}, {when}, {times}",
        str(words),
        tone,
        reverse("clients:client", args=[client.public_id]),
    )
