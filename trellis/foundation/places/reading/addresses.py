"""Where a meeting is: an address in one line taken apart, and which words name no place at all."""

import re
from dataclasses import dataclass
from functools import lru_cache

#: code → name of the states, the District and the territories that have ZIP codes
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip
PROVINCES = {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"}
_CODES = {name.casefold(): code for code, name in STATES.items()}
UNITED_STATES = {"us", "usa", "u.s.", "u.s.a.", "united states", "united states of america", "estados unidos"}
_AMERICAN = UNITED_STATES | {"canada"}
_COUNTRIES = _AMERICAN | {
    "argentina", "australia", "austria", "belgium", "brazil", "chile", "colombia", "costa rica", "denmark",
    "deutschland", "el salvador", "england", "españa", "finland", "france", "germany", "greece", "guatemala",
    "honduras", "iceland", "india", "iran", "ireland", "israel", "italia", "italy", "japan", "mexico", "méxico",
    "netherlands", "new zealand", "nicaragua", "norway", "österreich", "panama", "poland", "portugal", "scotland",
    "schweiz", "south africa", "spain", "sweden", "switzerland", "uk", "united kingdom", "wales",
}  # fmt: skip
_STATE = re.compile(r"([A-Za-z][A-Za-z. ]+?)(?:\s+([0-9]{5}(?:-[0-9]{4})?|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]))?")
#: what stands before a city without a number in it and is a street nevertheless
_STREET = re.compile(
    r"\b(?:st|street|ave?|avenue|rd|road|blvd|boulevard|hwy|highway|route|way|dr|drive|ln|lane|pl|place|ct|court|pkwy|"
    r"parkway|cir|circle|ter|terrace|trl|trail|sq|square|plaza|broadway|building|bldg|calle|avenida|camino|paseo|rue|"
    r"via|platz|weg)\b|\w(?:straße|strasse|str\.|weg|platz)|&",
    re.IGNORECASE,
)
_POSTAL_FIRST = re.compile(r"([0-9]{4,5})\s+(\D.*)")
_ONLINE = re.compile(
    r"(?:an? )?(?:zoom|online|on-line|virtual|phone|telephone|skype|teams|google meet|en línea|internet|web)"
    r"(?: (?:meeting|only|zoom|room|group))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a place as a source writes them; "" where it says nothing."""

    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    #: a city or a county is named, so that even approximate coordinates say in which zone it is
    narrow: bool = False


@lru_cache(maxsize=5000)
def is_online_word(text: str) -> bool:
    """`Zoom`, `Online meeting`: the name of a way in, where a source has a field for a place."""
    return bool(_ONLINE.fullmatch(text))


def state_code(text: str) -> str:
    """CA for `CA`, `ca` and `California`; "" for what is no state of the United States."""
    code = text.upper() if len(text) == 2 else _CODES.get(text.casefold(), "")
    return code if code in STATES else ""


def is_american(state: str, country: str) -> bool:
    return bool(state_code(state)) and (not country or country.casefold() in UNITED_STATES)


@lru_cache(maxsize=5000)  # many rows, few addresses
def taken_apart(text: str) -> Address:
    """`3186 Pullman St, Costa Mesa, CA 92626, USA` in its parts. What stands before the city is the street."""
    parts = [part for part in (one.strip() for one in text.split(",")) if part]
    country = parts.pop() if parts and parts[-1].casefold() in _COUNTRIES else ""
    found = _state_at_end(parts, country)
    if found:
        before, (state, postal) = parts[:-1], found
        narrow = bool(before)
        while before and is_county(before[-1]):
            before.pop()
        city = before.pop() if before else ""
        return Address(_street(", ".join(before)), city, state, postal, country, narrow)
    return _elsewhere(parts, country)


def is_county(text: str) -> bool:
    return text.casefold().endswith(" county")


def _street(text: str) -> str:
    """What stands before a city, where it is a street; "Hollywood" before Los Angeles is none."""
    return text if any(char.isdigit() for char in text) or _STREET.search(text) else ""


def _state_at_end(parts: list[str], country: str) -> tuple[str, str] | None:
    found = _STATE.fullmatch(parts[-1]) if parts else None
    if not found or (country and country.casefold() not in _AMERICAN):
        return None
    code = state_code(found[1]) or (found[1] if found[1] in PROVINCES else "")
    # `Georgia` with nothing before or behind it may be a country.
    return (code, found[2] or "") if code and (len(parts) > 1 or found[2] or country or len(found[1]) == 2) else None


def _elsewhere(parts: list[str], country: str) -> Address:
    """Other countries write the postal code before the city, or nowhere."""
    if not parts:
        return Address(country=country)
    if len(parts) == 1:
        alone = parts[0]
        if not country and re.match(r"[0-9]{1,4}[A-Za-z]?\s+\D", alone):
            return Address(street=alone)
        return _city(alone, "", country)
    street, rest = ", ".join(parts[:-1]), parts[-1]
    if _POSTAL_FIRST.fullmatch(street) and not _STREET.search(street) and len(street.split()[0]) == 5:
        return _city(street, "", country)  # 22000 Tijuana, Baja California
    if any(char.isdigit() for char in rest) or _street(street):
        return _city(rest, _street(street), country)
    return _city(parts[0], "", country)


def _city(text: str, street: str, country: str) -> Address:
    found = _POSTAL_FIRST.fullmatch(text)
    postal, city = (found[1], found[2]) if found else ("", text)
    return Address(street, city, "", postal, country, narrow=True)
