"""Whole numbers in Indonesian words, as official documents spell them."""

from __future__ import annotations

_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
LARGEST = 10**15 - 1


def number_in_words(number: int) -> str:
    """Spell an integer in lower-case Indonesian: 2022 → "dua ribu dua puluh dua".

    Follows the standard spelling with its contractions (sepuluh, sebelas, seratus, seribu; but
    "satu juta"). Raises ValueError beyond ±999 triliun.
    """
    if abs(number) > LARGEST:
        raise ValueError(f"bilangan {number} di luar jangkauan terbilang (±{LARGEST})")
    if number < 0:
        return "minus " + number_in_words(-number)
    for scale, name in _SCALES:
        if number >= scale:
            head, rest = divmod(number, scale)
            words = "seribu" if name == "ribu" and head == 1 else f"{number_in_words(head)} {name}"
            return words if rest == 0 else f"{words} {number_in_words(rest)}"
    return _below_thousand(number)


def _below_thousand(number: int) -> str:
    if number >= 100:
        head, rest = divmod(number, 100)
        words = "seratus" if head == 1 else f"{_UNITS[head]} ratus"
        return words if rest == 0 else f"{words} {_below_thousand(rest)}"
    if number >= 20:
        head, rest = divmod(number, 10)
        words = f"{_UNITS[head]} puluh"
        return words if rest == 0 else f"{words} {_UNITS[rest]}"
    if number >= 12:
        return f"{_UNITS[number - 10]} belas"
    return {10: "sepuluh", 11: "sebelas"}.get(number) or _UNITS[number]
