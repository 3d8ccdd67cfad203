"""Hashes and the form of numbers: what makes an issued document provable (rules 77, 79, 87)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

SCAN_TYPES: Mapping[bytes, tuple[str, str]] = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}
LARGEST_SCAN = 20 * 1024 * 1024
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./\-]{0,79}")


def canonical(snapshot: Any) -> str:
    """A frozen dataclass as JSON that is equal for equal content: sorted keys, no spaces, Decimal and dates as text."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    raise TypeError(f"{type(value).__name__} tidak dapat dibekukan dalam dokumen")


def digest(content: str | bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def is_number_well_formed(number: str) -> bool:
    """Whether a number is one line of letters, figures, dots, dashes and slashes: 050/12/437.114/2027."""
    return _NUMBER.fullmatch(number) is not None


def scan_type(content: bytes) -> tuple[str, str] | None:
    """Media type and suffix told from the first bytes, not from the file's name (rule 103); None when not accepted."""
    return next((kind for head, kind in SCAN_TYPES.items() if content.startswith(head)), None)
