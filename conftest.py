"""The test world: settled before Django is, so that a test run never reads this machine's own settings."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "trellis.config.settings"

from tests.support import environment

environment.settle()

import django  # noqa: E402

django.setup()

#: each before those that import it: pytest rewrites the assertions of a module when it loads it
pytest_plugins = [
    "tests.support.rules",
    "tests.support.results",
    "tests.support.databases",
    "tests.support.commands",
    "tests.support.papers",
    "tests.support.live",
    "tests.support.world",
    "tests.support.browser",
    "tests.support.pseudo",
]
