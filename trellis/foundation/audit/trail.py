"""The one place that writes the audit trail."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from trellis.foundation.audit.models import AuditEvent, AuditSubject
from trellis.foundation.audit.subjects import floor
from trellis.foundation.record.guard import writing


def record(
    *,
    actor: str,
    roles: Iterable[str],
    verb: str,
    subjects: Iterable[str],
    object: str = "",
    request_id: str = "",
    address: str | None = None,
) -> None:
    """Write one event, in the transaction of the act it is about."""
    with writing("audit"):
        AuditEvent(
            actor=actor,
            roles=",".join(sorted(roles)),
            verb=verb,
            subjects=sorted(set(subjects)),
            object=object,
            request_id=request_id,
            address=address,
        ).save(force_insert=True)


def about(*subjects: str, since: datetime | None = None, until: datetime | None = None) -> list[AuditEvent]:
    """Every event that names one of the subjects, oldest first, from `since` to before `until`. Three statements."""
    # The tail first: what is sealed between the two questions is found twice, and never missed.
    found = {event.pk: event for event in _named(subjects, since, until).filter(pk__gt=floor())}
    sealed = AuditSubject.objects.filter(subject__in=subjects).values("event")
    found |= {event.pk: event for event in _named(subjects, since, until).filter(pk__in=sealed)}
    return [found[id] for id in sorted(found)]


def named_by(actor: str, since: datetime, until: datetime, address: str | None = None) -> frozenset[str]:
    """Every subject that one actor's events name, from `since` to before `until`; from one network address, if given.

    One statement. It reads the whole trail: asked on a bad day, and never by a page that people open often.
    """
    found = AuditEvent.objects.filter(actor=actor, at__gte=since, at__lt=until).exclude(subjects=[])
    found = found.filter(address=address) if address else found
    return frozenset(subject for subjects in found.values_list("subjects", flat=True) for subject in subjects)


def first_about(*subjects: str) -> datetime | None:
    """When the first sealed event about one of the subjects happened."""
    first = AuditSubject.objects.filter(subject__in=subjects).order_by("event").values("event")[:1]
    return AuditEvent.objects.filter(pk__in=first).values_list("at", flat=True).first()


def _named(subjects: Iterable[str], since: datetime | None, until: datetime | None) -> "QuerySet[AuditEvent]":
    """The event itself must say so, whatever the index says."""
    names = reduce(or_, (Q(subjects__icontains=f'"{subject}"') for subject in subjects))
    found = AuditEvent.objects.filter(names)
    found = found.filter(at__gte=since) if since else found
    return found.filter(at__lt=until) if until else found
