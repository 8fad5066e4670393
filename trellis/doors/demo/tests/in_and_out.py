"""What a demo shows of the way in and out: referral, assessment, wait-list, discharge, follow-up, return."""

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program import queries as program
from trellis.journey.admission.models import (
    AdmissionWait,
    Assessment,
    Diagnosis,
    HandOn,
    LevelAssessment,
    OrientationSigned,
)
from trellis.journey.continuity.aftercare.queries import to_follow_up
from trellis.journey.continuity.models import AftercarePlan, DischargeSummary, FollowUpDone, LetterRequest
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.people.clients.models import Client


def the_way_in_and_out_can_be_seen():
    today = clock.today(program.zone())
    board = Inquiry.objects.filter(status="new")
    assert Referral.objects.filter(inquiry__in=board, inquiry__client_subject="").count() == 1, "nobody opened it yet"
    assessed = Assessment.objects.get().client
    assert not assessed.episodes.exists()
    assert AdmissionWait.objects.exists()
    assert HandOn.objects.filter(steps__isnull=True).count() == 1, "nobody has said yet whether they got there"
    assert OrientationSigned.objects.values("client").count() == 1
    assert LetterRequest.objects.filter(answer=None, due_on__gte=today).exists()
    assert set(Diagnosis.objects.values_list("kind", flat=True)) == {"signed", "proposed"}
    assert {len(rows) for rows in _by_client(LevelAssessment.objects.all()).values()} == {2}
    former = {summary.client for summary in DischargeSummary.objects.filter(client__account__isnull=False)}
    assert {one.chosen_name for one in former} == {"Ofelia Duarte", "Rubén Salas"}
    assert set(AftercarePlan.objects.values_list("client", flat=True)) == {one.pk for one in former}
    assert set(FollowUpDone.objects.values_list("outcome", flat=True)) == {"reached"}
    (due,) = to_follow_up(Actor.of_system("worker"), today)
    assert (due.client.chosen_name, due.shelf, due.standing.present.day) == ("Rubén Salas", "today", 30)
    back = Inquiry.objects.get(client_subject=Client.objects.get(chosen_name="Ofelia Duarte").audit_subjects[0])
    assert back.is_open


def _by_client(rows):
    found = {}
    for row in rows:
        found.setdefault(row.client_id, []).append(row)
    return found
