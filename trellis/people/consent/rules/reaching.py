"""May a message still reach the client in this way? Pure."""

import re
from dataclasses import dataclass

HOME = "1"  # the country code that people here leave out
HOME_LENGTH = 10


@dataclass(frozen=True)
class Ways:
    """How a client lets us reach them, as it stands now."""

    emails: frozenset[str]
    telephone: str
    may_text: bool


def is_agreed(ways: Ways, channel: str, to: str) -> bool:
    """In: the ways, `mail` or `sms`, an address or number. Out: do they let us use this one? (45 CFR 164.522(b))

    An email is agreed while it stands in their record or opens their sign-in; a text while they tick texts and the
    number is theirs. A channel that nobody knows is not agreed.
    """
    if channel == "mail":
        return _folded(to) in {_folded(one) for one in ways.emails if one.strip()}
    return channel == "sms" and ways.may_text and bool(_digits(to)) and _digits(to) == _digits(ways.telephone)


def _folded(address: str) -> str:
    return address.strip().casefold()


def _digits(number: str) -> str:
    found = re.sub(r"\D", "", number)
    return found[1:] if len(found) == HOME_LENGTH + 1 and found.startswith(HOME) else found
