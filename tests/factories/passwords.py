"""Passwords kept as the installation keeps them, but quickly: no test is about the time it takes to guess one."""

from mufakat.people.passwords import Argon2


class QuickArgon2(Argon2):
    """The same algorithm and format with the least it takes."""

    time_cost = 1
    memory_cost = 8
