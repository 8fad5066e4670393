from trellis.foundation.program.changes import diff
from trellis.foundation.program.check import read
from trellis.foundation.program.schema import SECTIONS, Part, register_section
from trellis.foundation.program.tests.factories import TEXT, changed, pomona


def sentences(text: str) -> list[str]:
    return [str(change) for change in diff(pomona(), read(text))]


def test_nothing_differs_from_itself():
    assert diff(pomona(), pomona()) == []


def test_remarks_and_layout_are_no_change():
    assert sentences("# a remark\n" + TEXT) == []


def test_the_first_load_counts_what_is_new():
    said = [str(change) for change in diff(None, pomona())]
    assert "tracks: 6 new." in said
    assert "series: 40 new." in said


def test_a_number_and_a_time_say_before_and_after():
    text = changed(**{"silence_days = 7": "silence_days = 9", 'opens = "08:30"': 'opens = "08:00"'})
    assert sentences(text) == [
        "Program, silence days: 7 becomes 9.",
        "Business hours 1, opens: 08:30 becomes 08:00.",
    ]


def test_a_series_that_moves_says_which_and_where():
    at = TEXT.index('room = "room-1"', TEXT.index('key = "weekend-sat-social-support"'))
    text = TEXT[:at] + 'room = "room-4"' + TEXT[at + 15 :]
    (change,) = diff(pomona(), read(text))
    assert change.path == "series.weekend-sat-social-support.room"
    assert change.sentence == 'Series "weekend-sat-social-support", room: “room-1” becomes “room-4”.'


def test_a_long_text_shows_where_it_changes():
    text = changed(**{"you speak when you are ready": "you talk when you are ready"})
    (sentence,) = sentences(text)
    assert sentence.startswith('Page "home", parts 3, text, English: “…')
    assert "you speak when" in sentence
    assert "you talk when" in sentence


def test_what_is_removed_says_what_becomes_of_the_past():
    text = TEXT.replace('"garden-room"', '"patio"')
    said = sentences(text)
    assert 'The room "garden-room" is removed. It is retired: past sessions keep it, new ones cannot use it.' in said
    assert 'The room "patio" is new.' in said


def test_lists_words_and_empty_places_are_said_plainly():
    text = changed(
        **{
            "month = 6\nday = 19": "month = 6\nday = 19\nobserved = true",
            'therapies = ["cbt", "mindfulness"]': "therapies = []",
            'fax = "909-555-0142"\n': "",
        }
    )
    assert sentences(text) == [
        "Program, contact, fax: “909-555-0142” becomes nothing.",
        'Holiday "juneteenth", observed: no becomes yes.',
        'Series "morning-mon-relapse-prevention", therapies: “cbt”, “mindfulness” becomes nothing.',
    ]


def test_an_entry_more_in_a_list_is_counted():
    text = changed(
        **{"[[holidays]]": '[[business_hours]]\ndays = ["sun"]\nopens = "10:00"\ncloses = "11:00"\n\n[[holidays]]'}
    )
    assert sentences(text) == ["Business hours: 2 of them becomes 3 of them."]


def test_the_individual_hour_may_come_and_go():
    gone = pomona().model_copy(
        update={
            "tracks": tuple(
                t.model_copy(update={"individual": None}) if t.key == "morning" else t for t in pomona().tracks
            )
        }
    )
    assert [str(c) for c in diff(gone, pomona())] == ['Track "morning", individual: nothing becomes a new entry.']


def test_sections_of_other_rooms_are_compared_too():
    class Pond(Part):
        fish: int

    register_section("pond", Pond)
    try:
        old, new = (read(f"{TEXT}\n[pond]\nfish = {n}\n") for n in (1, 2))
        assert [str(change) for change in diff(old, new)] == ["Pond, fish: 1 becomes 2."]
        assert [str(change) for change in diff(pomona(), new)] == ["Pond: nothing becomes a new entry."]
    finally:
        del SECTIONS["pond"]
