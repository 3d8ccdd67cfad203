"""Words of verification for screens."""

from __future__ import annotations

from mufakat.verification.rules import Check

CHECKS: dict[Check, str] = {
    Check.AUTHORITY: "Kewenangan",
    Check.PLACE: "Lokasi",
    Check.VOLUME: "Volume",
    Check.PRICE: "Harga",
    Check.PAPERS: "Dokumen",
    Check.DOUBLE: "Usulan ganda",
}
