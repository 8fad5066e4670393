"""What the house learns at its start about arriving and waiting: guards, section, panel, own copy, way in."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.check import register_check
from trellis.foundation.program.schema import register_section
from trellis.foundation.record.triggers import append_only
from trellis.journey.admission.arriving import blueprint, own_copy, panel
from trellis.journey.admission.models import (
    AdmissionWait,
    Coverage,
    HandOn,
    HandOnStep,
    NeedFact,
    OrientationSigned,
    StepDone,
    WaitStep,
)
from trellis.journey.admission.waiting import own_copy as waited
from trellis.people.clients import own_copy as copies
from trellis.people.clients import panels
from trellis.ui.navigation import NavItem, register


def teach() -> None:
    for of_client in (StepDone, OrientationSigned, Coverage, NeedFact):
        append_only(of_client, kind="client", column="client_id")
    for of_inquiry in (AdmissionWait, HandOn):
        append_only(of_inquiry, kind="inquiry", column="inquiry_id")
    append_only(WaitStep, kind="inquiry", column="inquiry_id", through="wait")
    append_only(HandOnStep, kind="inquiry", column="inquiry_id", through="hand_on")
    register_section(blueprint.SECTION, blueprint.Arriving)
    register_check(blueprint.readable)
    copies.register("coverage", _("Who pays"), own_copy.coverages, order=27)
    copies.register("needs", _("What you need to be able to come"), own_copy.needs, order=28)
    copies.register("first_steps", _("Your first steps here"), own_copy.steps, order=29)
    copies.register("waits", _("When you waited for a place"), waited.waits, order=16)
    copies.register("hand_ons", _("Where we handed you on"), waited.hand_ons, order=17)
    panels.register("arriving", _("Arriving"), panel.ways, order=57)
    register(NavItem("clients", "waiting", _("Waiting for a place"), "admission:waiting", "clock", 91, "waiting.list"))
