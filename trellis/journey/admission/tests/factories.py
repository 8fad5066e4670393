"""An admission, and the inquiry that it began with."""

from datetime import UTC, date, datetime

import factory

from trellis.foundation.record import crypto
from trellis.journey.admission.models import Admission, Diagnosis
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, Factory, StaffMemberFactory

NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)


class InquiryFactory(Factory):
    class Meta:
        model = Inquiry

    class Params:
        from_loved_one = factory.Trait(for_whom="loved_one", name="Elena Ruiz")

    for_whom = "self"
    name = "Marisol Ruiz"
    telephone = "(909) 555-0142"
    may_leave_message = True
    times = ["evening"]
    language = "es"
    asked_at = NOW
    respond_by = NOW
    call_by = NOW
    status = "reached"
    digest = factory.Sequence(str)


class AdmissionFactory(Factory):
    class Meta:
        model = Admission

    class Params:
        reason = "Needs structure several days a week and has support at home."

    episode = factory.SubFactory(EpisodeFactory)
    client = factory.SelfAttribute("episode.client")
    level = "2.1"
    reason_sealed = factory.LazyAttribute(lambda one: crypto.seal(one.reason))
    admitting_clinician = factory.SubFactory(StaffMemberFactory, account__roles=["therapist"])
    admitted_on = date(2026, 11, 23)
    recorded_at = NOW


class DiagnosisFactory(Factory):
    """Signed: an alcohol use disorder, moderate."""

    class Meta:
        model = Diagnosis

    client = factory.SubFactory(ClientFactory)
    kind = "signed"
    code = "F10.20"
    substance = "F10"
    criteria = ["more_or_longer", "craving", "role_failure", "tolerance"]
    severity = "moderate"
    suggested = "F10.20"
    signed_by = factory.SubFactory(StaffMemberFactory)
    signed_as = "LMFT 12345"
    at = NOW
    by = "system:test"
