"""One inquiry and what belongs to it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import Attempt, Inquiry, StatusChange
from trellis.journey.inquiry.rules import Likeness, Sketch

#: a name alone is compared with those who asked lately
LATELY = timedelta(days=120)
MOST_NAMES = 500


def inquiries() -> "QuerySet[Inquiry]":
    return Inquiry.objects.select_related("owner__account", "same_as")


def attempts_of(inquiry: Inquiry) -> "list[Attempt]":
    """Newest first, those of inquiries that were joined to this one included; one statement."""
    return list(
        Attempt.objects.filter(Q(inquiry=inquiry) | Q(inquiry__same_as=inquiry))
        .select_related("staff_member__account")
        .order_by("-at", "-id")
    )


def changes_of(inquiry: Inquiry) -> "list[StatusChange]":
    return list(inquiry.changes.select_related("staff_member__account").order_by("-at", "-id"))


def merged_into(inquiry: Inquiry) -> "list[Inquiry]":
    """The other times this person asked."""
    return list(inquiry.merged.order_by("-asked_at"))


def alike(inquiry: Inquiry, now: datetime) -> list[tuple[Inquiry, Likeness]]:
    """Who may be the same person, surest first; three statements."""
    others = _values(_certain(inquiry)) | _values(
        _standing().filter(asked_at__gte=now - LATELY).order_by("-asked_at")[:MOST_NAMES]
    )
    others.pop(inquiry.pk, None)
    found = rules.duplicates(_sketch(inquiry), others.values())[:8]
    rows = inquiries().in_bulk([like.key for like in found])
    return [(rows[like.key], like) for like in found if like.key in rows]


def _standing() -> "QuerySet[Inquiry]":
    """Without those that were joined to another already."""
    return Inquiry.objects.exclude(status="merged")


def _certain(inquiry: Inquiry) -> "QuerySet[Inquiry]":
    match = Q(pk=inquiry.pk)
    if inquiry.telephone_digits:
        match |= Q(telephone_digits=inquiry.telephone_digits)
    if inquiry.email:
        match |= Q(email=inquiry.email)
    return _standing().filter(match)


def _values(rows: "QuerySet[Inquiry]") -> dict[int, Sketch]:
    found = rows.values_list("id", "telephone_digits", "email", "name")
    return {key: Sketch(key, telephone, email, name) for key, telephone, email, name in found}


def _sketch(inquiry: Inquiry) -> Sketch:
    return Sketch(inquiry.pk, inquiry.telephone_digits, inquiry.email, inquiry.name)
