# ruff: noqa: E501 -- a table reads best with one row a line
"""Faults of sense: the blueprint proves its hours, rooms, people and places, or says what to do."""

import pytest

from trellis.foundation.program.check import check
from trellis.foundation.program.tests.factories import TEXT, changed, line_of

EVENING = 'key = "evening-mon-process"'
EVENING_SKILLS = 'key = "evening-wed-skills"'
EVENING_LAST = 'key = "evening-mon-relapse-prevention"'


def in_series(key: str, old: str, new: str) -> str:
    """The text with `old` replaced in one series."""
    start = TEXT.index(f'key = "{key}"')
    at = TEXT.index(old, start)
    return TEXT[:at] + new + TEXT[at + len(old) :]


def fault_at(text: str, path: str, words: str = ""):
    """The fault at `path` whose sentence holds `words`."""
    found = [fault for fault in check(text) if fault.path == path and words in fault.sentence]
    assert found, check(text)
    return found[0]


def test_a_minute_less_than_half_an_hour_to_spare_is_a_fault():
    text = in_series("evening-mon-relapse-prevention", "break_minutes = 10", "break_minutes = 11")
    (fault,) = check(text)
    assert fault.line == line_of(text, 'key = "evening"')
    assert fault.sentence == (
        'Without breaks the track "evening" reaches 9 h 29 min a week. The rule for people of 21 and older asks for '
        "9 hours, and 30 minutes to spare. Add 1 minutes of groups or individual hours that count, or shorten breaks."
    )


def test_an_individual_hour_that_is_missing_is_a_fault():
    at = TEXT.index("individual = {", TEXT.index('key = "evening"'))
    text = TEXT[:at] + "# " + TEXT[at:]
    assert fault_at(text, "tracks[2].key", "reaches 8 h 30 min")


def test_groups_that_do_not_count_do_not_reach_the_hours():
    text = in_series("evening-wed-skills", 'kind = "skills"', 'kind = "recreation"')
    assert fault_at(text, "tracks[2].key", "Add 90 minutes")


def test_a_young_adult_may_start_with_six_hours_and_a_payer_may_ask_for_more():
    text = changed(**{'payers = ["medi-cal", "county", "self-pay"]': 'payers = ["commercial"]'})
    assert fault_at(text, "tracks[5].key", 'for payer "commercial"')
    text = changed(**{"max_age = 20\npayers": "max_age = 25\npayers"})
    assert fault_at(text, "tracks[5].key", "people of 21 and older")


def test_too_few_days_is_a_fault():
    text = TEXT
    for key in ("evening-thu-psychoeducation", "evening-thu-twelve-step", "evening-thu-secular"):
        at = text.index('weekday = "thu"', text.index(f'key = "{key}"'))
        text = text[:at] + 'weekday = "wed"' + text[at + 15 :]
    assert fault_at(text, "tracks[2].key", "stand on 2 days a week")


def test_too_many_hours_is_a_fault():
    text = changed(**{"individual = { minutes = 60, kind": "individual = { minutes = 240, per_week = 3, kind"})
    assert fault_at(text, "tracks[0].key", "more than the 19 hours")


