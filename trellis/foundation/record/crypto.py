"""Texts that lie encrypted at rest: drafts, second-factor secrets. The key stands outside the database."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from trellis.foundation.record import keys


class CannotOpen(Exception):
    pass


@lru_cache(maxsize=16)
def _fernet(held: keys.Keys) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in held])


def seal(text: str) -> str:
    return _fernet(keys.current()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _fernet(keys.current()).decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise CannotOpen("no key of this installation opens the text") from fault


def seal_anew(sealed: str) -> str:
    """The same text, under the first key."""
    try:
        return _fernet(keys.current()).rotate(sealed.encode()).decode()
    except InvalidToken as fault:
        raise CannotOpen("no key of this installation opens the text") from fault


def opened_by(sealed: str, held: keys.Keys) -> str | None:
    """The key that opens it, or None where none does."""
    return next((key for key in held if _opens(key, sealed)), None)


def _opens(key: str, sealed: str) -> bool:
    try:
        _fernet((key,)).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
