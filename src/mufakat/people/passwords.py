"""Argon2id with modest parameters: fifty sign-ins at a deadline must not take the machine down."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """OWASP's smallest set: 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


EXAMPLE_PASSWORD = "contoh-mufakat"  # noqa: S105  # of every account of a demonstration, and of no other
