"""The notice: its versions, who acknowledged it, and who has not."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor
from trellis.people.consent.actions.consents import set_standing
from trellis.people.rights import jobs
from trellis.people.rights.models import Acknowledgement, NoticeVersion
from trellis.people.rights.notice import actions, queries, words
from trellis.people.rights.tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def changed_words():
    """The program has another telephone from now on."""
    load_pomona(**{'phone = "909-555-0140"': 'phone = "909-555-0199"'})


def taps(client, number=1, language="en"):
    return actions.acknowledge(by=actor_for(client.account), client=client, number=number, language=language)


class TestVersions:
    def test_loading_a_program_keeps_the_words_with_their_hash_and_day(self):
        version = NoticeVersion.objects.get()
        assert (version.number, version.effective_on) == (1, date(2026, 10, 5))
        assert version.sha256 == words.digest(version.texts)
        assert set(version.texts) == {"en", "es"}

    def test_the_same_words_are_no_new_version(self):
        jobs.renew_notice.func()
        assert NoticeVersion.objects.count() == 1

    def test_other_words_are_a_new_version_and_the_old_one_stays(self):
        changed_words()
        assert [one.number for one in NoticeVersion.objects.order_by("number")] == [1, 2]
        assert "909-555-0199" in str(queries.in_force().texts)
        assert "909-555-0140" in str(queries.version(1).texts)

    def test_after_an_upgrade_the_worker_keeps_what_it_says_now(self, monkeypatch):
        monkeypatch.setattr(words, "texts", lambda blueprint: {"en": [], "es": []})
        jobs.renew_notice.func()
        assert queries.in_force().number == 2

    def test_without_a_program_there_is_nothing_to_keep(self, monkeypatch):
        def none():
            raise jobs.program.NoBlueprint("none")

        monkeypatch.setattr(jobs.program, "current", none)
        jobs.renew_notice.func()
        assert NoticeVersion.objects.count() == 1

    def test_a_kept_version_never_changes(self):
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            NoticeVersion.objects.update(sha256="0" * 64)

    def test_before_the_first_is_kept_the_page_shows_what_it_would_be(self, client, monkeypatch):
        monkeypatch.setattr(queries, "newest", lambda: None)
        assert "Two laws protect you" in text(client.get(reverse("notice:read")))


class TestTap:
    def test_one_tap_keeps_version_language_and_hash(self, marisol):
        row = taps(marisol, language="es")
        version = NoticeVersion.objects.get()
        assert (row.version, row.language, row.how) == (version, "es", "own_page")
        assert row.shown_sha256 == words.digest(version.texts["es"]) != words.digest(version.texts["en"])
        assert AuditEvent.objects.filter(verb="notice.acknowledge").count() == 1

    def test_a_second_tap_is_the_same_row(self, marisol):
        assert taps(marisol) == taps(marisol)

    def test_words_that_changed_meanwhile_are_not_acknowledged(self, marisol):
        changed_words()
        with pytest.raises(Refused, match="changed"):
            taps(marisol, number=1)
        assert not Acknowledgement.objects.exists()

    def test_nobody_taps_for_another(self, marisol):
        with pytest.raises(NotPermitted):
            actions.acknowledge(by=actor("clinical_director"), client=marisol, number=1, language="en")
        with pytest.raises(NotPermitted):
            actions.acknowledge(by=actor_for(marisol.account), client=ClientFactory(), number=1, language="en")

    def test_after_new_words_the_old_tap_no_longer_counts(self, marisol):
        taps(marisol)
        assert queries.reading(marisol).is_current
        changed_words()
        reading = queries.reading(marisol)
        assert (reading.was_read, reading.is_current) == (True, False)
        taps(marisol, number=2)
        assert queries.reading(marisol).is_current


class TestRecord:
    def test_paper_counts_like_a_tap_and_only_once(self, marisol):
        by = actor("front_desk")
        row = actions.record(by=by, client=marisol, how="paper", language="en", note=" In the  cabinet ")
        assert (row.how, row.note) == ("paper", "In the cabinet")
        assert actions.record(by=by, client=marisol, how="our_device", language="en") == row

    def test_a_missing_signature_has_a_reason_and_may_follow_again(self, marisol):
        by = actor("front_desk")
        with pytest.raises(Refused, match="why"):
            actions.record(by=by, client=marisol, how="not_signed", language="en")
        for why in ("emergency", "chose_not_to"):
            actions.record(by=by, client=marisol, how="not_signed", why_not=why, language="en")
        assert not queries.reading(marisol).was_read
        taps(marisol)
        assert queries.reading(marisol).is_current

    def test_the_database_wants_the_reason_too(self, marisol):
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            Acknowledgement.objects.create(
                client=marisol, version=NoticeVersion.objects.get(), language="en", shown_sha256="0", how="not_signed",
                at=marisol.created_at, by="x",
            )  # fmt: skip

    def test_before_any_version_is_kept_nothing_is_recorded(self, marisol, monkeypatch):
        monkeypatch.setattr(queries, "newest", lambda: None)
        with pytest.raises(Refused):
            actions.record(by=actor("front_desk"), client=marisol, how="paper", language="en")

    def test_a_facilitator_does_not_record(self, marisol):
        with pytest.raises(NotPermitted):
            actions.record(by=actor("group_facilitator"), client=marisol, how="paper", language="en")


class TestPublicPage:
    def test_everybody_reads_it_in_both_languages(self, client):
        page = client.get(reverse("notice:read"))
        assert "It may not be used against you" in text(page)
        assert "In force since Oct. 5, 2026. Version 1." in text(page)
        with translation.override("es"):
            assert "No se puede usar en su contra" in text(client.get(reverse("notice:read")))

    def test_it_is_named_at_the_foot_of_the_site(self, client):
        assert reverse("notice:read") in client.get(reverse("site:home")).content.decode()

    def test_what_held_before_stays_to_be_read(self, client):
        changed_words()
        now = text(client.get(reverse("notice:read")))
        assert "909-555-0199" in now
        assert "Version 1, from Oct. 5, 2026" in now
        before = text(client.get(reverse("notice:version", args=[1])))
        assert "These words no longer hold" in before
        assert "909-555-0140" in before
        assert client.get(reverse("notice:version", args=[3])).status_code == 404
        assert client.get(f"{reverse('notice:read')}{2**40}/").status_code == 404


class TestOwnPage:
    def test_the_notice_is_read_and_one_tap_says_so(self, phone, marisol):
        assert "Please read our notice" in text(phone.get(reverse("my:rights")))
        page = phone.get(reverse("my:notice"))
        assert "It is not a yes to anything" in text(page)
        page = phone.post(reverse("my:acknowledge"), {"number": "1"}, follow=True)
        assert "You find the notice here" in text(page)
        assert "You read it on Oct. 5, 2026." in text(page)
        assert "You read these words on" in text(phone.get(reverse("my:notice")))

    @pytest.mark.parametrize("number", ["", "9", "x", "9" * 5000])
    def test_a_tap_under_other_words_asks_to_read_again(self, phone, number):
        page = phone.post(reverse("my:acknowledge"), {"number": number}, follow=True)
        assert "Please read it again" in text(page)
        assert not Acknowledgement.objects.exists()

    def test_after_new_words_it_asks_again(self, phone, marisol):
        taps(marisol)
        changed_words()
        assert "The notice has new words" in text(phone.get(reverse("my:rights")))

    def test_in_spanish(self, phone, marisol):
        with translation.override("es"):
            page = text(phone.post(reverse("my:acknowledge"), {"number": "1"}, follow=True))
        assert "El aviso está aquí" in page
        assert Acknowledgement.objects.get().language == "es"


class TestDesk:
    def test_who_has_not_read_it_stands_there_newest_need_first(self, desk, marisol):
        ClientFactory(chosen_name="Ana Before", in_program=True)
        read = ClientFactory(chosen_name="Ben Read", in_program=True, with_account=True)
        EpisodeFactory(client=ClientFactory(chosen_name="Cleo Closed"), closed=True)
        set_standing(
            by=actor("clinical_director"), client=ClientFactory(chosen_name="Dora Gone", in_program=True),
            deceased=True, minor_consented_alone=False, guardian_appointed=False, restricted=(),
        )  # fmt: skip
        taps(read)
        actions.record(
            by=actor("front_desk"), client=marisol, how="not_signed", why_not="chose_not_to", language="en"
        )  # fmt: skip
        page = text(desk.get(reverse("rights:unread")))
        assert "2 people have not read the notice" in page
        assert page.index("Ana Before") < page.index("Marisol Ruiz")
        assert "They have the notice and chose not to sign." in page
        assert "Ben Read" not in page
        assert "Cleo Closed" not in page
        assert "Dora Gone" not in page

    def test_nobody_missing_is_said(self, desk):
        assert "Everybody here has read the notice" in text(desk.get(reverse("rights:unread")))

    def test_at_a_glance_on_the_clients_page(self, desk, marisol):
        assert "Not given yet" in text(desk.get(reverse("clients:client", args=[marisol.public_id])))

    def test_writing_down_how_it_was_signed(self, desk, marisol):
        where = reverse("rights:record_notice", args=[marisol.public_id])
        assert "Say why it was not signed. The law asks" in text(desk.post(where, {"how": "not_signed"}))
        page = desk.post(
            where, {"how": "paper", "why_not": "emergency", "language": "es", "note": "Box 4"}, follow=True
        )
        assert "Oct. 5, 2026, version 1, Spanish · Box 4" in text(page)
        assert Acknowledgement.objects.get().why_not == ""
        assert "Write down how it was signed" not in text(page)

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_takes_the_same_statements_for_one_and_thirty(self, desk, statements, number):
        for _ in range(number):
            ClientFactory(in_program=True)
        with statements() as seen:
            assert desk.get(reverse("rights:unread")).status_code == 200
        assert len(seen) == 6, seen
