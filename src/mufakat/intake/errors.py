"""Expected refusals of an import."""

from __future__ import annotations

from mufakat.core.errors import MufakatError


class ImportRefused(MufakatError):
    """The import cannot be made; the sentence says why."""

    code = "impor_ditolak"
