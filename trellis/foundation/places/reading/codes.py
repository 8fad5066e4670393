"""Codes of types and languages: the official list of the Meeting Guide, and how BMLT names languages."""

import re
from functools import lru_cache
from typing import Any

from trellis.foundation.places.reading.text import as_text, cut, line

#: the official codes, upper-cased as the contract wants them
OFFICIAL = frozenset({
    "11", "12X12", "A", "ABSI", "AF", "AL", "AL-AN", "AM", "AR", "ASL", "B", "BA", "BE", "BG", "BI", "BRK", "C",
    "CAN", "CF", "D", "DA", "DB", "DD", "DE", "DR", "EL", "EN", "FA", "FI", "FF", "FR", "G", "GR", "H", "HE", "HI",
    "HR", "HU", "IS", "ITA", "JA", "KA", "KOR", "L", "LGBTQ", "LIT", "LS", "LT", "M", "MED", "ML", "MT", "N", "NB",
    "NDG", "NE", "NL", "NO", "O", "OUT", "P", "POA", "POC", "POL", "POR", "PUN", "RUS", "S", "SEN", "SK", "SL", "SM",
    "SP", "ST", "SV", "T", "TC", "TH", "TL", "TR", "TUR", "UK", "W", "X", "XB", "XT", "Y",
})  # fmt: skip
CLOSED = "TC"
CLOSED_WORDS = {CLOSED, "TEMPORARILY CLOSED"}
#: codes of the official list that are languages → ISO 639
LANGUAGES = {
    "AF": "af", "AM": "am", "AR": "ar", "ASL": "ase", "BG": "bg", "DA": "da", "DE": "de", "EL": "el", "EN": "en",
    "FA": "fa", "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is", "ITA": "it",
    "JA": "ja", "KA": "ka", "KOR": "ko", "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no",
    "POL": "pl", "POR": "pt", "PUN": "pa", "RUS": "ru", "S": "es", "SK": "sk", "SL": "sl", "SV": "sv", "TH": "th",
    "TL": "tl", "TUR": "tr", "UK": "uk",
}  # fmt: skip
#: BMLT says of a format that it is a language; which one stands in its English name
_NAMES = {
    "afrikaans": "af", "american sign language": "ase", "amharic": "am", "arabic": "ar", "asl": "ase",
    "armenian": "hy", "bulgarian": "bg", "cantonese": "yue", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "deutsch": "de", "dutch": "nl", "english": "en", "espanol": "es", "español": "es", "farsi": "fa",
    "finnish": "fi", "français": "fr", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "icelandic": "is", "italian": "it", "italiano": "it", "japanese": "ja", "korean": "ko",
    "lithuanian": "lt", "malayalam": "ml", "mandarin": "cmn", "nepali": "ne", "norwegian": "no", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "portugués": "pt", "português": "pt", "punjabi": "pa", "russian": "ru",
    "slovak": "sk", "spanish": "es", "swedish": "sv", "tagalog": "tl", "thai": "th", "turkish": "tr",
    "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
#: the keys that BMLT itself ships, for a source that names formats and does not define them
SHIPPED = {"ES": ("es",), "ENG": ("en",), "FIN": ("fi",), "PER": ("fa",), "L/R": ("lt", "ru")}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
MOST_OF_A_CODE = 40


def codes_in(value: Any) -> tuple[list[str], list[Any]]:
    """The codes of a list or of a text (`C`, `[open]`, `O,D`), in the source's case, each once; and what is no code."""
    if isinstance(value, str):
        value = re.split(r"[,;|]", value.strip().strip("[]"))
    found: dict[str, None] = {}
    strange = []
    for one in value if isinstance(value, list) else [value]:
        code = _code(as_text(one))
        if code:
            found[code] = None
        elif one is not None and one != "":
            strange.append(one)
    return list(found), strange


@lru_cache(maxsize=1000)
def _code(text: str) -> str:
    return cut(line(text).strip("\"'[] "), MOST_OF_A_CODE)


def language_tag(value: Any) -> str:
    """`en`, `EN` and `en_US` as a language tag; "" for what is none."""
    text = as_text(value).strip()
    if not _TAG.fullmatch(text):
        return ""
    first, *rest = re.split("[-_]", text)
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def languages_named(name: str) -> tuple[str, ...]:
    """`Lithuanian/Russian` → lt, ru: every language that an English name of a format names."""
    words = re.split(r"[^\w]+", name.casefold())
    whole = _NAMES.get(name.casefold().strip())
    return (whole,) if whole else tuple(dict.fromkeys(_NAMES[word] for word in words if word in _NAMES))
