import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.utils.translation import override

from trellis.ui.assets import ICONS
from trellis.ui.navigation import Count, NavLink
from trellis.ui.templatetags.ui import ComponentError
from trellis.ui.tests.factories import draw, get
from trellis.ui.vine import Leaf, vine
from trellis.ui.weekgrid import Block, week_grid

WEEK = vine(
    [
        Leaf("Monday group", 180, "attended", 180),
        Leaf("Hour", 60, "excused"),
        Leaf("Thursday", 180, "next", word="Tonight"),
    ],
    attended=180, planned=420, enough=540,
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("{% button '' %}", "button needs words"),
        ("{% button 'x' kind='loud' %}", "kind is 'loud'"),
        ("{% chip '' %}", "chip needs word"),
        ("{% chip 'x' tone='blue' %}", "tone is 'blue'"),
        ("{% icon 'unicorn' %}", "not in the sprite"),
        ("{% icon 'sun' size='xl' %}", "size is 'xl'"),
        ("{% initials '' %}", "initials needs name"),
        ("{% card tone='loud' %}{% endcard %}", "tone is 'loud'"),
        ("{% card link='/x' title='T' %}{% endcard %}", "card needs link_words"),
        ("{% notice words='' %}{% endnotice %}", "notice needs words"),
        ("{% row title='' %}{% endrow %}", "row needs title"),
        ("{% empty '' %}", "empty needs title"),
        ("{% empty 'x' href='/y' %}", "empty needs action"),
        ("{% progress 1 2 '' %}", "progress needs words"),
        ("{% stat '' 'x' %}", "stat needs label"),
        ("{% hour_bar 1 2 3 '' %}", "hour_bar needs label"),
        ("{% week_vine nothing %}", "week_vine needs a Vine"),
        ("{% week_grid nothing caption='x' %}", "week_grid needs a WeekGrid"),
        ("{% steps 3 2 %}", "3 of 2 is not a step"),
        ("{% pager nothing %}", "pager needs a Page"),
        ("{% form_errors nothing %}", "form_errors needs a form"),
        ("{% field nothing %}", "field needs a bound field"),
        ("{% fields nothing %}", "fields needs a form"),
        ("{% crisis look='song' %}", "look is 'song'"),
        ("{% minutes nothing %}", "minutes needs number"),
    ],
)
def test_a_component_complains_about_what_is_missing(source: str, complaint: str) -> None:
    with pytest.raises(ComponentError, match=complaint):
        draw(source, nothing=None)


