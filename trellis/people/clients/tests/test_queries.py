from datetime import date

import pytest
from django.db import connection

from trellis.people.clients import queries
from trellis.people.clients.finding import MOST_FOUND
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db


def names(found):
    return [client.chosen_name for client in found.clients]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: an index of parts of words")
def test_parts_of_words_have_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'name_word_parts'")
        assert "gin_trgm_ops" in cursor.fetchone()[0]


class TestFind:
    @pytest.fixture(autouse=True)
    def people(self):
        ClientFactory(chosen_name="Tomás García", in_program=True)
        ClientFactory(chosen_name="Marisol Ruiz-Peña")
        ClientFactory(chosen_name="Mariana O'Brien")
        ClientFactory(chosen_name="Ana Hernández")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("garcia", ["Tomás García"]),
            ("GARCÍA tom", ["Tomás García"]),
            ("pena", ["Marisol Ruiz-Peña"]),
            ("obr", ["Mariana O'Brien"]),
            ("mari", ["Mariana O'Brien", "Marisol Ruiz-Peña"]),
            ("ana", ["Ana Hernández", "Mariana O'Brien"]),
            ("an", ["Ana Hernández"]),
            ("a h", ["Ana Hernández"]),
            ("t", ["Tomás García"]),
            ("100%", []),
            ("_", []),
            ("", []),
            ("xq", []),
        ],
    )
    def test_a_part_of_the_name_is_enough(self, text, expected):
        found = queries.find_clients(text)
        assert names(found) == expected
        assert not found.guessed

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("hernandes", ["Ana Hernández"]),
            ("garsia tomas", ["Tomás García"]),
            ("marizol", ["Marisol Ruiz-Peña"]),
            ("zzzzzz", []),
            ("tomas zzzzzz", []),
        ],
    )
    def test_slips_are_forgiven_only_where_nobody_is_spelled_so(self, text, expected):
        found = queries.find_clients(text)
        assert names(found) == expected
        assert found.guessed is bool(expected)

    def test_whoever_is_in_the_program_comes_first(self):
        ClientFactory(chosen_name="Ana Garcia")
        assert names(queries.find_clients("garcia")) == ["Tomás García", "Ana Garcia"]
        assert len(queries.find_clients("garcia").present) == 1

    def test_among_a_caseload_nobody_else_is_found(self):
        few = queries.clients_in_program()
        assert names(queries.find_clients("tomas", few)) == ["Tomás García"]
        assert names(queries.find_clients("tomaz", few)) == ["Tomás García"]
        assert names(queries.find_clients("marisol", few)) == []

    def test_more_than_a_page_says_so(self):
        for _ in range(MOST_FOUND + 3):
            ClientFactory(chosen_name="Lupe Vega")
        found = queries.find_clients("lupe")
        assert (len(found.clients), found.more) == (MOST_FOUND, True)

    @pytest.mark.parametrize(("text", "most"), [("lupe", 3), ("lupi veja", 6)])
    def test_many_records_take_as_many_statements_as_few(self, statements, text, most):
        ClientFactory(chosen_name="Lupe Vega")
        with statements() as few:
            queries.find_clients(text)
        for _ in range(29):
            ClientFactory(chosen_name="Lupe Vega")
        with statements() as many:
            queries.find_clients(text)
        assert len(few) == len(many) <= most


def test_a_clinician_lists_only_the_clients_in_their_care():
    mine = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    EpisodeFactory()
    by = actor_of(mine.staff_member.account)
    assert list(queries.listed_for(by)) == [mine.episode.client]
    assert not queries.sees_everybody(by)
    assert queries.listed_for(actor("front_desk")).count() == 2
    assert not queries.listed_for(actor("client")).exists()


def test_the_care_team_of_many_stays_takes_two_statements(statements):
    client = ClientFactory()
    for year in range(2000, 2029):
        EpisodeFactory(client=client, closed=True, opened_on=date(year, 1, 1), closed_on=date(year, 2, 1))
    CareAssignmentFactory(episode__client=client)
    with statements() as seen:
        episodes = queries.episodes_of(client)
        assert [a.staff_member.chosen_name for e in episodes for a in e.team]
    assert len(seen) == 2


def test_who_may_be_on_a_care_team_is_whoever_works_here_now_and_treats():
    dana = StaffMemberFactory(account__roles=["counselor", "therapist"])
    StaffMemberFactory(account__roles=["biller"])
    StaffMemberFactory(account__roles=["counselor"], ended_on=date(2026, 1, 1))
    assert list(queries.assignable()) == [dana]


def test_nobody_signed_in_has_no_record():
    assert queries.client_of(None) is None
