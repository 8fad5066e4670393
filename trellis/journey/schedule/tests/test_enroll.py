"""Who belongs to which groups, with dates."""

from datetime import date, time, timedelta

import pytest

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.journey.inquiry.tests.factories import asked, reached
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import Enrollment, Series, Track, WaitListEntry
from trellis.journey.schedule.tests.factories import (
    TODAY,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    TrackFactory,
    actor,
    actor_of,
    enrolled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def intake():
    return actor("intake_coordinator")


@pytest.fixture
def track():
    made = TrackFactory()
    for weekday in (0, 2):
        SeriesFactory(weekday=weekday, tracks=[made])
    for pathway in ("twelve_step", "secular"):
        SeriesFactory(weekday=3, tracks=[made], choice="study", pathway=pathway)
    return made


def test_a_client_joins_a_group_on_a_day_and_leaves_on_another(intake):
    episode, series = EpisodeFactory(), SeriesFactory()
    row = actions.enroll(by=intake, episode=episode, series=series, since=TODAY)
    assert (row.since, row.until, row.by) == (TODAY, None, intake.name)
    with pytest.raises(Refused, match="already"):
        actions.enroll(by=intake, episode=episode, series=series, since=TODAY)
    actions.leave(by=intake, episode=episode, enrollment=row, until=TODAY + timedelta(days=14))
    with pytest.raises(Refused, match="ended already"):
        actions.leave(by=intake, episode=episode, enrollment=row, until=TODAY)
    assert len(trail.about(f"client:{episode.client_id}")) == 2


def test_an_enrollment_of_somebody_else_is_not_ended_by_mistake(intake):
    row = EnrollmentFactory()
    with pytest.raises(Refused):
        actions.leave(by=intake, episode=EpisodeFactory(), enrollment=row, until=TODAY)


def test_joining_and_leaving_mid_series_moves_people_on_and_off_the_roster(intake):
    session = SessionFactory()
    later = SessionFactory(series=session.series, planned_on=TODAY + timedelta(days=7))
    [client] = enrolled(session.series)
    row = Enrollment.objects.get()
    actions.leave(by=intake, episode=row.episode, enrollment=row, until=TODAY)
    new = EpisodeFactory()
    actions.enroll(by=intake, episode=new, series=session.series, since=TODAY + timedelta(days=1))
    lines = queries.lines_of([session.pk, later.pk])
    assert [line.client_id for line in lines[session.pk]] == [client.pk]
    assert [line.client_id for line in lines[later.pk]] == [new.client_id]


@pytest.mark.parametrize(
    ("person", "says"),
    [
        ({"born_on": date(1992, 3, 14), "payer": "medi-cal"}, "another age"),
        ({"born_on": date(2007, 3, 14), "payer": "commercial"}, "does not pay"),
    ],
)
def test_a_track_for_others_is_refused_whichever_way_somebody_joins(intake, person, says):
    episode = EpisodeFactory(client=ClientFactory(**person))
    young, evening = Track.objects.get(key="young-adult"), Track.objects.get(key="evening")
    with pytest.raises(Refused, match=says):
        actions.enroll_in_track(by=intake, episode=episode, track=young, since=TODAY, in_spite_of_full="They asked")
    EnrollmentFactory(episode=episode, track=evening)
    with pytest.raises(Refused, match=says):
        actions.change_track(by=intake, episode=episode, old=evening, new=young, since=TODAY)
    assert Enrollment.objects.get().until is None


def test_age_is_counted_on_the_first_day(intake):
    young = Track.objects.get(key="young-adult")
    turns_eighteen = EpisodeFactory(client=ClientFactory(born_on=date(2008, 11, 26), payer="county"))
    with pytest.raises(Refused, match="another age"):
        actions.enroll_in_track(by=intake, episode=turns_eighteen, track=young, since=TODAY)
    assert actions.enroll_in_track(by=intake, episode=turns_eighteen, track=young, since=TODAY + timedelta(days=1))


def test_called_off_before_it_began(intake):
    row = EnrollmentFactory(since=TODAY + timedelta(days=5))
    actions.leave(by=intake, episode=row.episode, enrollment=row, until=TODAY)
    assert row.until == TODAY + timedelta(days=4)


@pytest.mark.parametrize(
    ("episode", "since", "words"),
    [
        ({"closed": True}, TODAY, "closed"),
        ({"opened_on": TODAY}, TODAY - timedelta(days=1), "before the person came"),
    ],
)
def test_groups_belong_to_an_open_stay(intake, episode, since, words):
    with pytest.raises(Refused, match=words):
        actions.enroll(by=intake, episode=EpisodeFactory(**episode), series=SeriesFactory(), since=since)


def test_a_series_that_ended_takes_nobody(intake):
    with pytest.raises(Refused, match="does not meet"):
        actions.enroll(by=intake, episode=EpisodeFactory(), series=SeriesFactory(until=date(2026, 11, 1)), since=TODAY)


def test_a_full_group_asks_for_a_reason(intake):
    series = SeriesFactory(capacity=2)
    enrolled(series, 2)
    with pytest.raises(Refused, match="2 of 2 places"):
        actions.enroll(by=intake, episode=EpisodeFactory(), series=series, since=TODAY)
    assert actions.enroll(
        by=intake, episode=EpisodeFactory(), series=series, since=TODAY, in_spite_of_full="Sister leaves Friday"
    )


def test_a_track_brings_every_group_and_one_of_each_choice(intake, track):
    episode = EpisodeFactory()
    rows = actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY, pathway="twelve_step")
    assert [row.series.weekday for row in rows] == [0, 2, 3]
    assert {row.track_id for row in rows} == {track.pk}
    assert rows[-1].series.pathway == "twelve_step"


