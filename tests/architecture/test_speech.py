"""Words for people that Python and scripts say are marked too."""

import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.speech import unmarked_scripts, unmarked_speech


@pytest.mark.parametrize("check", [unmarked_speech, unmarked_scripts], ids=lambda check: check.__name__)
def test_nothing_is_said_that_no_catalogue_knows(root, check):
    assert_none(check(root))


@pytest.mark.parametrize(
    "line",
    [
        "raise Refused('Forbidden')",
        "raise Refused(f'Nobody may do {x} today.')",
        "messages.success(request, 'It is saved now.')",
        "form.add_error(None, 'Choose another name.')",
        "attrs = {'aria-label': 'Find somebody'}",
        "JsonResponse({'sentence': 'It is saved.'})",
        "format_html('<b>Not here {}</b>', 1)",
        "mark_safe(f'<i class=x>{name} is absent</i>')",
        "SafeString('<button aria-label=\"Close\"></button>')",
        "_(f'Hello {name}')",
        "gettext('Hello ' + name)",
    ],
)
def test_a_bare_word_in_python_is_found(plot, line):
    plot("trellis/people/clients/queries.py", line)
    assert len(unmarked_speech(plot.path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "raise Refused(_('Forbidden.'))",
        "raise Refused(SENTENCE)",
        "messages.success(request, _('Saved.'))",
        "attrs = {'aria-label': _('Find somebody'), 'type': 'search'}",
        "format_html('<b class=\"strong wide\">{}</b>', words)",
        "f'<i>{name}</i>'",
        "_('<b>Not here</b>')",
        "def f():\n    'What stands in a <form> here.'",
        "log.info('request', status=200)",
    ],
)
def test_what_needs_no_mark_in_python_is_left_alone(plot, line):
    plot("trellis/people/clients/queries.py", line)
    assert unmarked_speech(plot.path) == []


def test_a_script_that_speaks_is_found_and_one_that_does_not_is_left_alone(plot):
    plot("trellis/ui/static/ui/x.js", "// what it says\nnote.textContent = 'You are offline now.';\n")
    plot("trellis/ui/static/ui/y.js", "/* a note */ row.className = 'chip chip-leaf'; find('form input');\n")
    assert unmarked_scripts(plot.path) == [
        "trellis/ui/static/ui/x.js:2: a script says 'You are offline now.'",
        "trellis/ui/static/ui/y.js:1: a script says 'form input'",
    ]
