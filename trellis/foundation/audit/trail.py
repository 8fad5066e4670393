"""The one place that writes the audit trail."""

from collections.abc import Iterable

from trellis.foundation.audit.models import AuditEvent
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


def about(subject: str) -> list[AuditEvent]:
    """Every event about one subject, oldest first."""
    return list(AuditEvent.objects.filter(subjects__icontains=f'"{subject}"').order_by("id"))
