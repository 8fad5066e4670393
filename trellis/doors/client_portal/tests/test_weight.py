"""The first load of a client's pages stays small, for a telephone with little data."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.support import weight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["today", "week"])
def test_a_first_load_is_at_most_60_kb(me, name, language):
    with override(language):
        view = weight.first_view(me.browser.get(reverse(f"my:{name}")))
    assert {"html", "css", "js", ".woff2", ".svg"} <= {kind for kind, _ in view.values()}
    assert weight.total(view) <= 60_000, view
