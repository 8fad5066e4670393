"""The words of the notice: everything that the law wants stands there, in short words, in both languages. Pure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.program.tests.factories import pomona
from trellis.people.rights.notice import words

pytestmark = pytest.mark.rules
TEXTS = words.texts(pomona())


def flat(language):
    return "\n".join(
        line for part in TEXTS[language] for line in (part["heading"], *part["lines"], *part["items"])
    )  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "may use and share health information about you",  # 164.520(b)(1)(i)
        "42 CFR part 2",
        "only if they need it for their work",
        "One yes for all care, payment and running the program",  # 2.31(a)(4)
        "notes that a counselor keeps apart",  # 2.31(b)
        "in any civil, criminal, administrative or legislative case",  # 2.12(d), 2.22(b)
        "There must be a judge’s order as well",  # 2.61
        "In a medical emergency",  # 2.51
        "To report child abuse or neglect",  # 2.12(c)(6)
        "You can take a yes back",  # 2.31(a)(6)
        "See your record, and get a copy",  # 164.524
        "Have it corrected",  # 164.526
        "the last three years",  # 2.25
        "We must say yes if you paid for a service yourself",  # 2.26, 164.522(a)(1)(vi)
        "Choose how we reach you",  # 164.522(b)
        "Hear about a breach",  # 164.404
        "Office for Civil Rights",  # 164.530(d)
        "Nobody here may punish you",  # 164.530(g), 2.4
        "909-555-0140",  # whom to ask
        "We may change this notice",  # 164.520(b)(1)(v)(C)
        "to raise money",  # 164.520(b)(1)(iii)
    ],
)
def test_what_the_law_wants_stands_there(said):
    assert said in flat("en")


def test_both_languages_have_the_same_parts():
    shapes = {
        language: [(len(part["lines"]), len(part["items"])) for part in parts] for language, parts in TEXTS.items()
    }
    assert shapes["en"] == shapes["es"]
    assert not set(TEXTS["en"][0]["lines"]) & set(TEXTS["es"][0]["lines"])


VOWELS = {"en": re.compile(r"[aeiouy]+"), "es": re.compile(r"[aeiouáéíóúü]+")}


def measured(language):
    """Words a sentence, and syllables a word; addresses and numbers are read by nobody as words."""
    text = re.sub(r"\S*[\d@]\S*|hhs\.gov\S*", "", flat(language))
    sentences = [one for one in re.split(r"[.:?]\s|\n", text) if re.search(r"[^\W\d_]", one)]
    found = re.findall(r"[^\W\d_]+", text)
    return len(found) / len(sentences), sum(syllables(word, language) for word in found) / len(found)


def syllables(word, language):
    word = word.lower()
    if language == "en" and word.endswith(("e", "es", "ed")) and len(word) > 3:
        word = word[:-1] if word.endswith("e") else word[:-2]
    return max(1, len(VOWELS[language].findall(word)))


def test_the_english_is_read_by_a_sixth_grader():
    length, syllable = measured("en")
    assert 0.39 * length + 11.8 * syllable - 15.59 <= 6.5  # Flesch-Kincaid


def test_the_spanish_is_plain():
    length, syllable = measured("es")
    assert 206.84 - 60 * syllable - 1.02 * length >= 70  # Fernández Huerta


def test_another_program_has_another_text_and_the_same_one_the_same():
    assert words.digest(TEXTS) == words.digest(words.texts(pomona()))
    other = pomona()
    about = other.program.model_copy(
        update={"contact": other.program.contact.model_copy(update={"phone": "909-555-0199"})}
    )
    assert words.digest(words.texts(other.model_copy(update={"program": about}))) != words.digest(TEXTS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, min_size=2, max_size=4))
def test_the_hash_knows_no_order_of_keys(said):
    assert words.digest(said) == words.digest(dict(reversed(said.items())))


@given(JSON, JSON)
def test_two_texts_have_two_hashes(one, other):
    # 1, True and 1.0 are one in Python and not in a text
    if repr(one) != repr(other) and one != other:
        assert words.digest(one) != words.digest(other)
