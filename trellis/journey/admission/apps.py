from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "trellis.journey.admission"
    label = "admission"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.admission import policy  # noqa: F401
        from trellis.journey.admission.models import Admission
        from trellis.journey.admission.panel import admissions
        from trellis.journey.admission.queries import admitted, asked_before
        from trellis.journey.inquiry.funnel import register_stage
        from trellis.people.clients import panels
        from trellis.people.clients.kept_out import subjects

        append_only(Admission, kind="client", column="client_id")
        register_stage("admitted", admitted)
        subjects.also(asked_before)
        panels.register("admission", _("Admission"), admissions, order=60)
