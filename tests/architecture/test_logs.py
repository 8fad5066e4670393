import pytest

from tests.architecture.checks import assert_none
from tests.architecture.checks.logs import lines_that_say_too_much


def test_a_line_of_the_log_holds_ids_alone(root):
    assert_none(lines_that_say_too_much(root))


@pytest.mark.parametrize(
    "line",
    [
        "log.info(f'{client.chosen_name} came')",
        "log.info('came: %s', client)",
        "log.info('came', client=client.pk)",
        "log.info('came', actor=client.chosen_name)",
        "log.warning('not sent', kind=message.to)",
        "log.error('fault', fault=str(request.POST))",
        "log = logging.getLogger(__name__)",
    ],
)
def test_a_line_that_says_more_is_found(plot, line):
    plot("trellis/people/clients/actions.py", line)
    assert len(lines_that_say_too_much(plot.path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "log.info('came', actor=request.actor.name, status=200)",
        "log.error('job failed', fault=type(fault).__name__, job=row.task_path)",
        "form.add_error(None, str(refused))",
    ],
)
def test_a_line_of_ids_is_left_alone(plot, line):
    plot("trellis/people/clients/actions.py", line)
    assert lines_that_say_too_much(plot.path) == []
