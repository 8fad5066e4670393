from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContinuityConfig(AppConfig):
    name = "trellis.journey.continuity"
    label = "continuity"

    def ready(self) -> None:
        from trellis.journey.continuity import policy  # noqa: F401
        from trellis.journey.continuity.aftercare import entry as aftercare

        leaving()
        advice()
        aftercare.register()


def leaving() -> None:
    """Ends of stays, next places, letters."""
    from trellis.foundation.program.check import register_check
    from trellis.foundation.program.schema import register_section
    from trellis.foundation.record.triggers import append_only
    from trellis.journey.continuity import models
    from trellis.journey.continuity.leaving import blueprint, letters, own_copy, panel
    from trellis.journey.continuity.leaving.turns import last_day
    from trellis.journey.measures import turns
    from trellis.people.clients import own_copy as copies
    from trellis.people.clients import panels
    from trellis.people.consent import contents
    from trellis.people.consent.rules.words import Information
    from trellis.ui.navigation import NavItem, register

    for fact in (models.Discharge, models.DischargeSummary, models.TransitionPlan, models.LetterRequest):
        append_only(fact, kind="client", column="client_id")
    append_only(models.TransitionStep, kind="client", column="client_id", through="plan")
    append_only(models.LetterAnswer, kind="client", column="client_id", through="request")
    register_section(blueprint.SECTION, blueprint.DischargeTerms)
    register_check(blueprint.readable)
    turns.register("last_day", last_day)
    contents.register(Information.DISCHARGE_SUMMARY, letters.discharge_summary)
    copies.register("discharge", _("How a stay ended"), own_copy.discharge, order=45)
    copies.register("next_places", _("Where you go on"), own_copy.next_places, order=46)
    copies.register("letters", _("Letters about you"), own_copy.letters, order=47)
    panels.register("leaving", _("What comes next"), panel.leaving, order=84, group=panels.Group.RECORD)
    register(NavItem("staff", "letters", _("Letters"), "leaving:letters", "mail", 62, "letters.list"))


def advice() -> None:
    """Which care is next, and when that is looked at again."""
    from trellis.foundation.program.check import register_check
    from trellis.foundation.program.schema import register_section
    from trellis.foundation.record.triggers import append_only
    from trellis.journey.continuity import models, own_copy
    from trellis.journey.continuity.advice import blueprint, panel
    from trellis.people.clients import own_copy as copies
    from trellis.people.clients import panels
    from trellis.ui.navigation import NavItem, register

    append_only(models.Review, kind="client", column="client_id")
    register_section(blueprint.SECTION, blueprint.Reassessment)
    register_section(blueprint.ADVICE, blueprint.Advising)
    register_check(blueprint.readable)
    panels.register("next_care", _("What next?"), panel.next_care, order=18)
    copies.register("reviews", _("What was decided about your next care"), own_copy.reviews, order=27)
    register(NavItem("clients", "reassess", _("Time to look again"), "advice:due", "calendar", 91, "advice.read"))
