"""Codes of the lists in words. Each format has its own: B is a book in one and for beginners in the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation.places.models import Format
from trellis.foundation.places.reading.codes import SHIPPED as BMLT_LANGUAGES

Words = str | Promise
GUIDE, BMLT = Format.MEETING_GUIDE.value, Format.BMLT.value


@dataclass(frozen=True)
class Trait:
    """What a person may ask for, and how each format says it."""

    key: str
    label: Words
    codes: Mapping[str, tuple[str, ...]]


def _trait(key: str, label: Words, guide: str, bmlt: str = "") -> Trait:
    # In capitals, as the marks of a meeting are: lists write To and TO, and one database tells them apart.
    return Trait(key, label, {GUIDE: tuple(guide.upper().split()), BMLT: tuple(bmlt.upper().split())})


OPEN_TO_ALL = _trait("open", _("Open: families and friends may come too"), "O", "O")
FAMILIES = _trait("families", _("Families and friends may come"), "O AL AL-AN CF BA", "O CW CS")
NEWCOMERS = _trait("newcomers", _("Made for people who are new"), "BE", "B BEG NC-NEW")
WHEELCHAIR = _trait("wheelchair", _("Wheelchair access"), "X", "WC WCHR")
SECULAR = _trait("secular", _("Secular"), "A", "Ag AGN")
#: what else can be chosen, one at a time
TRAITS = (
    _trait("women", _("For women"), "W", "W"),
    _trait("men", _("For men"), "M", "M"),
    _trait("lgbtq", _("LGBTQ"), "LGBTQ LGBTQIA G L T BI NB", "GL LGBTQ"),
    _trait("young", _("For young people"), "Y", "YP Y"),
    _trait("seniors", _("For older people"), "SEN"),
    _trait("color", _("For people of color"), "POC"),
    _trait("native", _("For Native American and Indigenous people"), "N NDG"),
    OPEN_TO_ALL,
    _trait("speaker", _("A speaker tells their story"), "SP", "Sp So"),
    _trait("discussion", _("People talk about a topic"), "D", "D To"),
    _trait("steps", _("Step study"), "ST", "St"),
    _trait("reading", _("Reading together"), "LIT B 12X12 ABSI LS GR DR", "BT BK IP IW JT LC SPAD"),
    _trait("meditation", _("Meditation"), "MED 11", "ME"),
    _trait("outdoors", _("Outdoors"), "OUT"),
    _trait("asl", _("American Sign Language"), "ASL", "ASL"),
    _trait("health", _("Also about mental health"), "DD"),
    _trait("proof", _("Gives proof of attendance"), "POA"),
)  # fmt: skip
TRAIT_OF = {trait.key: trait for trait in TRAITS}

_GUIDE_WORDS: dict[str, Words] = {
    "11": _("Meditation on the eleventh step"),
    "12X12": _("Reading about the steps and traditions"),
    "A": _("Secular"),
    "ABSI": _("Reading: “As Bill Sees It”"),
    "AC": _("For adult children"),
    "AL": _("Meets beside Alateen"),
    "AL-AN": _("Meets beside Al-Anon"),
    "ASL": _("American Sign Language"),
    "B": _("Reading: the Big Book"),
    "BA": _("Child care"),
    "BE": _("For newcomers"),
    "BI": _("For bisexual people"),
    "BRK": _("With breakfast"),
    "C": _("Closed: for people who want to stop"),
    "CAN": _("By candlelight"),
    "CF": _("Children are welcome"),
    "D": _("People talk about a topic"),
    "DB": _("Collects money online"),
    "DD": _("Also about mental health"),
    "DR": _("Reading: “Daily Reflections”"),
    "FF": _("No perfume, please"),
    "G": _("For gay people"),
    "GR": _("Reading: “Grapevine”"),
    "H": _("Celebrates birthdays"),
    "L": _("For lesbian people"),
    "LGBTQ": _("LGBTQ"),
    "LGBTQIA": _("LGBTQ"),
    "LIT": _("Reading together"),
    "LS": _("Reading: “Living Sober”"),
    "M": _("For men"),
    "MED": _("Meditation"),
    "N": _("For Native American people"),
    "NB": _("For non-binary people"),
    "NDG": _("For Indigenous people"),
    "O": _("Open: anyone may come"),
    "ONL": _("Online"),
    "OUT": _("Outdoors"),
    "P": _("For professionals"),
    "POA": _("Gives proof of attendance"),
    "POC": _("For people of color"),
    "SEN": _("For older people"),
    "SM": _("Smoking is allowed"),
    "SP": _("A speaker tells their story"),
    "ST": _("Step study"),
    "T": _("For transgender people"),
    "TC": _("The place is closed for now"),
    "TR": _("Study of the traditions"),
    "W": _("For women"),
    "X": _("Wheelchair access"),
    "XB": _("Wheelchair-accessible bathroom"),
    "XT": _("People may answer each other"),
    "Y": _("For young people"),
}
_BMLT_WORDS: dict[str, Words] = {
    "AB": _("Questions drawn from a basket"),
    "AG": _("For people of any or no belief"),
    "ASL": _("American Sign Language"),
    "B": _("For newcomers"),
    "BK": _("Reading together"),
    "BL": _("In two languages"),
    "BT": _("Reading: the Basic Text"),
    "C": _("Closed: for people who want to stop"),
    "CH": _("Closed on holidays"),
    "CL": _("By candlelight"),
    "CP": _("Study of the concepts"),
    "CS": _("Children are welcome with an adult"),
    "CW": _("Children are welcome"),
    "D": _("People talk about a topic"),
    "FD": _("About the fifth and tenth steps"),
    "GL": _("LGBTQ"),
    "HY": pgettext_lazy("a meeting", "In person and online"),
    "ID": _("Bring an ID to get in"),
    "IL": _("About living with an illness"),
    "IP": _("Reading a pamphlet"),
    "IW": _("Reading: “It Works: How and Why”"),
    "JT": _("Reading: “Just for Today”"),
    "LC": _("Reading: “Living Clean”"),
    "M": _("For men"),
    "ME": _("Meditation"),
    "NC": _("Without children, please"),
    "NS": _("No smoking"),
    "O": _("Open: anyone may come"),
    "OE": _("Goes on until all have spoken"),
    "PI": _("Each speaker chooses the next"),
    "QA": _("Questions and answers"),
    "RA": _("The building limits who may come in"),
    "SO": _("Only a speaker talks"),
    "SP": _("A speaker tells their story"),
    "SPAD": _("Reading: “A Spiritual Principle a Day”"),
    "ST": _("Step study"),
    "TC": _("The place is closed for now"),
    "TI": _("Each person speaks for a set time"),
    "TO": _("People talk about a topic"),
    "TR": _("Study of the traditions"),
    "TW": _("Study of the traditions"),
    "VM": _("Online"),
    "W": _("For women"),
    "WC": _("Wheelchair access"),
    "WEB": _("Online"),
    "YP": _("For young people"),
}
#: said elsewhere on the page: how one comes, and that the place is closed
SAID = {"ONL", "HY", "VM", "WEB", "TC"}
#: the official list writes languages as types; the reading puts them among the languages
_LANGUAGES = (
    "AF AM AR BG DA DE EL EN FA FI FR HE HI HR HU IS ITA JA KA KOR LT ML MT NE NL NO POL POR PUN RUS S SK SL SV TH TL "
    "TUR UK"
)
LANGUAGE_CODES = frozenset(_LANGUAGES.split())


def type_words(format: str, codes: list[Any]) -> list[str]:
    """The types of a meeting in the reader's words, each once; a code that nobody knows stays as the list wrote it."""
    known = _BMLT_WORDS if format == BMLT else _GUIDE_WORDS
    languages = frozenset(BMLT_LANGUAGES) if format == BMLT else LANGUAGE_CODES
    shown = [str(code) for code in codes if str(code).upper() not in SAID | languages]
    return list(dict.fromkeys(str(known.get(code.upper(), code)) for code in shown))


def language_name(code: str) -> str:
    """ "es" → "Spanish"; a code that nobody knows stays."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
