"""NIK, family-card and phone numbers never leave a cell (rule 110)."""

from __future__ import annotations

import re

MASK = "[disamarkan]"
_LONG = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){15}(?![\d.,]?\d)")
_PHONE = re.compile(r"(?<![\d.,])(?:\+\s?62|\(?0)[ .-]?8\d{1,3}\)?(?:[ .-]?\d){5,10}(?!\d)")
_LANDLINE = re.compile(
    r"(?:telp?|hp|wa|phone|fax)\.?\s*:?\s*(?:\(?0\d{2,3}\)?)[ .-]?\d(?:[ .-]?\d){4,8}", re.IGNORECASE
)


def mask(text: str) -> str:
    """The text with private numbers replaced by "[disamarkan]"; money, volumes and coordinates stay."""
    if sum(c.isdigit() for c in text) < 8:
        return text
    for pattern in (_LONG, _PHONE, _LANDLINE):
        text = pattern.sub(MASK, text)
    return text
