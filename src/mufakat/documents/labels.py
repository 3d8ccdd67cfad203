"""Words of documents for screens."""

from __future__ import annotations

from mufakat.documents.states import DocumentState

STATES: dict[DocumentState, str] = {
    DocumentState.FINAL: "Terbit, menunggu tanda tangan",
    DocumentState.SIGNED: "Ditandatangani, belum dikunci",
    DocumentState.LOCKED: "Dikunci, berlaku",
    DocumentState.REVISED: "Digantikan versi berikutnya",
    DocumentState.VOIDED: "Dibatalkan",
}
PROOFS: dict[str, str] = {
    "snapshot": "Data yang dibekukan",
    "file": "Berkas cetak",
    "scan": "Pindaian bertanda tangan",
}
"""What of a document a hash belongs to."""
