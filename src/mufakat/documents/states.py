"""The life of an issued document (domain §8.2). A draft is never stored: it has no number and no version (rule 77)."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.machine import Machine


class DocumentState(StrEnum):
    """Standing of one version of a document."""

    FINAL = "final"
    SIGNED = "ditandatangani"
    LOCKED = "dikunci"
    REVISED = "direvisi"
    VOIDED = "dibatalkan"


class DocumentAction(StrEnum):
    """What may happen to one version of a document."""

    ATTACH_SCAN = "lampirkan_bertanda_tangan"
    LOCK = "kunci"
    REVISE = "ganti_versi"
    VOID = "batalkan"


_S, _A = DocumentState, DocumentAction
DOCUMENT: Machine[DocumentState, DocumentAction] = Machine(
    {
        (_S.FINAL, _A.ATTACH_SCAN): _S.SIGNED,
        (_S.FINAL, _A.VOID): _S.VOIDED,
        (_S.SIGNED, _A.ATTACH_SCAN): _S.SIGNED,
        (_S.SIGNED, _A.LOCK): _S.LOCKED,
        (_S.LOCKED, _A.REVISE): _S.REVISED,
    }
)
