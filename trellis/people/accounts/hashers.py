from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """The only hasher, with one set of figures: an answer then takes as long for a name that nobody has."""

    memory_cost, time_cost, parallelism = settings.ARGON2
