"""Somebody about whom every table of the house holds something, and a reader of every table."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from trellis.doors.operations.models import LegalHold, LegalHoldEnd
from trellis.doors.operations.tests.planting_of import MORE
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.documents.models import Document, DocumentKey
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.record import crypto, sealed
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import Assessment, LevelAssessment, RecordsCompared
from trellis.journey.admission.tests.factories import AdmissionFactory, InquiryFactory
from trellis.journey.care.models import CounselingNote, CounselingNoteVersion
from trellis.journey.inquiry.models import Attempt, Inquiry, Referral, ReferralMatch, ReferralOriginal, StatusChange
from trellis.journey.measures import models as measures
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.schedule import models as schedule
from trellis.journey.schedule.tests.factories import (
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    BookingFactory,
    CallOutcomeFactory,
    EnrollmentFactory,
    LeaveFactory,
    NotSeatedFactory,
    PrescribedHoursFactory,
    SeriesFacilitatorFactory,
    SeriesFactory,
    SessionFactory,
    TrackFactory,
)
from trellis.people.accounts.models import Account, Draft, RoomLock
from trellis.people.accounts.tests.factories import AccountFactory, InvitationFactory
from trellis.people.breaches import models as breaches
from trellis.people.clients.kept_out import actions as kept_out
from trellis.people.clients.models import Client, EmergencyReview, WatchedReview, WatchEnd
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EmergencyOpeningFactory,
    EpisodeFactory,
    LegalNameFactory,
    StaffMemberFactory,
    WatchedOpeningFactory,
    WatchFactory,
)
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.models import ConsentEnd, ConsentScan, Disclosure, DisclosureFacts, PassedOn, Standing
from trellis.people.consent.tests.factories import in_emergency, say, signed
from trellis.people.consent.tests.heard import a_note, read
from trellis.people.proxies.models import ProxyAccess, ProxyEnd, ProxyTakenUp
from trellis.people.rights.models import Acknowledgement, NoticeVersion, RequestAnswer, RightsRequest

NAME = "Zenaida Quixada"
EMAIL = "zq@example.net"
PHONE = "(626) 555-0177"
#: none of these may be found afterwards, in clear or sealed
TRACES = ("zenaida", "quixada", EMAIL, "6265550177", PHONE)
LONG_AGO = datetime(2001, 5, 4, 18, tzinfo=UTC)
SYSTEM = Actor.of_system("test")


def plant(name: str = NAME, email: str = EMAIL, phone: str = PHONE) -> Client:
    """A former client of long ago, with at least one row in every table that leads to a person."""
    with clock.travel(LONG_AGO), writing("test"):
        client = _person(name, email, phone)
        _sign_in(client)
        _papers(client)
        _asking(client)
        _groups(client)
        _files(client)
        _notes(client)
        _measures(client)
        _level(client)
        _incident(client)
        _helper(client)
        for more in MORE:
            more.plant(client)
    return Client.objects.get(pk=client.pk)


def _person(name: str, email: str, phone: str) -> Client:
    client = ClientFactory(
        with_account=True, chosen_name=name, email=email, telephone=phone, account__email=email,
        account__created_at=LONG_AGO, created_at=LONG_AGO, safe_times=f"Ask for {name}", born_on=date(1970, 1, 1),
    )  # fmt: skip
    given, family = name.split()
    LegalNameFactory(client=client, given=given, family=family)
    episode = EpisodeFactory(
        client=client, opened_on=date(2001, 1, 1), status="closed", closed_on=date(2001, 5, 1), close_reason="completed"
    )
    CareAssignmentFactory(episode=episode)
    kept_out.keep_out(by=SYSTEM, client=client, account=StaffMemberFactory(account__roles=["front_desk"]).account)
    MeetingChoice.objects.create(client=client, changed_at=clock.now())
    return client


def _sign_in(client: Client) -> None:
    account = client.account
    Draft.objects.create(account=account, form="x", sealed=crypto.seal(client.chosen_name), updated_at=clock.now())
    store = SessionStore()
    store["said"] = client.chosen_name
    store.save()
    UserSession.objects.create(user=account, session_key=store.session_key, ip="203.0.113.1", user_agent="x", data={})
    RoomLock.objects.create(account=account, session_key=f"lock{account.pk}", locked_at=clock.now())
    address, _made = EmailAddress.objects.get_or_create(user=account, email=account.email, primary=True)
    EmailConfirmation.create(address)
    Authenticator.objects.create(user=account, type="totp", data={})
    InvitationFactory(
        token=client.public_id,
        about=f"client:{client.pk}",
        chosen_name=client.chosen_name,
        email=client.email,
        account=account,
    )
    messaging.queue(
        by=SYSTEM, key=f"reset:x{account.pk}", channel="mail", to=client.email.upper(), kind="account.reset",
        language="en", values={"url": f"http://localhost/{client.chosen_name}", "code": "x"},
        about=f"account:{account.pk}",
    )  # fmt: skip


def _papers(client: Client) -> None:
    at, name = clock.now(), client.chosen_name
    opening = EmergencyOpeningFactory(client=client, words=f"{name} fainted")
    EmergencyReview.objects.create(opening=opening, found="right", words=f"Spoke with {name}", at=at, by="account:1")
    WatchEnd.objects.create(watch=WatchFactory(client=client, reason=f"{name} is known"), at=at, by="account:1")
    said = WatchedOpeningFactory(client=client, why="other", words=f"{name} called")
    WatchedReview.objects.create(opening=said, found="right", words=f"Asked {name}", at=at, by="account:1")
    Standing.objects.create(
        client=client, recorded_at=at, by="account:1", restricted=[{"kind": "person", "name": f"Ana {name}"}]
    )
    consent = signed(client, shown=f"I, {name}, agree")
    ConsentEnd.objects.create(consent=consent, why="revoked", how="voice", at=at, by="account:1")
    disclosure = disclose(by=SYSTEM, client=client, wanted=in_emergency(), how="spoken", make=say).disclosure
    DisclosureFacts.objects.create(disclosure=disclosure, facts={"who": name}, at=at, by="account:1")
    read(a_note(at=at, about=name, told=f"{name} is unwell"), client=client, done=f"Called {name}")
    version = NoticeVersion.objects.first() or NoticeVersion.objects.create(
        number=1, texts={}, sha256="0", effective_on=at.date(), at=at, by="system:x"
    )
    Acknowledgement.objects.create(
        client=client, version=version, language="en", shown_sha256="0", how="paper", note=f"By {name}", at=at, by="x"
    )
    request = RightsRequest.objects.create(
        client=client, kind="complaint", about_sealed=crypto.seal(name), how="told", due_on=at.date(), at=at, by="x"
    )
    RequestAnswer.objects.create(request=request, step="accept", words_sealed=crypto.seal(name), at=at, by="x")
    hold = LegalHold.objects.create(
        subject=f"client:{client.pk}", reason_sealed=crypto.seal(f"{name} v. State"), since=at, by="account:1"
    )
    LegalHoldEnd.objects.create(hold=hold, reason_sealed=crypto.seal(f"{name} settled"), at=at, by="account:1")


def _asking(client: Client) -> None:
    """They asked twice, the second time as the same person, and a draft of a call is left."""
    at, name, given = clock.now(), client.chosen_name, client.chosen_name.split()[0]
    inquiry = InquiryFactory(
        name=name, email=client.email, telephone=client.telephone, status="converted", asked_at=at,
        words_sealed=crypto.seal(f"I am {name}"), safe_note_sealed=crypto.seal(f"Say {given}"),
        client_subject=f"client:{client.pk}",
    )  # fmt: skip
    again = InquiryFactory(name=name, telephone="(626) 555-0178", status="merged", asked_at=at, same_as=inquiry)
    for one in (inquiry, again):
        key = f"k{one.pk}"
        Attempt.objects.create(inquiry=one, at=at, outcome="reached", note_sealed=crypto.seal(name), key=key)
        StatusChange.objects.create(inquiry=one, at=at, verb="reach", before="new", after="reached")
    Disclosure.objects.create(
        subject=f"inquiry:{again.pk}", at=at, by="x", recipient_kind="person", recipient_name=f"Mother of {name}",
        purpose="treatment", information=[], ground="2.51", how="spoken", content=name, content_sha256="0", notice=True,
    )  # fmt: skip
    _referred(client, again)
    AdmissionFactory(client=client, episode=client.episodes.get(), inquiry=inquiry, reason=f"{name} asked for help")
    Assessment.objects.create(inquiry=inquiry, client=client, clinician=StaffMemberFactory(), at=at, by="x")
    Draft.objects.create(
        account=StaffMemberFactory().account, form=f"inquiry-call-{again.public_id}", sealed=crypto.seal(name),
        updated_at=at,
    )  # fmt: skip
    messaging.queue(
        by=SYSTEM, key=f"inquiry:{again.pk}:promise", channel="mail", to="elsewhere@example.net",
        kind="account.reset", language="en", values={"url": f"http://localhost/{name}", "code": "x"},
        about=f"inquiry:{again.pk}",
    )  # fmt: skip


def _referred(client: Client, inquiry: Inquiry) -> None:
    """A hospital sent them, and somebody recognized them in it; and once they were proposed for somebody else."""
    at, sealed = clock.now(), crypto.seal(client.chosen_name)
    for owner, subject in ((inquiry, f"client:{client.pk}"), (InquiryFactory(), "")):
        referral = Referral.objects.create(
            inquiry=owner, source="fhir", received_at=at, by="x", organisation="A hospital",
            found_sealed=sealed if subject else crypto.seal("{}"), client_subject=subject,
            digest=f"{owner.pk}-{at.timestamp()}",
        )  # fmt: skip
        if subject:
            ReferralOriginal.objects.create(referral=referral, sealed=sealed, size=1, sha256="0")
        ReferralMatch.objects.create(
            referral=referral, about=f"inquiry:{owner.pk}", subject=f"client:{client.pk}", at=at, by="x",
            step="confirmed" if subject else "not_same",
        )  # fmt: skip


def _files(client: Client) -> None:
    """A paper that was signed, and what an intermediary told us; the file itself goes with its key."""
    at, subject = clock.now(), f"client:{client.pk}"
    file = Document.objects.create(subject=subject, kind="pdf", size=1, sha256="0", kept_at=at, by="x")
    DocumentKey.objects.create(document=file, sealed=crypto.seal(client.chosen_name))
    ConsentScan.objects.create(consent=client.consents.get(), document=file, sha256="0", at=at, by="x")
    told = Disclosure.objects.filter(subject=subject).first()
    PassedOn.objects.create(disclosure=told, entity="A lab", on=at.date(), what=client.chosen_name, at=at, by="x")


def _measures(client: Client) -> None:
    """A form with an answer that did not wait, and what was done about it."""
    at = clock.now()
    form = measures.Administration.objects.create(
        client=client, episode=client.episodes.get(), instrument="phq-9", version="1.0.0", language="en", way="phone",
        occasion="weekly", on=at.date(), at=at, by="x",
    )  # fmt: skip
    measures.Answer.objects.create(administration=form, item="phq9.9", value=1, at=at, by="x")
    measures.Outcome.objects.create(administration=form, status="incomplete", at=at, by="x")
    alert = measures.SafetyAlert.objects.create(
        client=client, administration=form, flags=["suicidal_ideation_item"], at=at, by="x"
    )
    measures.SafetyAlert.objects.create(client=client, source="follow_up", flags=["not_safe"], at=at, by="x")
    measures.AlertStep.objects.create(
        alert=alert, kind="done", account=AccountFactory(), done="safe",
        words_sealed=crypto.seal(f"{client.chosen_name} has a plan"), at=at, by="x",
    )  # fmt: skip


def _level(client: Client) -> None:
    LevelAssessment.objects.create(
        client=client, episode=client.episodes.get(), kind="decided", facts={"living": "steady"}, rules_version=1,
        recommended="1.5", level="2.1", reason_sealed=crypto.seal(f"{client.chosen_name} asked for more"),
        considerations_sealed=crypto.seal(client.chosen_name), at=clock.now(), by="x",
    )  # fmt: skip


def _notes(client: Client) -> None:
    """A note kept apart; and two records that were compared, this one as either of them."""
    at = clock.now()
    note = CounselingNote.objects.create(client=client, author=AccountFactory(), on=at.date(), at=at)
    CounselingNoteVersion.objects.create(note=note, words_sealed=crypto.seal(client.chosen_name), at=at)
    other, another = EpisodeFactory().client, EpisodeFactory().client
    for first, second in ((client, other), (another, client)):
        RecordsCompared.objects.create(first=first, second=second, found="two", at=at, by="x")


def _incident(client: Client) -> None:
    """An incident affected them, and a letter came back."""
    at, name = clock.now(), crypto.seal(client.chosen_name)
    incident = breaches.Incident.objects.create(what_sealed=crypto.seal("A lost bag"), at=at, by="x")
    affected = breaches.Affected.objects.create(incident=incident, subject=f"client:{client.pk}")
    breaches.AffectedMark.objects.create(affected=affected, is_in=True, why="picked", words_sealed=name, at=at, by="x")
    letter = breaches.Letter.objects.create(
        affected=affected, how="post", to_whom="themselves", name_sealed=name, address_sealed=name, language="en",
        words_sealed=name, words_sha256="0", on=at.date(), at=at, by="x",
    )  # fmt: skip
    breaches.LetterReturn.objects.create(letter=letter, words_sealed=name, at=at, by="x")


def _helper(client: Client) -> None:
    at = clock.now()
    access = ProxyAccess.objects.create(
        client=client, name=f"Ana {client.chosen_name}", basis="consent", parts=["week"], at=at, by="x"
    )
    ProxyTakenUp.objects.create(access=access, account=AccountFactory(), at=at)
    ProxyEnd.objects.create(access=access, at=at, by="x")


def _groups(client: Client) -> None:
    """A group that others sit in, too, and an hour alone."""
    at, episode, words = clock.now(), client.episodes.get(), f"{client.chosen_name} is ill"
    facts: dict[str, Any] = {"client": client, "recorded_at": at, "by": "account:1"}
    series = SeriesFactory()
    group = SessionFactory(series=series)
    EnrollmentFactory(episode=episode, series=series)
    EnrollmentFactory(episode=EpisodeFactory(), series=series)
    mark = AttendanceFactory(session=group, client=client, reason=words)
    schedule.AttendanceUndo.objects.create(session=group, attendance=mark, key=f"u{client.pk}", **facts)
    schedule.RosterAddition.objects.create(session=group, key=f"r{client.pk}", reason=words, **facts)
    ArrivalFactory(session=group, client=client)
    NotSeatedFactory(session=group, client=client, note=words)
    notice = AbsenceNoticeFactory(session=group, client=client, reason=words)
    schedule.NoticeUndo.objects.create(session=group, notice=notice, key=f"n{client.pk}", **facts)
    CallOutcomeFactory(session=group, client=client, note=words)
    schedule.SilenceDecision.objects.create(
        client=client, decision="keep_place", reason=words, decided_by=StaffMemberFactory(), decided_at=at, by="x"
    )
    PrescribedHoursFactory(client=client)
    LeaveFactory(client=client)
    track = TrackFactory()
    schedule.WaitListEntry.objects.create(
        track=track, episode=episode, status="withdrawn", since=at, closed_at=at, by="x"
    )
    inquiry = Inquiry.objects.get(client_subject=f"client:{client.pk}")
    schedule.WaitListEntry.objects.create(
        track=track, inquiry=inquiry, status="withdrawn", since=at, closed_at=at, by="x"
    )
    alone = SeriesFactory(personal=True, names={"en": client.chosen_name, "es": client.chosen_name}, tracks=[track])
    EnrollmentFactory(episode=episode, series=alone)
    SeriesFacilitatorFactory(series=alone)
    hour = SessionFactory(series=alone)
    BookingFactory(session=hour, staff_member=StaffMemberFactory())
    schedule.SessionChange.objects.create(session=hour, kind="moved", reason=words, recorded_at=at, by="x")
    schedule.GuestCount.objects.create(session=hour, kind="family", number=1, recorded_at=at, by="x")
    joined = schedule.JoinedSession.objects.create(session=hour, host=group, recorded_at=at, by="x")
    schedule.JoinedSessionUndo.objects.create(joining=joined, recorded_at=at + timedelta(minutes=1), by="x")


def hold_on(client: Client) -> LegalHold:
    with writing("test"):
        return LegalHold.objects.create(
            subject=f"client:{client.pk}", reason_sealed=crypto.seal("Subpoena of May 4"), since=clock.now(),
            by="account:1",
        )  # fmt: skip


def traces(*words: str) -> dict[str, list[str]]:
    """Table → what in it holds one of the words, in any writing, clear or sealed."""
    found: dict[str, list[str]] = {}
    wanted = [word.lower() for word in words]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = str(row).lower()
                found.setdefault(table, []).extend(word for word in wanted if word in text)
    for place in sealed.places():
        for value in place.model._base_manager.values_list(place.field, flat=True):
            for text in place.texts(value):
                opened = crypto.unseal(text).lower()
                found.setdefault(str(place), []).extend(word for word in wanted if word in opened)
    return {where: what for where, what in found.items() if what}


def everybody() -> list[str]:
    """Public ids of all accounts: nobody else goes."""
    return sorted(Account.objects.values_list("public_id", flat=True))
