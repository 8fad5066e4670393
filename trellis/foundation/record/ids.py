import secrets
from base64 import b32encode

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: readable aloud, spells nothing
LENGTH = 16
_SPELT = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())


def new_public_id() -> str:
    """80 random bits: what a URL shows instead of a row number."""
    return b32encode(secrets.token_bytes(10)).translate(_SPELT).decode()
