"""What the pages about alerts print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.record import crypto
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.measures import duty, presenters
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.rules.alerts import Meaning, Standing, State, meanings, standing
from trellis.ui.words import one_stop, spoken_time


@dataclass(frozen=True)
class Line:
    """One alert with its steps, as it stands now."""

    alert: SafetyAlert
    steps: tuple[AlertStep, ...]
    stands: Standing
    zone: tzinfo
    is_of_today: bool = True

    @property
    def meanings(self) -> list[Meaning]:
        return meanings(self.alert.asked_in, self.alert.flags)

    @property
    def language(self) -> str:
        """In which they answered, or in which they speak with us."""
        form = self.alert.administration
        return form.get_language_display() if form else self.alert.client.get_language_display()

    @property
    def way(self) -> str:
        form = self.alert.administration
        if form:
            return form.get_way_display()
        own = self.alert.by == f"account:{self.alert.client.account_id}"
        if own:
            return _("On their own page")
        asked = self.alert.source == SafetyAlert.Source.HISTORY
        return _("Written down by our team") if asked else _("In a call that was written down")

    @property
    def found(self) -> list[tuple[str, list[Meaning]]]:
        """What was asked because of it came to: each form once, as it stands now."""
        newest = {step.administration_id: step for step in self.steps if step.kind == AlertStep.Kind.FOUND}
        return [
            (str(presenters.name(step.administration.instrument)), meanings(step.administration.instrument, step.flags))
            for step in newest.values()
            if step.administration
        ]

    @property
    def words(self) -> str:
        """The most serious thing of all that was said."""
        said = [*self.meanings, *(one for _name, found in self.found for one in found)]
        return str(max(said, key=lambda one: one.worse).words) if said else _("An answer about safety.")

    @property
    def told(self) -> list[AlertStep]:
        return [step for step in self.steps if step.kind == AlertStep.Kind.TOLD]

    @property
    def told_words(self) -> str:
        names = ", ".join(dict.fromkeys(step.account.chosen_name for step in self.told))
        return _("Told: %(names)s") % {"names": names} if names else _("Nobody could be told")

    @property
    def taken(self) -> AlertStep | None:
        return next((step for step in self.steps if step.kind == AlertStep.Kind.SEEN), None)

    @property
    def done(self) -> AlertStep | None:
        return next((step for step in self.steps if step.kind == AlertStep.Kind.DONE), None)

    @property
    def done_words(self) -> str:
        return crypto.unseal(self.done.words_sealed) if self.done else ""

    @property
    def detail(self) -> str:
        day = "" if self.is_of_today else f"{day_heading(self.since.date())}. "
        return f"{day}{self.words} {self.told_words}"

    @property
    def state(self) -> tuple[str, str]:
        """A few words and their colour."""
        if self.stands.state is State.DONE:
            return _("Done"), "leaf"
        if self.taken is not None:
            return _("Taken on by %(name)s") % {"name": self.taken.account.chosen_name}, "gold"
        return _("Nobody has it yet"), "rose"

    @property
    def climbs(self) -> str:
        """What comes next by itself, where nobody takes it on."""
        if self.stands.climbs_at is None:
            return ""
        when = spoken_time(self.stands.climbs_at.astimezone(self.zone).time())
        return one_stop(_("Where nobody takes it on, the next on duty are told at %(time)s.") % {"time": when})

    @property
    def time(self) -> str:
        return spoken_time(self.since.time())

    @property
    def since(self) -> datetime:
        return self.alert.at.astimezone(self.zone)


def lines(alerts: Iterable[SafetyAlert], now: datetime) -> list[Line]:
    """Whoever nobody has stands first, then the oldest."""
    rota = duty.rota()
    found = [_line(alert, now, rota) for alert in alerts]
    return sorted(found, key=lambda one: one.stands.state is not State.WAITING)


def _line(alert: SafetyAlert, now: datetime, rota: duty.Rota) -> Line:
    steps = tuple(alert.known_steps)  # type: ignore[attr-defined]
    day = alert.at.astimezone(rota.zone).date() + timedelta(days=1)
    due = datetime.combine(day, time(), tzinfo=rota.zone)
    kinds = [step.kind for step in steps]
    stands = standing(rota.since(alert.at), due, kinds, len(rota.steps(now)), now)
    return Line(alert, steps, stands, rota.zone, is_of_today=now < due)


def heading(found: list[Line]) -> str:
    if not found:
        return _("No answer waits for a person")
    return ngettext(
        "One answer needs a person", "%(number)d answers need a person", len(found)
    ) % {"number": len(found)}  # fmt: skip
