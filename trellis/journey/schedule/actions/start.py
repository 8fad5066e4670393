"""From "I need help" to the first session: one act, nothing typed twice."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.journey.admission.actions import admit
from trellis.journey.admission.models import Admission
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule.actions.enroll import join_track, place_inquiry
from trellis.journey.schedule.models import Enrollment, Session, Track
from trellis.people.clients.models import Client, Episode


@dataclass(frozen=True)
class Started:
    admission: Admission
    enrollments: tuple[Enrollment, ...]
    #: None where no session lies ahead yet
    first_session: Session | None

    @property
    def episode(self) -> Episode:
        return self.admission.episode

    @property
    def client(self) -> Client:
        return self.admission.client


def _who(started: Started, arguments: dict[str, Any]) -> tuple[str, ...]:
    return started.admission.audit_subjects


@action("schedule.start", about=_who)
def start_in_track(
    *,
    by: Actor,
    inquiry: Inquiry | None,
    track: Track,
    starts_on: date,
    pathway: str = "",
    in_spite_of_full: str = "",
    **person: Any,
) -> Started:
    """Admit (with admission's own fields, in `person`) and join a track; both or neither."""
    admission = admit(by=by, inquiry=inquiry, **person)
    enrollments = join_track(by, admission.episode, track, starts_on, pathway, in_spite_of_full)
    if inquiry is not None:
        place_inquiry(inquiry, track)
    return Started(admission, tuple(enrollments), first_session(enrollments))


def first_session(enrollments: list[Enrollment]) -> Session | None:
    since = min(row.since for row in enrollments)
    coming = Session.objects.filter(series__in=[row.series_id for row in enrollments], planned_on__gte=since)
    return coming.exclude(status="cancelled").select_related("series").order_by("starts_at").first()
