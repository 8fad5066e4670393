from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "trellis.journey.care"
    label = "care"

    def ready(self) -> None:
        from trellis.foundation.program.schema import register_section
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.care import blueprint, letters, models, own_copy, panel, policy  # noqa: F401
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels
        from trellis.people.consent import contents
        from trellis.people.consent.rules.words import Information

        append_only(models.CounselingNote, kind="client", column="client_id")
        append_only(models.CounselingNoteVersion, kind="client", column="client_id", through="note")
        append_only(models.TeamResponse, kind="client", column="client_id")
        register_section(blueprint.SECTION, blueprint.ExpectedBand)
        copies.register("team_responses", _("What your team did when it stayed hard"), own_copy.responses_of, order=38)
        contents.register(Information.COUNSELING_NOTES, letters.counseling_notes)
        # Notes kept apart are nobody's section of the own copy (45 CFR 164.524(a)(1)(i)), and no list but the author's.
        panels.register("over_time", _("Over time"), panel.over_time, order=15)
        panels.register("counseling_notes", _("Notes kept apart"), panel.notes, order=75, group=panels.Group.RECORD)
