"""Nothing that carries a client's data leaves beside the gate: no response, message, mail, file, feed or log line."""

import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.leaks import ways_out
from tests.architecture.checks.logs import lines_that_say_too_much
from tests.matrix.urls import every_url
from trellis.foundation.access.policy import ACTS_FOR, OWN, SYSTEM, rows
from trellis.foundation.access.roles import BY_KEY

PLACE = "trellis/people/clients/pages/staff.py"


def test_every_way_out_is_known_or_the_gate(root):
    assert_none(ways_out(root))


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ("response", "return HttpResponse(client.chosen_name)"),
        ("response", "return JsonResponse({'name': client.chosen_name})"),
        ("mail", "from django.core.mail import send_mail"),
        ("mail", "EmailMessage('x', client.chosen_name).send()"),
        ("message", "from trellis.foundation.messaging import actions"),
        ("message", "from trellis.foundation.messaging.actions import queue"),
        ("file", "Path('x').write_text(client.chosen_name)"),
        ("file", "open('x', 'w').write(client.chosen_name)"),
        ("file", "import csv"),
        ("file", "response['Content-Disposition'] = 'attachment'"),
        ("feed", "import icalendar"),
    ],
)
def test_a_leak_is_found(plot, way, line):
    plot(PLACE, line)
    found = [fault for fault in ways_out(plot.path, {}) if f"({way})" in fault]
    assert found


def test_a_leak_into_the_log_is_found(plot):
    plot(PLACE, "log.info(f'{client.chosen_name} came')")
    assert len(lines_that_say_too_much(plot.path)) == 1


@pytest.mark.parametrize("line", ["return HttpResponse(status=204)", "open('x')", "open('x', 'rb')", "render(request)"])
def test_what_lets_nothing_out_is_left_alone(plot, line):
    plot(PLACE, line)
    assert ways_out(plot.path, {}) == []


def test_a_place_that_lets_nothing_out_any_more_is_taken_off_the_list(plot):
    plot(PLACE, "")
    assert ways_out(plot.path, {PLACE: "a reason"}) == [f"{PLACE} is listed and lets nothing out"]


#: each of them is tested to write a line in the accounting, or to show a name alone (`family:acting`)
ACTING = {(f"family:{name}", "loved_one") for name in ("acting", "person", "week", "tell", "record", "ask")}


def test_pages_about_somebody_open_to_people_who_work_here_and_to_themselves():
    """Inside the program (2.12(c)(3)), or one's own record (2.23); whoever else reads, is told through the gate."""
    granted: dict[str, list[tuple[str, str]]] = {}
    for row in rows():
        granted.setdefault(row.verb, []).append((row.role, row.relation))
    outside = [
        (url.name, role, relation)
        for url in every_url()
        if url.access and url.access.opens and url.access.verb
        for role, relation in granted[url.access.verb]
        if role != SYSTEM and not (BY_KEY[role].staff if role in BY_KEY else False) and relation != OWN
    ]
    # Whoever acts for somebody reads through the gate (doors/family/showing), and by no other page.
    assert {(name, role) for name, role, relation in outside if relation.startswith(ACTS_FOR)} == ACTING
    assert [one for one in outside if not one[2].startswith(ACTS_FOR)] == []
