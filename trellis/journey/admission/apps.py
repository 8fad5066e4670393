from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "trellis.journey.admission"
    label = "admission"

    def ready(self) -> None:
        from trellis.foundation.program.check import register_check
        from trellis.foundation.program.schema import register_section
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.admission import own_copy, policy  # noqa: F401
        from trellis.journey.admission.arriving import entry as arriving_entry
        from trellis.journey.admission.assessing import panel as assessing
        from trellis.journey.admission.assessing.queries import going_on
        from trellis.journey.admission.diagnoses.panel import diagnoses
        from trellis.journey.admission.history import blueprint as withdrawal
        from trellis.journey.admission.history import withdrawal as lines_of_withdrawal
        from trellis.journey.admission.history.panel import history
        from trellis.journey.admission.levels import blueprint, panel
        from trellis.journey.admission.levels.turns import stepped
        from trellis.journey.admission.models import (
            Admission,
            Assessment,
            Diagnosis,
            DiagnosisEnd,
            HistoryAnswer,
            LevelAssessment,
            RecordsCompared,
            SubstanceEntry,
        )
        from trellis.journey.admission.one_person.panel import other_records
        from trellis.journey.admission.one_person.queries import also_known_as
        from trellis.journey.admission.panel import admissions
        from trellis.journey.admission.queries import admitted, asked_before
        from trellis.journey.inquiry.funnel import register_stage
        from trellis.journey.measures import called_for, turns
        from trellis.people.clients import near, panels
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients.kept_out import subjects
        from trellis.ui.navigation import NavItem, register

        append_only(Admission, kind="client", column="client_id")
        append_only(RecordsCompared, kind="client", column="second_id", or_column="first_id")
        append_only(LevelAssessment, kind="client", column="client_id")
        append_only(Assessment, kind="client", column="client_id")
        near.also(going_on)
        append_only(HistoryAnswer, kind="client", column="client_id")
        append_only(SubstanceEntry, kind="client", column="client_id")
        register_section(withdrawal.SECTION, withdrawal.Withdrawal)
        register_check(withdrawal.readable)
        append_only(Diagnosis, kind="client", column="client_id")
        append_only(DiagnosisEnd, kind="client", column="client_id", through="diagnosis")
        arriving_entry.teach()
        register_section(blueprint.SECTION, blueprint.CareLevels)
        register_check(blueprint.readable)
        register_stage("admitted", admitted)
        turns.register("step", stepped)
        subjects.also(asked_before)
        subjects.also(also_known_as)
        copies.register("asked", _("How you asked for help"), own_copy.asked, order=15)
        copies.register("admissions", _("Why you came into the program"), own_copy.admissions, order=25)
        copies.register("levels", _("How much care was found right for you"), own_copy.levels, order=26)
        panels.register("level", _("Level of care"), panel.level, order=58, group=panels.Group.RECORD)
        panels.register("assessment", _("Assessment"), assessing.assessment, order=5)
        panels.register("admission", _("Admission"), admissions, order=60, group=panels.Group.RECORD)
        copies.register("history", _("What you and others told us about you"), own_copy.history, order=27)
        copies.register("substances", _("What you use, as it was told"), own_copy.substances, order=28)
        panels.register("withdrawal", _("Withdrawal now"), lines_of_withdrawal.panel, order=1)
        called_for.register(lines_of_withdrawal.called_for)
        panels.register("history", _("History"), history, order=57, group=panels.Group.RECORD)
        copies.register("diagnoses", _("What you were diagnosed with"), own_copy.diagnoses, order=27)
        panels.register("diagnoses", _("Diagnoses"), diagnoses, order=57, group=panels.Group.RECORD)
        panels.register("other_records", _("Another record of theirs"), other_records, order=12)
        register(
            NavItem(
                "clients",
                "one_person",
                _("One person or two?"),
                "admission:one_person",
                "users",
                93,
                "admission.compare",
            )
        )