def test_nobody_is_sent_to_a_twelve_step_group_unasked(intake, track):
    rows = actions.enroll_in_track(by=intake, episode=EpisodeFactory(), track=track, since=TODAY)
    assert rows[-1].series.pathway == "secular"


def test_a_track_is_joined_once_and_left_whole(intake, track):
    episode = EpisodeFactory()
    actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY)
    with pytest.raises(Refused, match="in this track already"):
        actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY)
    rows = actions.leave_track(by=intake, episode=episode, track=track, until=TODAY + timedelta(days=9))
    assert {row.until for row in rows} == {TODAY + timedelta(days=9)}
    with pytest.raises(Refused, match="not in this track"):
        actions.leave_track(by=intake, episode=episode, track=track, until=TODAY + timedelta(days=9))


def test_somebody_moves_from_one_track_to_another(intake, track):
    other = TrackFactory()
    SeriesFactory(weekday=5, tracks=[other])
    episode = EpisodeFactory()
    with pytest.raises(Refused, match="not in this track"):
        actions.change_track(by=intake, episode=episode, old=track, new=other, since=TODAY)
    actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY - timedelta(days=7))
    actions.change_track(by=intake, episode=episode, old=track, new=other, since=TODAY)
    assert {row.until for row in episode.enrollments.filter(track=track)} == {TODAY - timedelta(days=1)}
    assert [row.since for row in episode.enrollments.filter(track=other)] == [TODAY]


def test_a_full_track_asks_for_a_reason_and_offers_the_wait_list(intake, track):
    track.capacity = 1
    actions.enroll_in_track(by=intake, episode=EpisodeFactory(), track=track, since=TODAY)
    with pytest.raises(Refused, match="wait-list"):
        actions.enroll_in_track(by=intake, episode=EpisodeFactory(), track=track, since=TODAY)
    assert actions.enroll_in_track(
        by=intake, episode=EpisodeFactory(), track=track, since=TODAY, in_spite_of_full="Agreed with the director"
    )


def test_a_track_without_groups_is_no_track_to_join(intake):
    with pytest.raises(Refused, match="no groups"):
        actions.enroll_in_track(by=intake, episode=EpisodeFactory(), track=TrackFactory(), since=TODAY)


def test_a_group_that_the_client_is_in_already_is_not_joined_twice(intake, track):
    episode = EpisodeFactory()
    shared = Series.objects.filter(tracks=track).first()
    EnrollmentFactory(episode=episode, series=shared)
    rows = actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY)
    assert shared.pk not in {row.series_id for row in rows}


def test_who_waits_is_placed_when_they_join(intake, track):
    episode = EpisodeFactory()
    entry = actions.wait_list(by=intake, track=track, episode=episode)
    with pytest.raises(Refused, match="already"):
        actions.wait_list(by=intake, track=track, episode=episode)
    assert [one.waiting for one in queries.track_places(TODAY) if one.track == track] == [1]
    assert list(queries.wait_list(track)) == [entry]
    actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY)
    entry.refresh_from_db()
    assert entry.status == "placed"


def test_who_no_longer_waits_says_so(intake, track):
    entry = actions.wait_list(by=intake, track=track, episode=EpisodeFactory())
    actions.stop_waiting(by=intake, entry=entry)
    with pytest.raises(Refused, match="any more"):
        actions.stop_waiting(by=intake, entry=entry)
    with pytest.raises(Refused, match="who waits"):
        actions.wait_list(by=intake, track=track)
    assert WaitListEntry.objects.filter(status="waiting").count() == 0


