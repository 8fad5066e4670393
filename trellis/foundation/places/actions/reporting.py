"""What anybody may tell us about a meeting: that it is listed wrongly."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.public_forms import Stamps
from trellis.foundation.places.models import Meeting, WrongReport

STAMPS = Stamps("places.wrong")
SENT_BEFORE = _("This form was sent once already. If you want to send something else too, press Send again.")
LAY_OPEN = _("This form lay open for a long time. Look at it once more and press Send again.")


def _of_meeting(result: WrongReport, arguments: dict[str, Any]) -> tuple[str, ...]:
    return result.audit_subjects


@action("places.report_wrong", about=_of_meeting)
def report_wrong(*, by: Actor, meeting: Meeting, what: str, words: str, stamp: str) -> WrongReport:
    """For those who keep the lists. Nothing is kept about who said so."""
    if not STAMPS.spend(stamp):
        raise Refused(SENT_BEFORE if STAMPS.is_ours(stamp) else LAY_OPEN)
    return WrongReport.objects.create(meeting=meeting, what=what, words=words, at=clock.now())


@action("places.keep_lists", on="report")
def handle_report(*, by: Actor, report: WrongReport) -> WrongReport:
    """Somebody told the publisher, or saw that the list is right."""
    done = WrongReport.objects.filter(pk=report.pk, handled_at__isnull=True)
    if not done.update(handled_at=clock.now(), handled_by=by.name):
        raise Refused(_("Somebody has done this already."))
    return report
