"""Hashes, numbers and scans of issued documents (rules 77, 79, 87, 103)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mufakat.documents.rules import canonical, digest, is_number_well_formed, scan_type


@dataclass(frozen=True)
class Paper:
    title: str
    day: date
    at: datetime
    volume: Decimal
    lines: tuple[tuple[str, int], ...]


PAPER = Paper("Ima'an – “uji”", date(2027, 2, 3), datetime(2027, 2, 3, 9, tzinfo=UTC), Decimal("1.50"), (("a", 1),))


def test_canonical_is_the_whole_content_in_one_form():
    assert canonical(PAPER) == (
        '{"at":"2027-02-03T09:00:00+00:00","day":"2027-02-03","lines":[["a",1]],'
        '"title":"Ima\'an – “uji”","volume":"1.50"}'
    )
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


def test_digest_is_sha256():
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest("é") == digest("é".encode())


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("050/12/437.114/2027", True),
        ("7", True),
        ("", False),
        (" 7", False),
        ("050\n12", False),
        ("x" * 81, False),
        ("<b>", False),
    ],
)
def test_number_is_one_plain_line(number, answer):
    assert is_number_well_formed(number) is answer


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"%PDF-1.7\n", ("application/pdf", "pdf")),
        (b"\xff\xd8\xff\xe0", ("image/jpeg", "jpg")),
        (b"\x89PNG\r\n\x1a\n", ("image/png", "png")),
        (b"MZ", None),
        (b"<svg", None),
        (b"", None),
    ],
)
def test_scan_type_comes_from_the_content(content, answer):
    assert scan_type(content) == answer