def test_a_track_without_groups_is_a_fault():
    text = TEXT.replace('tracks = ["weekend"]', "tracks = []")
    assert fault_at(text, "tracks[4]", 'No series names the track "weekend"')


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ('room = "room-1"', 'room = "roof"', "series[0].room", 'There is no room "roof"'),
        ('room = "room-1"', 'room = "room-11"', "series[0].room", 'Did you mean "room-1"?'),
        ('room = "room-1"', 'room = "office-1"', "series[0].room", "is an office"),
        ('kind = "process"\nweekday', 'kind = "proces"\nweekday', "series[0].kind", 'Did you mean "process"?'),
        ('tracks = ["morning"]', 'tracks = ["mornin"]', "series[0].tracks[0]", 'Did you mean "morning"?'),
        ('therapies = ["motivational-interviewing"', 'therapies = ["reiki"', "series[0].therapies[0]", "no therapy"),
        ('curriculum = "relapse-prevention"', 'curriculum = "knitting"', "series[1].curriculum", "no curriculum"),
        ("facilitator_roles = [", 'facilitator_roles = ["medical_director", ', "series[0].facilitator_roles", "staffing has 0"),
        ('site = "main"', 'site = "moon"', "rooms[0].site", 'There is no site "moon"'),
        ('payer = "commercial"', 'payer = "comercial"', "hour_rules[2].payer", 'Did you mean "commercial"?'),
        ('payers = ["medi-cal", "county"', 'payers = ["medicare", "county"', "tracks[5].payers[0]", "no payer"),
        ('minutes = 60, kind = "individual"', 'minutes = 60, kind = "alone"', "tracks[0].individual.kind", "no service kind"),
        ('below_counts_as = "individual"', 'below_counts_as = "nap"', "service_kinds[0].below_counts_as", "no service kind"),
        ('below_counts_as = "individual"', 'below_counts_as = "process"', "service_kinds[0].below_counts_as", "another kind"),
        ('below_counts_as = "individual"', 'below_counts_as = "recreation"', "service_kinds[0].below_counts_as", "counts"),
        ("group_min = 2\ngroup_max = 12", "group_min = 13\ngroup_max = 12", "service_kinds[0].group_max", "less than"),
        ('key = "room-2"', 'key = "room-1"', "rooms[1].key", "second time"),
        ('key = "emdr"', 'key = "emdr"\n', "", ""),
        ('key = "home"', 'key = "start"', "pages", '"home" is missing'),
        ("min_hours = 9", "min_hours = 8", "hour_rules[0].min_hours", "at least 9 hours a week from people of 21"),
        ("max_hours = 19", "max_hours = 20", "hour_rules[0].max_hours", "ends at 19 hours"),
        ("max_hours = 19", "max_hours = 5", "hour_rules[0].max_hours", "less than min_hours"),
        ("min_age = 21", "min_age = 22", "tracks[0]", "No hour rule holds at age 21"),
        ("min_age = 21", "min_age = 20", "hour_rules[1]", "same age"),
        ("min_age = 21\n", "min_age = 21\nmax_age = 20\n", "hour_rules[0].max_age", "before min_age"),
        ("min_age = 18\nmax_age = 20", "min_age = 18\nmax_age = 17", "tracks[5].max_age", "before min_age"),
        ('level_of_care = "2.1"', 'level_of_care = "2.5"', "hour_rules[0].min_hours", "Level 2.5 asks for at least 20"),
        ('closes = "18:00"', 'closes = "08:00"', "business_hours[0].closes", "after opening at 08:30"),
        ('days = ["sat"]\nopens = "09:00"', 'days = ["fri"]\nopens = "09:00"', "business_hours[1]", "overlapping"),
        ('days = ["sat"]\nopens = "09:00"\ncloses = "12:00"', 'days = ["fri"]\nopens = "18:00"\ncloses = "19:00"', "", ""),
        ('days = ["sat"]\nopens = "09:00"\ncloses = "12:00"', 'days = ["fri"]\nopens = "07:00"\ncloses = "08:30"', "", ""),
        ('closes = "21:00"', 'closes = "07:00"', "sites[0].hours[0].closes", "after opening"),
        ('closes = "21:00"', 'closes = "20:00"', "series[15].start", "outside the hours of the site on Monday"),
        ('days = ["sat"]\nopens = "08:30"', 'days = ["sun"]\nopens = "08:30"', "series[33].weekday", "closed on Saturday"),
        ("month = 6\nday = 19", "month = 7\nday = 4", "holidays[5]", "same day"),
        ("capacity = 16", "capacity = 12", "series[0].capacity", "holds 12 people"),
        ("capacity = 16", "capacity = 14", "", ""),
        ("capacity = 12\ntracks", "capacity = 13\ntracks", "series[0].capacity", "2 to 12 people"),
        ("capacity = 12\ntracks", "capacity = 1\ntracks", "series[0].capacity", "2 to 12 people"),
        ("capacity = 12\nindividual", "capacity = 13\nindividual", "series[0].capacity", "13 people of its tracks"),
        ("break_minutes = 10\nbreak_after = 40", "break_minutes = 50\nbreak_after = 40", "series[1].break_minutes", "does not fit"),
        ('choice = "evening-study"', 'choice = "evening-stud"', "series[19].choice", "No other group"),
        ('choice = "evening-study"', 'choice = "evening-study"\nfirst_day = 2026-03-02\nlast_day = 2026-03-01',
         "series[19].last_day", "before first_day"),
        ('therapies = ["twelve-step-facilitation"]', "therapies = []", "", ""),
        ('languages = ["en", "es"]', 'languages = ["en"]', "tracks[1].languages", 'does not offer "es"'),
    ],
)  # fmt: skip
def test_a_fault_of_sense_is_said_with_its_line(old, new, path, words):
    text = changed(**{old: new})
    if not path:
        assert check(text) == []
        return
    fault = fault_at(text, path, words)
    assert fault.sentence.endswith((".", "?"))
    shown = text.splitlines()[fault.line - 1]
    last = path.split(".")[-1].split("[")[0]
    assert last in shown or path.endswith("]")


