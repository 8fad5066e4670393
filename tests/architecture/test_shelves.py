from tests.architecture.checks import assert_none
from tests.architecture.checks.shelves import library_templates, templates_that_point_up, unused_templates


def test_every_template_is_used(root):
    assert_none(unused_templates(root, library_templates()))


def test_templates_point_down(root):
    assert_none(templates_that_point_up(root))


def test_a_template_that_nothing_uses_is_found(plot):
    plot("trellis/ui/templates/ui/page.html", "{% include 'ui/part.html' %}")
    plot("trellis/ui/templates/ui/part.html")
    plot("trellis/ui/templates/ui/alone.html")
    plot("trellis/ui/templates/ui/mail/new.txt")
    plot("trellis/ui/templates/account/login.html")
    plot("trellis/ui/pages/public.py", "render(request, 'ui/page.html#part'); render(f'ui/mail/{kind}.txt')")
    faults = unused_templates(plot.path, {"account/login.html"}, {})
    assert len(faults) == 1
    assert "ui/alone.html" in faults[0]


def test_a_listed_template_that_left_is_found(plot):
    assert unused_templates(plot.path, set(), {"ui/gone.html": "why"}) == [
        "ui/gone.html is listed as used and is not there"
    ]


def test_a_template_that_points_up_is_found(plot):
    plot(
        "trellis/people/staff/templates/staff/page.html", "{% extends 'inquiry/board.html' %}{% include 'ui/x.html' %}"
    )
    faults = templates_that_point_up(plot.path)
    assert len(faults) == 1
    assert "staff may not know inquiry" in faults[0]
