import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: readable aloud, spells nothing
LENGTH = 16


def new_public_id() -> str:
    """80 random bits: what a URL shows instead of a row number."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
