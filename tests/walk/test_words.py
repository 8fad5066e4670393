"""On every page, every word that no person and no blueprint wrote is found in a catalogue."""

import re
import tomllib
from collections.abc import Callable, Iterator
from json import loads

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.checks.text import LETTERS
from tests.support.pseudo import spoken, unmarked
from tests.walk.finders import FORMER_CLIENT, HEARD, KEPT_APART
from tests.walk.finders_of_breaches import WRITTEN as OF_BREACHES
from tests.walk.finders_of_rights import WRITTEN
from tests.walk.houses import NAMED_BY_THE_WALK, House
from tests.walk.table import Row, names, rows
from tests.walk.walking import Walker
from trellis.doors.operations.retention.terms import FILE as RETENTION
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.diagnoses import codes
from trellis.journey.admission.history.bank import FILE as QUESTIONS
from trellis.journey.measures.library import FOLDER, forms
from trellis.journey.measures.presenters import NAMES
from trellis.people.consent.paper import NOTICE, SHORT_NOTICE

pytestmark = pytest.mark.browser

#: pages that show words of other languages on purpose, or examples
SHOWN_AS_THEY_ARE = {
    "gallery": "its examples are data",
    "breaches:print": "a letter is in the language of whoever reads it",
    "my:happened": "it stands as it was sent",
    "demo:outbox": "messages stand there as they went out, each in its reader's language",
}
WRITTEN_BY_THE_WALK = [
    NOTICE, SHORT_NOTICE, "Work telephone", FORMER_CLIENT, HEARD, NAMED_BY_THE_WALK, KEPT_APART, *WRITTEN, *OF_BREACHES,
]  # fmt: skip
#: wording of the instruments is a fact: only an official form corrects it, and no catalogue translates it
WORDING = [
    *(loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "forms").glob("*.json")),
    *(key.upper() for key in forms()),
    *map(str, NAMES.values()),
]
#: names of diagnoses stand in both languages in their list
CODES = sorted({one.en for rows in codes.known().values() for one in rows})
#: the file that says how long records are kept holds its words in both languages
KEPT_FOR = tomllib.loads(RETENTION.read_text())
#: so does the one with the questions about a person
ASKED = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
#: a secret of an authenticator, and the paths that the demo's list of first screens spells out
SPELLED_OUT = re.compile(r"\b[A-Z2-7]{16,}\b|(?:/[\w-]+)+/")
#: words that no Spanish sentence has
ENGLISH = re.compile(
    r"\b(the|and|with|your|you|for|from|this|that|are|will|have|has|was|were|what|who|how|please|not)\b", re.I
)
TAGS = re.compile(r"<(script|style|svg|title)\b.*?</\1>|<!--.*?-->|<[^>]*\blang=\"en\"[^>]*>[^<]*|<[^>]+>", re.S)


@pytest.fixture(scope="module")
def data(lived_in) -> list[str]:
    return written_in(lived_in)


def judged(judge: Callable[[list[str]], list[str]], data: list[str], house: House) -> list[str]:
    """What is wrong by what was written when the walk began; or, since the walk writes on its way, by what is now."""
    return judge(data) and judge(written_in(house))


def written_in(house: House) -> list[str]:
    """What people and the blueprint wrote: no catalogue could know it."""
    blueprint = program.current()
    found = set(strings([part.model_dump() for part in (blueprint, *blueprint.registered().values())]))
    for model in apps.get_models():
        if model.__module__.startswith("trellis.") and model._meta.managed:
            fields = [
                f.attname
                for f in model._meta.concrete_fields
                if isinstance(f, models.CharField | models.TextField | models.JSONField)
            ]
            sealed = [n for n, name in enumerate(fields) if name.endswith("_sealed")]
            for row in model._default_manager.values_list(*fields) if fields else ():
                found.update(strings([opened(v) if n in sealed and v else v for n, v in enumerate(row)]))
    found.update(strings(house.sign_ins), strings(WRITTEN_BY_THE_WALK), strings(WORDING), strings(KEPT_FOR))
    found.update(strings(ASKED), CODES)
    return [text for text in found if len(text) > 1] + parts_of_names(found)


def opened(text: str) -> object:
    """What lies sealed: words, or a list of facts."""
    clear = crypto.unseal(text)
    return loads(clear) if clear.startswith("{") else clear


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from strings(one)


def parts_of_names(found: set[str]) -> list[str]:
    """Somebody is called by their first name, or by it and one letter."""
    short = set()
    for name in found:
        words = name.split()
        if 1 < len(words) < 5 and all(word[0].isupper() for word in words):
            short |= {words[0], f"{words[0]} {words[-1][0]}.", f"{words[0][0]}{words[-1][0]}"}
    return sorted(short)


def read(house: House, walker: Walker, row: Row, language: str) -> str:
    answer = house.client(row.who).get(walker.address(row, language))
    return answer.content.decode() if answer.status_code == 200 and "html" in answer["Content-Type"] else ""


PAGES = [
    name
    for name in names()
    if name in rows()
    and name not in SHOWN_AS_THEY_ARE
    and not (rows()[name].no_page or rows()[name].acts or rows()[name].before)
]


@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_a_page_is_left_untranslated(name, lived_in: House, walker: Walker, data):
    with spoken():
        html = read(lived_in, walker, rows()[name], "en")

    def left(known: list[str]) -> list[str]:
        return [text for text in unmarked(html, known) if LETTERS.search(SPELLED_OUT.sub("", text))]

    assert judged(left, data, lived_in) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_english_word_stands_on_a_spanish_page(name, lived_in: House, walker: Walker, data):
    html = read(lived_in, walker, rows()[name], "es")

    def english(known: list[str]) -> list[str]:
        text = TAGS.sub(" ", html)
        for one in sorted((one for one in known if ENGLISH.search(one)), key=len, reverse=True):
            text = text.replace(one, " ")
        return [match.group() for match in ENGLISH.finditer(text)]

    assert judged(english, data, lived_in) == []
