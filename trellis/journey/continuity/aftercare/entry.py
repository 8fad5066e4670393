"""What the time after a stay tells the rest of the house when it starts."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.jobs import every
from trellis.foundation.messaging.kinds import Addressee, register_kind, register_release_check
from trellis.foundation.program.check import register_check
from trellis.foundation.program.schema import register_section
from trellis.foundation.record.triggers import append_only
from trellis.journey.continuity import models
from trellis.journey.continuity.aftercare import actions, blueprint, jobs, own_copy, panel, presenters, release
from trellis.journey.measures import reach, turns
from trellis.people.clients import own_copy as copies
from trellis.people.clients import panels
from trellis.ui.navigation import NavItem
from trellis.ui.navigation import register as register_place


def register() -> None:
    for model in (models.AftercarePlan, models.ContactAgreement, models.FollowUpDone):
        append_only(model, kind="client", column="client_id")
    register_section(blueprint.SECTION, blueprint.FollowUps)
    register_check(blueprint.readable)
    register_kind(
        actions.ASK_KIND, template="continuity/messages/follow_up.txt", addressee=Addressee.SELF,
        title=_("A few questions"),
        sample={"url": "http://localhost:8000/my/follow-up/", "stop": "http://localhost:8000/my/stop/x:y/"},
    )  # fmt: skip
    register_kind(
        actions.LOOK_KIND, template="continuity/messages/look.txt", addressee=Addressee.STAFF,
        title=_("Something new to look at"), sample={"url": "http://localhost:8000/desk/follow-ups/"},
    )  # fmt: skip
    register_release_check("client", release.about_client)
    every(60, jobs.remind_of_follow_ups)
    turns.register_follow_up(blueprint.days_of)
    reach.register(presenters.after_stay_words)
    panels.register("after", _("After the stay"), panel.after, order=86, group=panels.Group.RECORD)
    copies.register("aftercare_plans", _("Your plan for afterwards"), own_copy.plans, order=38)
    copies.register("contact_after", _("How we may reach you afterwards"), own_copy.agreements, order=39)
    copies.register("follow_ups", _("How you were afterwards"), own_copy.follow_ups, order=39)
    register_place(
        NavItem(
            place="staff", key="follow_ups", label=_("Follow-ups"), url_name="aftercare:follow_ups", icon="phone",
            order=24, verb="follow_up.list",
        )
    )  # fmt: skip