def test_two_groups_in_one_room_at_once_are_a_fault():
    text = in_series("evening-es-mon-process", 'room = "room-2"', 'room = "room-1"')
    (fault,) = check(text)
    assert fault.line == line_of(text, 'room = "room-1"', 'key = "evening-es-mon-process"')
    assert '"room-1" is taken by "evening-mon-process" on Monday from 17:30 to 19:00.' in fault.sentence


def test_groups_that_touch_share_a_room():
    assert TEXT.count('room = "room-1"') > 2
    assert check(TEXT) == []


def test_a_room_is_free_again_when_the_series_before_has_ended():
    ended = "\nfirst_day = 2026-01-05\nlast_day = 2026-06-29\n"
    begun = "\nfirst_day = 2026-07-06\n"
    text = TEXT.replace(EVENING, EVENING + ended, 1)
    key = 'key = "evening-es-mon-process"'
    text = text.replace(key, key + begun, 1)
    at = text.index('room = "room-2"', text.index(key))
    text = text[:at] + 'room = "room-1"' + text[at + 15 :]
    assert check(text) == []
    assert "is taken" in fault_at(text.replace("2026-07-06", "2026-06-01"), "series[21].room").sentence


def test_more_groups_than_people_to_lead_them_is_a_fault():
    text = changed(**{"therapist = 2": "therapist = 1"})
    fault = fault_at(text, "series[23].facilitator_roles")
    assert "On Wednesday at 17:30 groups need 2 people" in fault.sentence
    assert "raise staffing.therapist" in fault.sentence


def test_a_role_that_nobody_has_is_a_fault():
    text = changed(**{"therapist = 2\n": ""})
    assert fault_at(text, "series[0].facilitator_roles", "staffing has 0")


def test_two_groups_of_a_track_at_once_need_a_choice():
    text = in_series("evening-mon-relapse-prevention", 'start = "19:00"', 'start = "18:00"')
    paths = {fault.path: fault.sentence for fault in check(text)}
    assert "counts once" in paths["series[15].start"]
    assert "reaches 8 h 40 min" in paths["tracks[2].key"]


def test_the_groups_of_a_choice_are_equally_long():
    text = in_series("evening-thu-secular", "break_after = 40", "break_after = 30")
    assert fault_at(text, "series[20].choice", "same weekday, start, minutes, break")


def test_a_twelve_step_group_never_stands_alone():
    text = in_series("evening-thu-secular", 'kind = "secular-study"', 'kind = "skills"')
    fault = fault_at(text, "series[19].kind")
    assert (
        fault.sentence
        == "No secular group stands beside this one. Add one at the same time and give both the same choice."
    )
    text = in_series("evening-thu-twelve-step", 'kind = "twelve-step-study"', 'kind = "skills"')
    assert fault_at(text, "series[20].kind", "No twelve-step group")


def test_a_therapy_that_nobody_gives_is_not_offered():
    text = TEXT.replace('therapies = ["twelve-step-facilitation"]', "therapies = []")
    fault = fault_at(text, "therapies[8]")
    assert "No hour gives the therapy" in fault.sentence
    assert fault.line == line_of(text, "[[therapies]]", 'key = "family-therapy"')


def test_a_track_and_its_groups_share_a_language():
    text = in_series("evening-mon-process", 'languages = ["en"]', 'languages = ["es"]')
    assert fault_at(text, "series[14].languages", "speaks another language")


def test_a_group_does_not_run_past_midnight_or_into_a_clock_change():
    text = in_series("evening-mon-process", "minutes = 90", "minutes = 720")
    assert fault_at(text, "series[14].minutes", "past midnight")
    at = 'key = "evening-mon-process"'
    start = TEXT.index(at)
    text = TEXT[:start] + TEXT[start:].replace('weekday = "mon"', 'weekday = "sun"', 1).replace("17:30", "01:30", 1)
    assert fault_at(text, "series[14].start", "Clocks change")


def test_a_group_open_to_all_belongs_to_no_track():
    extra = """
[[series]]
key = "open-sat"
names = { en = "Open group", es = "Grupo abierto" }
kind = "social-support"
weekday = "sat"
start = "10:30"
minutes = 60
room = "room-4"
facilitator_roles = ["counselor"]
capacity = 12
tracks = []
languages = ["en", "es"]
"""
    assert check(TEXT + extra) == []
    assert check(TEXT + extra.replace("tracks = []\n", ""))[0].sentence == "Add tracks."


def test_what_cannot_be_read_leaves_its_proofs_undone():
    text = changed(**{"[program]": "[other]", "[staffing]": "[staff]"})
    assert {fault.path for fault in check(text)} >= {"other", "program.time_zone", "staff", "staffing"}
    text = TEXT.replace("[[rooms]]", "[[romms]]")
    assert [fault.path for fault in check(text)] == ["rooms", "romms"]
