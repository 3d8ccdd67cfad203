"""Money is whole rupiah (int). Formatting follows Indonesian convention: Rp10.500.000."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from mufakat.core.words import number_in_words


def thousands(number: int) -> str:
    """Whole number with dot separators: 10500000 → "10.500.000"."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """Amount with its currency sign: 10500000 → "Rp10.500.000"; negative → "-Rp1.000"."""
    return ("-" if amount < 0 else "") + "Rp" + thousands(abs(amount))


def rupiah_in_words(amount: int) -> str:
    """Amount in words with its unit: 1500 → "seribu lima ratus rupiah"."""
    return number_in_words(amount) + " rupiah"


def quantity(volume: Decimal) -> str:
    """Volume with decimal comma and dot separators, no trailing zeros: Decimal("1234.50") → "1.234,5"."""
    whole, _, fraction = f"{volume:f}".partition(".")
    fraction = fraction.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + thousands(int(digits)) + ("," + fraction if fraction else "")


def decimal_text(value: Fraction | Decimal | int, places: int = 2) -> str:
    """A number with decimal comma, halves up, no trailing zeros: Fraction(11, 3) → "3,67"."""
    exact = Fraction(value)
    scaled = (2 * abs(exact) * 10**places + 1) // 2
    text = quantity(Decimal(int(scaled)).scaleb(-places))
    return f"-{text}" if exact < 0 and scaled else text
