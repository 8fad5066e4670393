"""An admission, and the inquiry that it began with."""

from datetime import UTC, date, datetime

import factory

from trellis.journey.admission.models import Admission
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.tests.factories import EpisodeFactory, Factory, StaffMemberFactory

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

    episode = factory.SubFactory(EpisodeFactory)
    client = factory.SelfAttribute("episode.client")
    level = "2.1"
    reason = "Needs structure several days a week and has support at home."
    admitting_clinician = factory.SubFactory(StaffMemberFactory, account__roles=["therapist"])
    admitted_on = date(2026, 11, 23)
    recorded_at = NOW
