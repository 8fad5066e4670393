from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "trellis.journey.care"
    label = "care"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.care import letters, models, panel, policy  # noqa: F401
        from trellis.people.clients import panels
        from trellis.people.consent import contents
        from trellis.people.consent.rules.words import Information

        append_only(models.CounselingNote, kind="client", column="client_id")
        append_only(models.CounselingNoteVersion, kind="client", column="client_id", through="note")
        contents.register(Information.COUNSELING_NOTES, letters.counseling_notes)
        # Nobody's section of the own copy (45 CFR 164.524(a)(1)(i)), and no list but the author's.
        panels.register("over_time", _("Over time"), panel.over_time, order=15)
        panels.register("counseling_notes", _("Notes kept apart"), panel.notes, order=75, group=panels.Group.RECORD)
