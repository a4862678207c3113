"""The cost of checking a password."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's recommended minimum: 19 MiB, two passes, one lane.

    About 20 ms of a core. Django's default took 220-340 ms, and on the day three thousand
    people fetch their certificates, logins are the heaviest work of the server.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
