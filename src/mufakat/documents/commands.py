"""Issue, file, sign, lock, void. Called from a command above, which has decided who may and writes the audit line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from mufakat.core.errors import MufakatError, Sentence
from mufakat.documents import rules
from mufakat.documents.models import Blob, Document
from mufakat.documents.states import DocumentAction, DocumentState


class WrongNumber(MufakatError):
    """The number cannot be used."""

    code = "nomor_dokumen"


class WrongScan(MufakatError):
    """The signed scan cannot be accepted."""

    code = "pindaian_ditolak"


@transaction.atomic
def issue(
    *,
    kabupaten: str,
    kind: str,
    subject: str,
    register: str,
    number: str,
    title: str,
    snapshot: Any,
    by: str,
    at: datetime,
    reason: str = "",
) -> Document:
    """Freeze `snapshot` (a dataclass) as the next version of a document and give it its number.

    The version before stays in force until the new one is locked. Raises WrongNumber where the number is
    malformed or taken.
    """
    valid = _of(kabupaten, kind, subject).exclude(state=DocumentState.VOIDED.value)
    version = valid.select_for_update().count() + 1
    _check_number(kabupaten, kind, subject, register, number)
    text = rules.canonical(snapshot)
    return Document.objects.create(
        kabupaten=kabupaten,
        kind=kind,
        subject=subject,
        register=register,
        number=number,
        version=version,
        title=title,
        snapshot=text,
        snapshot_sha256=rules.digest(text),
        state=DocumentState.FINAL.value,
        reason=reason,
        issued_at=at,
        issued_by=by,
    )


def _of(kabupaten: str, kind: str, subject: str) -> Any:
    return Document.objects.filter(kabupaten=kabupaten, kind=kind, subject=subject)


def _check_number(kabupaten: str, kind: str, subject: str, register: str, number: str) -> None:
    if not rules.is_number_well_formed(number):
        raise WrongNumber(
            Sentence(
                "Nomor “%(number)s” tidak dapat dipakai. Isi satu baris huruf, angka, titik, garis miring, misalnya "
                "400.10/12/437.114/2027.",
                number=number,
            )
        )
    taken = Document.objects.filter(kabupaten=kabupaten, kind=kind, register=register, number=number)
    if taken.exclude(Q(subject=subject) & ~Q(state=DocumentState.VOIDED.value)).exists():
        raise WrongNumber(
            Sentence(
                "Nomor %(number)s sudah dipakai dokumen lain tahun ini. Ambil nomor berikutnya dari buku agenda.",
                number=number,
            )
        )


def file(*, document: Document, content: bytes) -> Document:
    """Keep the printed file of a document, once; later calls leave the first in place."""
    if document.file_id is None:
        document.file = keep(kabupaten=document.kabupaten, media_type="application/pdf", content=content)
        document.save(update_fields=["file"])
    return document


@transaction.atomic
def attach_scan(*, document: Document, content: bytes, at: datetime) -> Document:
    """Attach the signed scan (PDF, JPEG or PNG by content, at most 20 MB); raises WrongScan."""
    scan = keep_scan(kabupaten=document.kabupaten, content=content)
    document.move(DocumentAction.ATTACH_SCAN)
    document.scan = scan
    document.signed_at = at
    document.save(update_fields=["state", "scan", "signed_at"])
    return document


def lock(*, document: Document, at: datetime) -> Document:
    """Lock a signed document for good; the version before is revised by it (rules 86, 87).

    Raises NotPossible before it is signed.
    """
    document.move(DocumentAction.LOCK)
    document.locked_at = at
    document.save(update_fields=["state", "locked_at"])
    before = _of(document.kabupaten, document.kind, document.subject).filter(state=DocumentState.LOCKED.value)
    for earlier in before.exclude(pk=document.pk):
        earlier.move(DocumentAction.REVISE)
        earlier.save(update_fields=["state"])
    return document


def void(*, document: Document, reason: str) -> Document:
    """Void a document nobody has signed; its number stays taken and the reason is kept (rule 121)."""
    document.move(DocumentAction.VOID)
    document.reason = reason
    document.save(update_fields=["state", "reason"])
    return document


def keep_scan(*, kabupaten: str, content: bytes) -> Blob:
    """Keep a scan that is PDF, JPEG or PNG by its content and at most 20 MB; raises WrongScan (rule 103)."""
    kind = rules.scan_type(content)
    if kind is None:
        raise WrongScan("Berkas bukan PDF, JPEG atau PNG. Pindai dokumen bertanda tangan ke PDF, lalu unggah lagi.")
    if len(content) > rules.LARGEST_SCAN:
        raise WrongScan("Berkas lebih dari 20 MB. Pindai dengan ketelitian lebih rendah (200 dpi), lalu unggah lagi.")
    return keep(kabupaten=kabupaten, media_type=kind[0], content=content)


def keep(*, kabupaten: str, media_type: str, content: bytes) -> Blob:
    """Keep bytes under their hash; the same bytes are kept once."""
    blob, _ = Blob.objects.get_or_create(
        sha256=rules.digest(content),
        defaults={"kabupaten": kabupaten, "media_type": media_type, "content": content, "size": len(content)},
    )
    return blob
