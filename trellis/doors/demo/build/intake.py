"""Somebody asks for help, is called back, and comes in, or goes another way."""

from collections.abc import Callable
from datetime import timedelta

from trellis.doors.demo import leaders, stories, words
from trellis.doors.demo.build.house import BUILDER, House, Member
from trellis.doors.demo.build.staff import slot_of
from trellis.doors.demo.build.timeline import Timeline
from trellis.foundation.access.actor import Actor
from trellis.foundation.program.models import Room
from trellis.journey.inquiry import actions as inquiries
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.stamps import new_stamp
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.actions.start import start_in_track
from trellis.journey.schedule.models import Track
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client, Episode

Joined = Callable[[stories.Stay, Client, Episode], None]


class Intake:
    def __init__(self, house: House, timeline: Timeline, hours: list[leaders.Hour], joined: Joined) -> None:
        self.house, self.timeline, self.hours, self.joined = house, timeline, hours, joined
        self.tracks = {track.key: track for track in Track.objects.all()}
        self.rooms = {room.key: room for room in Room.objects.all()}
        self.clinicians = house.of("therapist")
        self.turn = 0

    def ask(self, question: stories.Question, then: Callable[[Inquiry], None] | None = None) -> None:
        """Put a question on the timeline, with the calls that answer it and how it ends."""
        self.timeline.add(question.asked_at, lambda: self._receive(question, then))

    def _receive(self, question: stories.Question, then: Callable[[Inquiry], None] | None) -> None:
        inquiry = self._take(question)
        for number, call in enumerate(question.calls):
            self.timeline.add(call.at, lambda call=call, number=number: self._call(question, inquiry, call, number))  # type: ignore[misc]
        if question.ending:
            last = question.calls[-1].at if question.calls else question.asked_at
            self.timeline.add(last + timedelta(days=2, minutes=7), lambda: self._end(question, inquiry))
        if then:
            then(inquiry)

    def _take(self, question: stories.Question) -> Inquiry:
        answers = _answers(question)
        if question.channel == "web":
            return inquiries.receive(by=Actor(), answers=answers, stamp=new_stamp())
        return inquiries.take_by_phone(by=self._coordinator(question).actor, answers=answers, channel=question.channel)

    def _coordinator(self, question: stories.Question) -> Member:
        return self.house.one("intake_coordinator", question.person.language)

    def _call(self, question: stories.Question, inquiry: Inquiry, call: stories.Call, number: int) -> None:
        notes = words.CALL_NOTES[call.outcome]
        inquiries.log_attempt(
            by=self._coordinator(question).actor,
            inquiry=inquiry,
            outcome=call.outcome,
            note=notes[(question.words + number) % len(notes)],
            key=f"demo-{inquiry.pk}-{number}",
        )

    def _end(self, question: stories.Question, inquiry: Inquiry) -> None:
        by = self._coordinator(question).actor
        if question.ending == "decline":
            inquiries.decline(by=by, inquiry=inquiry)
        elif question.ending == "refer":
            place = words.ELSEWHERE[question.words % len(words.ELSEWHERE)]
            inquiries.refer_elsewhere(by=by, inquiry=inquiry, place=place)
        else:
            inquiries.close(by=by, inquiry=inquiry, reason="no_contact")

    # --- from an inquiry to a client ---

    def bring_in(self, stay: stories.Stay) -> None:
        self.ask(
            stay.question,
            lambda inquiry: self.timeline.add(stay.admitted_at, lambda: self._start(stay, inquiry)),
        )

    def _start(self, stay: stories.Stay, inquiry: Inquiry) -> None:
        person, clinician = stay.person, self._clinician(stay.person.language)
        started = start_in_track(
            by=self._coordinator(stay.question).actor,
            inquiry=inquiry,
            track=self.tracks[stay.track],
            starts_on=stay.starts_on,
            pathway=stay.pathway,
            level=self.house.blueprint.program.level_of_care,
            reason=words.ADMITTED[stay.question.words % len(words.ADMITTED)],
            clinician=clinician.staff_member,
            admitted_on=stay.admitted_at.astimezone(self.house.calendar.zone).date(),
            chosen_name=person.name,
            pronouns=person.pronouns,
            born_on=person.born_on,
            language=person.language,
            telephone=person.telephone,
            email=person.email,
            may_leave_message=person.may_leave_message,
            may_text=person.may_text,
            payer=person.payer,
        )
        self._order_hours(stay, started.client, clinician)
        self._agree_hour(stay, started.episode)
        self.joined(stay, started.client, started.episode)

    def _clinician(self, language: str) -> Member:
        able = [member for member in self.clinicians if language in member.languages]
        self.turn += 1
        return able[self.turn % len(able)]

    def _order_hours(self, stay: stories.Stay, client: Client, clinician: Member) -> None:
        age = stay.person.age_on(stay.starts_on)
        rule = self.house.blueprint.hour_rule(age=age, payer=stay.person.payer)
        schedule.prescribe_hours(
            by=clinician.actor,
            client=client,
            minutes_a_week=rule.min_minutes,
            since=stay.starts_on,
            ordered_by=clinician.staff_member,
            reason=words.ORDERED[stay.person.language],
        )

    def _agree_hour(self, stay: stories.Stay, episode: Episode) -> None:
        groups = self.tracks[stay.track].series.all()
        speaking = {name for name, m in self.house.members.items() if stay.person.language in m.languages}
        hour = leaders.choose_hour(self.hours, [slot_of(series) for series in groups], speaking)
        if hour is None:
            return
        leader = self.house.members[hour.leader]
        clients.assign(by=BUILDER, episode=episode, staff_member=leader.staff_member, since=episode.opened_on)
        schedule.agree_individual_hour(
            by=BUILDER,
            episode=episode,
            staff_member=leader.staff_member,
            weekday=hour.slot.weekday,
            start=hour.start,
            minutes=hour.minutes,
            kind="individual",
            since=stay.starts_on,
            room=self.rooms[hour.office] if hour.office else None,
        )


def _answers(question: stories.Question) -> Answers:
    person = question.person
    written = words.ASKED[person.language]
    wrote = written[question.words % len(written)] if question.for_whom == "self" else ""
    return Answers(
        for_whom=question.for_whom,
        name=person.name.split()[0] if question.channel == "web" else person.name,
        organisation=words.REFERRERS[question.words % len(words.REFERRERS)] if question.for_whom == "referring" else "",
        telephone=person.telephone,
        email=person.email,
        may_leave_message=person.may_leave_message,
        may_text=person.may_text,
        may_email=bool(person.email),
        times=person.times,
        language=person.language,
        words=wrote,
        topics=("program", "start") if question.for_whom == "loved_one" else (),
    )