@pytest.mark.parametrize("source", ["{% button %}", "{% row %}{% endrow %}", "{% stat 'x' %}", "{% progress 1 %}"])
def test_a_forgotten_argument_fails_when_the_template_is_read(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_a_button_is_a_link_when_it_leads_somewhere() -> None:
    assert draw("{% button 'Go' href='/x' kind='main' %}") == '<a class="button main" href="/x">Go</a>'
    assert draw("{% button 'Late' data_mark='late' disabled=True hidden=False %}") == (
        '<button class="button quiet" type="submit" data-mark="late" disabled>Late</button>'
    )


def test_words_are_escaped() -> None:
    for source in (
        "{% button w %}",
        "{% chip w %}",
        "{% row title=w %}{% endrow %}",
        "{% card title=w %}{% endcard %}",
        "{% empty w %}",
    ):
        assert "<b>" not in draw(source, w="<b>x</b>")
    assert 'data-x="&quot;"' in draw("{% button 'x' data_x=w %}", w='"')


def test_an_icon_is_silent_unless_it_is_given_a_name() -> None:
    assert 'aria-hidden="true"' in draw("{% icon 'phone' %}")
    assert 'role="img" aria-label="Call"' in draw("{% icon 'phone' label='Call' size='s' %}")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws(name: str) -> None:
    assert f"#{name}" in draw("{% icon name %}", name=name)


def test_a_chip_says_its_word_beside_its_colour() -> None:
    assert (
        draw("{% chip 'Late' tone='gold' data_state='late' %}")
        == '<span class="chip chip-gold" data-state="late">Late</span>'
    )


def test_a_count_can_speak_in_words() -> None:
    assert draw("{% nav_count c %}", c=Count(6)) == '<span class="chip chip-gold">6</span>'
    assert "6 wait" in draw("{% nav_count c %}", c=Count(6, "gold", "6 wait"))


def test_a_message_has_the_colour_of_its_kind_and_never_the_one_of_safety() -> None:
    for level, tone in ((constants.SUCCESS, "leaf"), (constants.ERROR, "gold"), (constants.INFO, "dusk")):
        html = draw("{% message m %}", m=Message(level, "Saved."))
        assert f"message-{tone}" in html
        assert "Saved." in html


def test_initials_are_the_first_and_the_last() -> None:
    assert ">MR<" in draw("{% initials 'Marisol de la Rosa' %}")
    assert ">J<" in draw("{% initials 'Jordan' %}")


def test_a_card_may_lead_on() -> None:
    html = draw("{% card title='Week' tone='panel' link='/w' link_words='All' id='week' %}inside{% endcard %}")
    assert '<section class="card panel" id="week">' in html
    assert '<a href="/w">All</a>' in html
    assert "inside" in html
    assert 'class="card tone-rose"' in draw("{% card tone='rose' %}{% endcard %}")


def test_a_notice_holds_its_action() -> None:
    html = draw("{% notice words='Luis is out' tone='rose' detail='d' icon='x' %}{% button 'Mend' %}{% endnotice %}")
    assert "tone-rose" in html
    assert "Mend</button>" in html
    assert 'class="actions"' not in draw("{% notice words='x' %} {% endnotice %}")


def test_a_row_has_one_state_word_and_its_action() -> None:
    html = draw(
        "{% row title='M.' href='/m' lead='5:30' initials='M R' detail='d' word='Here' tone='leaf' data_person='p1' %}"
        "<b>go</b>{% endrow %}"
    )
    assert '<li class="row" data-person="p1">' in html
    assert "chip-leaf" in html
    assert "<b>go</b>" in html
    assert "row-actions" not in draw("{% row title='M.' tag='div' %} {% endrow %}")


def test_nothing_to_show_is_shown_kindly() -> None:
    html = draw("{% empty 'Nobody waits' detail='All called back.' href='/x' action='Write one down' %}")
    assert "Nobody waits" in html
    assert 'href="/x"' in html


def test_a_bar_is_read_out_with_its_words() -> None:
    html = draw("{% progress 9 32 '9 of 32' tone='dusk' label='Topics' %}")
    assert 'value="9" max="32" aria-label="Topics"' in html
    assert 'max="1"' in draw("{% progress 0 0 'none' %}")


def test_a_figure_has_a_bar_only_when_there_is_a_whole() -> None:
    assert "<progress" in draw("{% stat 'In' '54 of 60' value=54 of=60 href='/x' %}")
    assert "<progress" not in draw("{% stat 'In' 'none' value=0 of=0 %}")


def test_an_hour_bar_stays_within_its_track() -> None:
    html = draw("{% hour_bar 700 600 700 'x' %}")
    assert 'width="100.0"' in html
    assert 'x="98.5"' in html


def test_the_vine_gives_its_minutes_to_scripts_and_its_numbers_to_readers() -> None:
    with override("en"):
        html = draw("{% week_vine v status='On track.' open=True %}", v=WEEK)
    assert 'data-week-minutes data-attended="180" data-planned="420" data-enough="540"' in html
    assert "3 h</strong> of 9 h so far. On track." in html
    assert html.count('<g transform="') == 3
    assert 'role="img"' in html
    assert '<details class="fold" open>' in html
    for words in ("Monday group", "Here", "Excused", "Tonight"):
        assert words in html


def test_spanish_numbers_do_not_break_the_drawing() -> None:
    with override("es"):
        html = draw("{% week_vine v %}", v=WEEK)
    assert 'viewBox="0 0 320.0 106.0"' in html


def test_the_week_has_a_table_with_the_same_hours() -> None:
    grid = week_grid([Block(0, 480, 1020, "work", "work"), Block(5, 600, 660, "one", "1:1")])
    with override("en"):
        html = draw("{% week_grid g caption='Ten hours.' open=True %}", g=grid)
    assert html.count('<rect class="day"') == 7
    assert '<th scope="row">Sat</th><td>10 am</td><td>11 am</td><td>1:1</td>' in html


def test_steps_say_where_one_is() -> None:
    with override("en"):
        assert "Step 2 of 5" in draw("{% steps 2 5 %}")
    assert "Question" in draw("{% steps 2 5 label='Question' %}")
    assert draw("{% steps 2 5 %}").count('class="done"') == 2


def test_further_pages_keep_path_and_query() -> None:
    page = Paginator(range(9), 3).page(2)
    html = draw("{% pager page label='Board' %}", page=page, request=get("/board/?q=ana&page=2"))
    assert 'href="?q=ana&amp;page=1"' in html
    assert 'href="?q=ana&amp;page=3"' in html
    assert 'aria-label="Board"' in html
    assert 'href="?page=3"' in draw("{% pager page %}", page=page)


def test_one_page_needs_no_way_on() -> None:
    assert draw("{% pager page %}", page=Paginator(range(2), 3).page(1)).strip() == ""
    assert 'rel="prev"' not in draw("{% pager page %}", page=Paginator(range(9), 3).page(1))
    assert 'rel="next"' not in draw("{% pager page %}", page=Paginator(range(9), 3).page(3))


@pytest.mark.parametrize("look", ["list", "line"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_numbers_for_a_crisis_stand_together(look: str, language: str) -> None:
    with override(language):
        html = draw("{% crisis look=look %}", look=look)
    for number in ("tel:988", "sms:988", "988lifeline.org", "tel:911", "tel:+18006624357"):
        assert number in html


def test_small_words() -> None:
    with override("en"):
        assert draw("{% minutes 90 %} {{ 60|spoken }}") == "1 h 30 min 1 h"
    assert draw("{% trellis %}").startswith("<svg")


def test_the_status_of_a_draft_brings_its_words() -> None:
    with override("es"):
        assert "Guardado con nosotros a las {time}" in draw("{% draft_status %}")


def test_places_are_text_with_their_icon_and_count_and_say_where_we_are() -> None:
    items = [NavLink("a", "<b>Board</b>", "/a?x&y", "inbox", Count(2)), NavLink("b", "Week", "/b", "calendar")]
    html = draw("{% places items 'b' %}", items=items)
    assert '<a href="/a?x&amp;y"><svg' in html
    assert "<span>&lt;b&gt;Board&lt;/b&gt;</span>" in html
    assert html.count("chip-gold") == html.count('aria-current="page"') == 1
    assert '<a href="/b" aria-current="page">' in html
    assert draw("{% places nothing 'b' %}") == "<ul></ul>"


def test_what_a_page_prints_twice_is_drawn_once_and_stays_as_it_was_drawn() -> None:
    html = draw("{% drawn as name %}<b>{{ text }}</b>{% enddrawn %}{{ name }}{{ name }}", text="<i>")
    assert html == "<b>&lt;i&gt;</b>" * 2
