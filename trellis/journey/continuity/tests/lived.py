"""One row more of everything that a client's own copy tells of arriving, of care and of what came after."""

import json
from datetime import timedelta

from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission import models as arriving
from trellis.journey.admission.history.queries import sealed_use
from trellis.journey.admission.history.rules import Use
from trellis.journey.admission.tests.factories import AdmissionFactory, DiagnosisFactory, InquiryFactory
from trellis.journey.care.models import TeamResponse
from trellis.journey.continuity import models
from trellis.journey.continuity.tests import left
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.journey.inquiry.tests.referred import typed
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.tests.factories import EpisodeFactory, StaffMemberFactory

#: what the record spoke for when a review decided
ADVICE = {
    "options": [{"way": "continue", "for": [], "against": []}], "even": [], "missing": [],
}  # fmt: skip


def one_more(client: Client, turn: int) -> None:
    """`turn` counts: versions of a plan have a number."""
    stay = EpisodeFactory(client=client, closed=True)
    inquiry = AdmissionFactory(episode=stay, inquiry=InquiryFactory()).inquiry
    _before(client, inquiry, turn)
    _told(client)
    _arrived(client, stay)
    _cared_for(client, stay)
    left.signed(left.of_stay(stay))
    left.next_place(client)
    left.asked_for(client)
    _afterwards(client, stay, turn)


def _before(client: Client, inquiry: Inquiry, turn: int) -> None:
    """They were referred, waited for a place, and were once handed on."""
    now = clock.now()
    by = {"at": now, "by": "x"}
    referral = typed(takes=f"Buprenorphine {turn} mg")
    with writing("test"):
        Referral.objects.filter(pk=referral.pk).update(client_subject=client.audit_subjects[0])
        wait = arriving.AdmissionWait.objects.create(inquiry=inquiry, since=now, injects=True, **by)
        for kind, what in (("given", "hiv_tb"), ("off", "elsewhere")):
            arriving.WaitStep.objects.create(wait=wait, kind=kind, what=what, **by)
        handed = arriving.HandOn.objects.create(inquiry=inquiry, place="Casa Norte", way="number", on=now.date(), **by)
        arriving.HandOnStep.objects.create(hand_on=handed, found="arrived", on=now.date(), **by)


def _told(client: Client) -> None:
    now = clock.now()
    said = {"client": client, "state": "answered", "who": "person", "on": now.date(), "at": now, "by": "x"}
    use = sealed_use(Use("daily", 17, None, "mouth", ""))
    with writing("test"):
        arriving.HistoryAnswer.objects.create(key="goal", value_sealed=crypto.seal("To sleep"), **said)
        arriving.SubstanceEntry.objects.create(substance="alcohol", told_sealed=use, **said)


def _arrived(client: Client, stay: Episode) -> None:
    now = clock.now()
    of = {"client": client, "at": now, "by": "x"}
    with writing("test"):
        arriving.StepDone.objects.create(episode=stay, step="tb-screen", on=now.date(), **of)
        arriving.OrientationSigned.objects.create(
            episode=stay, way="paper", language="en", shown="Words", shown_sha256="0", signer_name="Marisol", **of
        )
        arriving.Coverage.objects.create(kind="payer", payer="county", on=now.date(), **of)
        arriving.NeedFact.objects.create(need="transport", needed=True, **of)


def _cared_for(client: Client, stay: Episode) -> None:
    now, words = clock.now(), crypto.seal("Sleep is short.")
    of = {"client": client, "episode": stay, "at": now, "by": "x"}
    DiagnosisFactory(client=client)
    with writing("test"):
        arriving.LevelAssessment.objects.create(
            kind="decided", facts={}, rules_version=1, recommended="2.1", level="2.1", **of
        )
        TeamResponse.objects.create(
            instrument="phq-9", causes=["support"], on=now.date(), due_on=now.date(), words_sealed=words, **of
        )
        models.Review.objects.create(
            on=now.date(), advice=ADVICE, decided="continue", words_sealed=words,
            **of,
        )  # fmt: skip


def _afterwards(client: Client, stay: Episode, turn: int) -> None:
    of = {"client": client, "at": clock.now(), "by": "x"}
    plan = crypto.seal(json.dumps({"people": [["Ana", "909 555 0142"]], "signs": ["I sleep badly"]}))
    with writing("test"):
        models.AftercarePlan.objects.create(number=turn + 1, words_sealed=plan, with_staff=StaffMemberFactory(), **of)
        models.ContactAgreement.objects.create(yes=True, by_phone=True, how="staff", **of)
        models.FollowUpDone.objects.create(
            episode=stay, day=7, how="call", outcome="reached", on=clock.now().date() + timedelta(days=7),
            answers_sealed=crypto.seal(json.dumps({"safe": "yes"})), **of,
        )  # fmt: skip
