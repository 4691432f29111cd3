"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ClassroomArgon2PasswordHasher(Argon2PasswordHasher):
    """argon2id at OWASP's minimum: 19 MiB, two passes, one lane.

    A class of sixty signs in within the same minute; Django's default (100 MiB, eight lanes)
    would take a third of a second and a core for each of them.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
