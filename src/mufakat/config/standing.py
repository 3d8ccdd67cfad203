"""What a database holds, in figures that must be the same before a backup and after a restore (rule 108)."""

from __future__ import annotations

from typing import Any

MONEY = ("value_requested", "value_verified", "value_agreed", "value_budgeted")


def standing() -> dict[str, Any]:
    """Rows per table, sums of money, hashes of documents, heads of the audit chains; plain data, stable order."""
    from django.apps import apps
    from django.db.models import Sum

    from mufakat.audit.models import Head
    from mufakat.documents.models import Document
    from mufakat.proposals.models import Proposal

    ours = [m for m in apps.get_models() if m.__module__.startswith("mufakat.")]
    sums = Proposal.objects.aggregate(**{name: Sum(name) for name in MONEY})
    documents = Document.objects.order_by("kabupaten", "kind", "subject", "version", "issued_at")
    return {
        "rows": {m._meta.db_table: m._default_manager.count() for m in sorted(ours, key=lambda m: m._meta.db_table)},
        "money": {name: int(amount or 0) for name, amount in sorted(sums.items())},
        "documents": [
            [d.number, d.version, d.state, d.snapshot_sha256, d.file_id or "", d.scan_id or ""] for d in documents
        ],
        "chains": [[h.kabupaten, h.sequence, h.digest] for h in Head.objects.order_by("kabupaten")],
    }


def faults() -> list[str]:
    """Every break of a chain and every document whose snapshot no longer has its hash; empty when all is whole."""
    from mufakat.audit.commands import chains, verify
    from mufakat.documents.models import Blob, Document
    from mufakat.documents.rules import digest

    found = [
        f"Rantai {kabupaten} baris {b.sequence}: {b.what}"
        for kabupaten in chains()
        for b in verify(kabupaten=kabupaten)
    ]
    found += [
        f"Dokumen {d} tidak cocok dengan sidiknya."
        for d in Document.objects.iterator()
        if digest(d.snapshot) != d.snapshot_sha256
    ]
    found += [
        f"Berkas {b.sha256} tidak cocok dengan sidiknya."
        for b in Blob.objects.iterator()
        if digest(bytes(b.content)) != b.sha256
    ]
    return found
