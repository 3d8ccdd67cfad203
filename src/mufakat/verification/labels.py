"""Words of verification for screens."""

from __future__ import annotations

from mufakat.verification.rules import Check, Verdict

VERDICTS: dict[Verdict, str] = {
    Verdict.ADMIT: "Loloskan ke daftar forum",
    Verdict.RETURN: "Kembalikan untuk dilengkapi",
    Verdict.REFUSE: "Nyatakan tidak layak",
}
CHECKS: dict[Check, str] = {
    Check.AUTHORITY: "Kewenangan",
    Check.PLACE: "Lokasi",
    Check.VOLUME: "Volume",
    Check.PRICE: "Harga",
    Check.PAPERS: "Dokumen",
    Check.DOUBLE: "Usulan ganda",
}
