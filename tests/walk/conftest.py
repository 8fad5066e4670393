from collections.abc import Iterator

import pytest

from tests.support.browser import Opener
from tests.walk.houses import House, build_demo, furnish, open_house
from tests.walk.walking import Walker


@pytest.fixture(scope="module")
def lived_in(chromium, django_db_setup, django_db_blocker) -> Iterator[House]:
    """A house with weeks of life in it: the demo's."""
    with django_db_blocker.unblock(), open_house("lived-in", build_demo()) as house:
        yield house


@pytest.fixture(scope="module")
def empty(chromium, django_db_setup, django_db_blocker) -> Iterator[House]:
    """A house with a program and staff in which nobody has come yet."""
    from django.db import connection

    source = f"{connection.settings_dict['NAME']}_template"
    with django_db_blocker.unblock(), open_house("empty", source, is_empty=True) as house:
        furnish()
        yield house


@pytest.fixture(scope="module")
def opener(chromium, request) -> Iterator[Opener]:
    opener = Opener(chromium, request)
    yield opener
    opener.close()


@pytest.fixture(scope="module")
def walker(lived_in, opener) -> Walker:
    return Walker(lived_in, opener)


@pytest.fixture(scope="module")
def early_walker(empty, opener) -> Walker:
    return Walker(empty, opener)


@pytest.fixture(autouse=True)
def counted(request) -> None:
    request.node.user_properties.append(("used_browser", True))
