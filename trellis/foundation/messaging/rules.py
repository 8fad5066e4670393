"""When a message is tried again, and what no message may say. Pure."""

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 8
LEASE = timedelta(seconds=60)


class Why(StrEnum):
    """Why a message was set aside."""

    TRIES = "tries"  # the mail server did not take it, eight times
    WITHHELD = "withheld"  # nobody could say that it may go
    CONSENT = "consent"  # no consent in force names whoever would read it
    NOT_THIS_WAY = "not_this_way"  # they no longer let us reach them at this address
    ONE_WAY = "one_way"  # they asked for one way only, and a machine cannot know whether this is it
    DIED = "died"  # whoever it is for has died
    OVER = "over"  # what it leads to is over: a link that was used, a sign-in that was closed
    REVEALS = "reveals"  # its words would tell a stranger too much
    NO_SENDER = "no_sender"  # nothing here can send on this channel
    UNSURE = "unsure"  # the worker died while sending: it may or may not have gone out


def wait_after(tries: int) -> timedelta:
    """In: how often it was tried (1 or more). Out: 1, 4, 16, 64, 256 minutes, then six hours."""
    if tries < 1:
        raise ValueError("nothing was tried yet")
    return min(FIRST_WAIT * int(4 ** min(tries - 1, 6)), LONGEST_WAIT)


def is_given_up(tries: int) -> bool:
    return tries >= MOST_TRIES


def why_not_again(channel: str, tries: int) -> Why | None:
    """In: channel and tries of a message whose worker died while sending. Out: why it is set aside, None: try again.

    A repeated mail is merged by its id; nothing merges a repeated text message, so that one waits for a person.
    """
    if channel == "sms":
        return Why.UNSURE
    return Why.TRIES if is_given_up(tries) else None


def is_addressed(addressee: str, *, about: str, tells: bool) -> bool:
    """In: to whom a kind goes, whom this message is about, whether it says what it tells whom. Out: is that enough?

    To somebody else: about whom, and what it tells whom (42 CFR 2.31(a)). To themselves: about whom. To people at
    work: whose message it is, where they have a sign-in. About nobody: to strangers. Nothing more than that.
    """
    if addressee == "somebody":
        return bool(about) and tells
    return not tells and {"self": bool(about), "staff": True, "stranger": not about}[addressee]


def message_id(key: str, host: str) -> str:
    """The same message has the same id however often it is sent: a mail program shows it once."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{host}>"


#: Words that tell whoever reads a message over a shoulder what it is about. English and Spanish, beginnings of words.
REVEALING = (
    "clinic", "clínic", "substance", "sustancia", "program", "treatment", "tratamiento", "therap", "terap", "counsel",
    "consejer", "rehab", "recover", "recupera", "addict", "adict", "alcohol", "drug", "drog", "opioid", "opiáce",
    "methadone", "metadona", "buprenorphine", "buprenorfina", "suboxone", "naltrexon", "vivitrol", "naloxon", "cocain",
    "cocaín", "heroin", "heroín", "fentan", "meth ", "metanfetamin", "methamphetamin", "cannabis", "marijuana",
    "marihuana", "sober", "sobri", "detox", "desintoxica", "relapse", "recaída", "overdose", "sobredosis", "diagnos",
    "patient", "paciente", "client", "medic", "médic", "hospital", "attendance", "asistencia", "outpatient", "iop",
    "12-step", "twelve step", "doce pasos", "sponsor", "padrino", "madrina", "mental", "psych", "psicol", "group",
    "grupo", "probation", "diagnóst",
)  # fmt: skip
_URL = re.compile(r"https?://\S+")
_REVEALING = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in REVEALING) + r")\w*", re.IGNORECASE)


def revealing_words(text: str, names: Iterable[str] = ()) -> list[str]:
    """In: a message's text, and names that it must not say. Out: what in it would tell a stranger, in order.

    Addresses of pages are left out: they are judged where they are made. Source: 42 CFR 2.13(c).
    """
    plain = _URL.sub(" ", text)
    found = [match.group(0).strip() for match in _REVEALING.finditer(plain)]
    said = [name for name in names if name and re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE)]
    return found + said
