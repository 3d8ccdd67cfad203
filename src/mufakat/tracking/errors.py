"""Expected refusals after the forum."""

from __future__ import annotations

from mufakat.core.errors import MufakatError


class Unanswerable(MufakatError):
    """An answer lacks what it needs; the sentence says what."""

    code = "jawaban_belum_lengkap"
