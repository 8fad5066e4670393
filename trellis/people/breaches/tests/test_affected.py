"""Who was affected: found from the record, kept with reasons, never shown to whoever is kept out; and the letters."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.people.breaches import actions, clients, finding, people, queries
from trellis.people.breaches.actions import Sending
from trellis.people.breaches.models import AffectedMark, Letter
from trellis.people.breaches.rules import Duty
from trellis.people.breaches.tests.factories import TODAY, affects, assessed, guard, happened, told, worded
from trellis.people.breaches.tests.pages import text
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory, actor, actor_of
from trellis.people.consent.actions import set_standing
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.tests.factories import in_emergency, say
from trellis.people.rights.tests.factories import answers, asks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]


def subject(client):
    return f"client:{client.pk}"


def on_list(incident):
    return set(queries.listed(incident).filter(is_in=True).values_list("subject", flat=True))


def counts(incident):
    one = queries.known(incident).counts
    return one.affected, one.told, one.out_of_reach, one.to_write


@pytest.fixture
def ready(marisol):
    """A breach with a letter, and Marisol on its list."""
    incident = happened()
    assessed(incident)
    worded(incident)
    incident.marisol = affects(incident, marisol)[0]
    return incident


class TestFinding:
    def test_whatever_an_account_opened_between_two_instants_is_found(self, marisol):
        ana, ben, thief = ClientFactory(), ClientFactory(), StaffMemberFactory(account__chosen_name="José Díaz").account
        at = trail.record
        for subjects, address in (([subject(marisol), subject(ana)], "10.0.0.1"), ([subject(ben)], "10.0.0.2")):
            at(
                actor=f"account:{thief.pk}", roles=["counselor"], verb="opened client.read", subjects=subjects,
                address=address,
            )  # fmt: skip
        at(actor="account:999999", roles=[], verb="opened client.read", subjects=[subject(ClientFactory())])
        at(actor=f"account:{thief.pk}", roles=[], verb="desk.open", subjects=[])
        event = AuditEvent.objects.filter(actor=f"account:{thief.pk}").first()
        since, until = event.at - timedelta(hours=1), event.at + timedelta(hours=1)
        assert finding.opened_by(thief, since, until) == {subject(marisol), subject(ana), subject(ben)}
        assert finding.opened_by(thief, since, until, "10.0.0.2") == {subject(ben)}
        assert finding.opened_by(thief, until, until + timedelta(hours=1)) == set()
        assert finding.opened_by(thief, since, event.at - timedelta(seconds=1)) == set()
        assert finding.accounts_called("jose diaz") == [thief]
        assert finding.accounts_called(" ") == []

    def test_everybody_about_whom_something_went_to_a_recipient(self, marisol):
        wanted = in_emergency()
        disclose(by=guard(), client=marisol, wanted=wanted, how="spoken", make=say)
        name = wanted.recipient.name
        assert finding.sent_to(name.upper()).subjects == {subject(marisol)}
        assert finding.sent_to(name[:-1] + "x").near == (name,)
        assert finding.sent_to("Nobody at all") == finding.Sent()

    def test_everybody_is_each_client_ever_known(self, marisol):
        gone = EpisodeFactory(closed=True).client
        assert {subject(marisol), subject(gone)} <= people.everybody()

    def test_subjects_that_are_nobody_fall_out(self):
        assert people.counted(["session:4", "client:x", "client:7"]) == {"client:7"}
        assert people.search(guard(), " ") == []


class TestList:
    def test_each_stands_once_and_whoever_was_taken_out_stays_out(self, marisol):
        incident, ana = happened(), ClientFactory()
        (one,) = affects(incident, marisol)
        actions.take_out(by=guard(), affected=one, words="She was not in the folder")
        again = actions.put_on_list(
            by=guard(), incident=incident, subjects=[subject(marisol), subject(ana)], why="everybody"
        )
        assert (again.new, again.known, again.out) == ((subject(ana),), 0, 1)
        assert on_list(incident) == {subject(ana)}
        actions.put_back(by=guard(), affected=one, words="She was, after all")
        assert on_list(incident) == {subject(ana), subject(marisol)}
        assert AffectedMark.objects.filter(affected=one).count() == 3
        for act, words in ((actions.put_back, "Again"), (actions.take_out, " ")):
            with pytest.raises(Refused):
                act(by=guard(), affected=one, words=words)

    def test_the_trail_names_each_who_is_new(self, marisol):
        affects(happened(), marisol)
        assert AuditEvent.objects.filter(verb="breach.people", subjects=[subject(marisol)]).count() == 1

    def test_more_people_than_a_statement_takes(self, monkeypatch, program):
        monkeypatch.setattr(actions, "ROWS", 2)
        monkeypatch.setattr(clients, "CHUNK", 2)
        found = [ClientFactory() for _ in range(5)]
        incident = happened()
        affects(incident, *found)
        assert counts(incident) == (5, 0, 0, 5)
        assert len(people.load(map(subject, found))) == 5

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_page_takes_the_same_statements(self, desk, statements, number):
        incident = happened()
        affects(incident, *(ClientFactory() for _ in range(number)))
        with statements() as seen:
            desk.get(reverse("breaches:people", args=[incident.public_id]))
        assert len(seen) == 12, seen


class TestKeptOut:
    def test_a_closed_record_is_counted_never_named_and_finished_by_somebody_else(
        self, director, marisol, ready, client
    ):
        affects(ready, ClientFactory(chosen_name="Ana Before"))
        keep_out(by=actor("medical_director"), client=marisol, account=director)
        browser = sign_in(client, director)
        page = text(browser.get(reverse("breaches:people", args=[ready.public_id])))
        assert "2 people affected" in page
        assert "Ana Before" in page
        assert "Marisol" not in page
        assert "One more person is on this list whose record is closed to you." in page
        for name in ("mark", "tell", "print"):
            assert browser.get(reverse(f"breaches:{name}", args=[ready.marisol.public_id])).status_code == 404
        found = browser.post(reverse("breaches:pick", args=[ready.public_id]), {"q": "Marisol"})
        assert "Nobody whom you may see has this name." in text(found)
        by = actor_of(director)
        with pytest.raises(NotPermitted):
            actions.tell(by=by, affected=ready.marisol, sending=Sending("post", TODAY))
        assert actions.put_on_list(by=by, incident=ready, subjects=people.everybody(), why="everybody").known == 2


class TestLetters:
    def test_a_letter_is_kept_with_its_very_words_in_their_language(self, ready, marisol):
        ana = ClientFactory(chosen_name="Ana Before", language="es")
        (one,) = affects(ready, ana)
        letter = told(one, address="12 Elm Street")
        words = queries.opened_text(letter.words_sealed)
        for said in (
            "Aviso de filtración de datos",
            "Ana Before",
            "La buscamos.",
            "Pasó entre el",
            "Qué puede hacer usted",
        ):
            assert said in words
        assert letter.words_sha256
        assert "12 Elm" not in letter.address_sealed
        english = queries.opened_text(told(ready.marisol).words_sealed)
        for said in (
            "What happened", "It happened between Sept. 28, 2026 and Sept. 30, 2026.", "We found out on Oct. 1, 2026.",
            "What information was involved", "What we are doing", "What you can do", "For more information",
        ):  # fmt: skip
            assert said in english
        assert counts(ready) == (2, 2, 0, 0)

    @pytest.mark.parametrize(
        ("sending", "sentence"),
        [
            (Sending("post", TODAY + timedelta(days=1)), "future"),
            (Sending("post", TODAY, to_whom="representative"), "Write the name"),
            (Sending("mail", TODAY), "agreed"),
            (Sending("mail", TODAY, to_whom="representative", name="Ana", agreed=True), "no page of their own"),
        ],
    )
    def test_what_cannot_go_is_refused_in_words(self, ready, sending, sentence):
        with pytest.raises(Refused, match=sentence):
            actions.tell(by=guard(), affected=ready.marisol, sending=sending)
        assert not Letter.objects.exists()

    def test_without_words_off_the_list_or_while_police_ask_us_to_wait_none_goes(self, marisol):
        incident = happened()
        (one,) = affects(incident, marisol)
        with pytest.raises(Refused, match="Write the letter first"):
            told(one)
        with pytest.raises(Refused, match="each part"):
            actions.write_letter(by=guard(), incident=incident, texts={"en": {"happened": "x"}})
        worded(incident)
        actions.take_out(by=guard(), affected=one, words="No")
        with pytest.raises(Refused, match="not on the list"):
            told(one)
        actions.put_back(by=guard(), affected=one, words="Yes")
        actions.wait_for_police(by=guard(), incident=incident, who="Lee", stated_on=TODAY)
        with pytest.raises(Refused, match="Police asked us to wait"):
            told(one)

    def test_a_letter_that_comes_back_and_ten_out_of_reach(self, ready):
        letter = told(ready.marisol)
        actions.come_back(by=guard(), letter=letter, words="Moved away")
        with pytest.raises(Refused):
            actions.come_back(by=guard(), letter=letter)
        assert counts(ready) == (1, 0, 1, 0)
        told(ready.marisol, "other", address="By phone")
        assert counts(ready) == (1, 1, 0, 0)
        for one in affects(ready, *(ClientFactory() for _ in range(10))):
            told(one, "no_way")
        assert counts(ready) == (11, 1, 10, 0)
        with pytest.raises(Refused):
            actions.come_back(by=guard(), letter=Letter.objects.last())
        assert Duty.SITE in {one.duty for one in queries.known(ready).unmet}
        actions.give(by=guard(), incident=ready, duty=Duty.SITE, on=TODAY, words="On the first page")
        left = {one.duty for one in queries.known(ready).unmet}
        assert left == {Duty.HHS, Duty.STATE}

    @pytest.mark.parametrize("way", ["standing", "episode"])
    def test_for_somebody_who_died_it_goes_to_their_next_of_kin(self, ready, desk, way):
        if way == "standing":
            late = ClientFactory(chosen_name="Ben Late")
            set_standing(
                by=actor("clinical_director"), client=late, deceased=True, minor_consented_alone=False,
                guardian_appointed=False, restricted=(),
            )  # fmt: skip
        else:
            late = EpisodeFactory(closed=True, close_reason="died", client__chosen_name="Ben Late").client
        (one,) = affects(ready, late)
        with pytest.raises(Refused, match="died"):
            told(one)
        where = reverse("breaches:tell", args=[one.public_id])
        assert "This person died" in text(desk.get(where))
        assert "next of kin" in text(desk.get(reverse("breaches:people", args=[ready.public_id])))
        told(one, to_whom="next_of_kin", name="Eva Late")
        assert not queries.letters_to([subject(late)]).exists()
        assert "Eva Late" in text(desk.get(where))

    def test_by_mail_a_message_says_only_that_a_letter_waits(self, ready, phone, marisol):
        told(ready.marisol, "mail", agreed=True)
        message = Message.objects.get(kind="breaches.letter")
        assert message.language == "en"
        letter = Letter.objects.get()
        page = text(phone.get(reverse("my:happened", args=[letter.public_id])))
        assert "A folder was left on a bus." in page

    def test_the_client_reads_it_once_it_went_and_nobody_elses(self, ready, phone, marisol):
        assert "Something happened" not in text(phone.get(reverse("my:rights")))
        letter = told(ready.marisol)
        other = told(affects(ready, ClientFactory())[0])
        assert "Something happened to your record" in text(phone.get(reverse("my:rights")))
        page = text(phone.get(reverse("my:happened", args=[letter.public_id])))
        assert "We looked for it." in page
        assert phone.get(reverse("my:happened", args=[other.public_id])).status_code == 404
        verbs = AuditEvent.objects.filter(subjects=[subject(marisol)]).values_list("verb", flat=True)
        assert {"breach.people", "breach.tell", "opened my.rights"} == set(verbs)


class TestDesk:
    def test_each_way_to_find_them(self, desk, marisol, director):
        incident = happened()
        thief = StaffMemberFactory(account__chosen_name="Tom Gone").account
        StaffMemberFactory(account__chosen_name="Two Same")
        StaffMemberFactory(account__chosen_name="Two Same")
        trail.record(actor=f"account:{thief.pk}", roles=[], verb="opened client.read", subjects=[subject(marisol)])
        at = AuditEvent.objects.get(actor=f"account:{thief.pk}").at
        day = [f"{one:%Y-%m-%dT%H:%M}" for one in (at - timedelta(days=1), at + timedelta(days=1))]
        said = {"whose": "Tom Gone", "since": day[0], "until": day[1]}
        where = reverse("breaches:find", args=[incident.public_id, "opened"])
        desk.get(where)
        for changed, words in (
            ({"whose": "Nobody"}, "No account has this name"), ({"whose": "Two Same"}, "Write the e-mail."),
            ({"since": day[1], "until": day[0]}, "It ends before it begins."),
        ):  # fmt: skip
            assert words in text(desk.post(where, said | changed))
        page = text(desk.post(where, said, follow=True))
        assert "1 person is new on the list." in page
        assert "Marisol Ruiz" in page
        assert "An account opened their record" in page
        assert "1 stood there already." in text(desk.post(where, said, follow=True))

        where = reverse("breaches:find", args=[incident.public_id, "sent"])
        wanted = in_emergency()
        assert "Nothing is written down that went" in text(desk.post(where, {"name": "Nobody at all"}))
        disclose(by=guard(), client=ClientFactory(chosen_name="Ana Before"), wanted=wanted, how="spoken", make=say)
        near = wanted.recipient.name[:-1] + "x"
        assert "Did you mean" in text(desk.post(where, {"name": near}))
        assert "Ana Before" in text(desk.post(where, {"name": wanted.recipient.name}, follow=True))

        where = reverse("breaches:find", args=[incident.public_id, "everybody"])
        ClientFactory(chosen_name="Ben After")
        assert "Ben After" in text(desk.post(where, {"words": "The laptop"}, follow=True))
        assert desk.get(reverse("breaches:find", args=[incident.public_id, "guess"])).status_code == 404

    def test_by_name_and_out_again(self, desk, marisol):
        incident = happened()
        where = reverse("breaches:pick", args=[incident.public_id])
        desk.get(where)
        assert "Marisol Ruiz" in text(desk.post(where, {"q": "maris"}))
        assert "Choose at least one person." in text(desk.post(where, {"q": "maris", "words": ""}))
        said = {"q": "maris", "chosen": [subject(marisol)], "words": "It was her folder"}
        page = text(desk.post(where, said, follow=True))
        assert "It was her folder" in page
        where = reverse("breaches:mark", args=[queries.listed(incident).get().public_id])
        assert "Take Marisol Ruiz out" in text(desk.get(where))
        assert "Write why." in text(desk.post(where, {"words": ""}))
        assert "Not on the list" in text(desk.post(where, {"words": "It was not"}, follow=True))
        assert "Put Marisol Ruiz back" in text(desk.get(where))
        page = text(desk.post(reverse("breaches:pick", args=[incident.public_id]), said, follow=True))
        assert "1 was taken out by hand and stays out." in page
        assert "Not told yet" in text(desk.post(where, {"words": "It was"}, follow=True))

    def test_a_letter_is_printed_written_down_and_comes_back(self, desk, ready, marisol):
        answers(asks(marisol, "channel"), "accept")
        where = reverse("breaches:tell", args=[ready.marisol.public_id])
        page = text(desk.get(where))
        assert "Only by text, only after 6 pm" in page
        print_url = reverse("breaches:print", args=[ready.marisol.public_id])
        assert "Notice of data breach" in text(desk.get(print_url))
        assert "Choose one line." in text(desk.post(where, {}))
        said = {"how": "mail", "on": "2026-10-05", "to_whom": "themselves"}
        assert "Only somebody who agreed" in text(desk.post(where, said))
        page = text(desk.post(where, said | {"how": "post", "address": "12 Elm Street"}, follow=True))
        assert "Told" in page
        assert "12 Elm Street" in text(desk.get(where))
        back = reverse("breaches:come_back", args=[Letter.objects.get().public_id])
        assert "Try another way to reach them." in text(desk.post(back, follow=True))
        assert "did not arrive" in text(desk.post(back, follow=True)).lower()
        assert "Not reached" in text(desk.get(reverse("breaches:people", args=[ready.public_id])))

    def test_nothing_is_printed_before_it_is_written(self, desk, marisol):
        (one,) = affects(happened(), marisol)
        assert desk.get(reverse("breaches:print", args=[one.public_id])).status_code == 404
        assert "Nobody has written the letter yet" in text(desk.get(reverse("breaches:tell", args=[one.public_id])))

    def test_a_spanish_reader_gets_a_spanish_print(self, desk, ready):
        (one,) = affects(ready, ClientFactory(language="es"))
        page = text(desk.get(reverse("breaches:print", args=[one.public_id])))
        assert "Una carpeta quedó en un autobús." in page
        with translation.override("en"):
            assert clock.now()
