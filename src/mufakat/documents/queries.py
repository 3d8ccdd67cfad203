"""Documents by what they prove."""

from __future__ import annotations

from django.db.models import Q

from mufakat.documents.labels import PROOFS
from mufakat.documents.models import Document


def bearing(sha256: str) -> list[tuple[Document, str]]:
    """Versions whose snapshot, printed file or signed scan has this hash, newest first, with which of them it is."""
    found = Document.objects.filter(Q(snapshot_sha256=sha256) | Q(file_id=sha256) | Q(scan_id=sha256))
    return [(d, _what(d, sha256)) for d in found.order_by("-issued_at", "-version")]


def _what(document: Document, sha256: str) -> str:
    if document.snapshot_sha256 == sha256:
        return PROOFS["snapshot"]
    return PROOFS["file" if document.file_id == sha256 else "scan"]