def test_somebody_who_asked_for_help_may_wait_too(pomona, intake, track):
    inquiry = asked()
    entry = actions.wait_list(by=intake, track=track, inquiry=inquiry)
    assert entry.audit_subjects == (f"inquiry:{inquiry.pk}",)


def test_a_counselor_enrolls_their_own_clients(track):
    from trellis.people.clients.tests.factories import CareAssignmentFactory

    own = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    by = actor_of(own.staff_member.account)
    assert actions.enroll_in_track(by=by, episode=own.episode, track=track, since=TODAY)
    with pytest.raises(NotPermitted):
        actions.enroll_in_track(by=by, episode=EpisodeFactory(), track=track, since=TODAY)


def test_places_are_counted_against_the_census(track, intake):
    episode = EpisodeFactory()
    actions.enroll_in_track(by=intake, episode=episode, track=track, since=TODAY)
    [places] = [one for one in queries.track_places(TODAY) if one.track == track]
    assert (places.places.taken, places.places.capacity) == (1, 12)
    [before] = [one for one in queries.track_places(TODAY - timedelta(days=1)) if one.track == track]
    assert before.places.taken == 0


# --- the hour alone ---------------------------------------------------------------------------------------------------


def agree(by, episode, staff_member, **more):
    values = {"weekday": 1, "start": time(16), "minutes": 50, "kind": "individual", "since": TODAY} | more
    return actions.agree_individual_hour(by=by, episode=episode, staff_member=staff_member, **values)


def test_the_hour_alone_is_a_series_of_one_made_ahead(pomona):
    director, episode, therapist = actor("clinical_director"), EpisodeFactory(), StaffMemberFactory()
    row = agree(director, episode, therapist, room=RoomFactory(kind="office"))
    series = row.series
    assert (series.personal, series.capacity, series.countable) == (True, 1, True)
    sessions = series.sessions.filter(status="planned")
    assert sessions.count() > 5
    assert all(one.bookings.count() == 2 for one in sessions)


def test_the_hour_alone_does_not_clash_with_what_its_therapist_does(pomona):
    director, therapist = actor("clinical_director"), StaffMemberFactory(account__chosen_name="Ana Peña")
    agree(director, EpisodeFactory(), therapist)
    with pytest.raises(Refused, match="Ana Peña leads"):
        agree(director, EpisodeFactory(), therapist, start=time(16, 30))
    with pytest.raises(Refused, match="10 to 240"):
        agree(director, EpisodeFactory(), therapist, minutes=5)
    assert Series.objects.filter(personal=True).count() == 1


# --- one act, nothing typed twice -------------------------------------------------------------------------------------


def start(by, **more):
    therapist = StaffMemberFactory(account__roles=["therapist"], licensed=True)
    track = Track.objects.get(key="evening")
    person = {"chosen_name": "Marisol Reyes", "born_on": date(1992, 3, 14), "telephone": "(909) 555-0142"}
    values = {
        "inquiry": None, "track": track, "starts_on": TODAY, "level": "2.1", "reason": "Needs a week of care.",
        "clinician": therapist, "admitted_on": TODAY,
    }  # fmt: skip
    return actions.start_in_track(by=by, **(values | person | more))


def test_one_act_from_asking_to_the_first_session(pomona, intake):
    from trellis.foundation.access.actor import Actor

    actions.generate_sessions(by=Actor.of_system("tests"))
    started = start(intake)
    assert started.client.chosen_name == "Marisol Reyes"
    assert started.episode.enrollments.count() == len(started.enrollments) == 6
    assert started.first_session.planned_on == TODAY
    assert started.first_session.status == "planned"
    events = trail.about(f"client:{started.client.pk}")
    assert "schedule.start" in {event.verb for event in events}


def test_where_no_session_lies_ahead_none_is_promised(pomona, intake):
    assert start(intake).first_session is None


def test_admitted_and_enrolled_or_neither(pomona, intake):
    from trellis.people.clients.models import Client

    with pytest.raises(Refused):
        start(intake, track=TrackFactory())
    assert not Client.objects.exists()


def test_whoever_waited_as_an_inquiry_has_a_place_now(pomona, intake):
    inquiry = reached()
    entry = actions.wait_list(by=intake, track=Track.objects.get(key="evening"), inquiry=inquiry)
    start(intake, inquiry=inquiry)
    entry.refresh_from_db()
    assert entry.status == "placed"
