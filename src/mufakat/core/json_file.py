"""JSON files in and out, with sentences for what can go wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mufakat.core.errors import MufakatError


class JsonFileFaulty(MufakatError):
    """A JSON file cannot be read or written; the sentence names file, line and remedy."""

    code = "berkas_json_keliru"


def load_json(path: Path) -> object:
    """The JSON in a file. Raises JsonFileFaulty."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise JsonFileFaulty(
            f"Berkas {path} tidak dapat dibuka: {error.strerror}. Periksa nama dan letaknya."
        ) from None
    except UnicodeDecodeError:
        raise JsonFileFaulty(f"Berkas {path.name} bukan teks UTF-8. Simpan ulang sebagai UTF-8.") from None
    except json.JSONDecodeError as error:
        raise JsonFileFaulty(
            f"Berkas {path.name} baris {error.lineno} kolom {error.colno}: bukan JSON yang benar ({error.msg}). "
            "Perbaiki tanda baca di sana."
        ) from None
    except (RecursionError, ValueError):
        raise JsonFileFaulty(f"Berkas {path.name} tidak dapat diurai. Periksa susunannya.") from None


def write_json(path: Path, answer: dict[str, Any]) -> None:
    """The answer as indented JSON. Raises JsonFileFaulty when it cannot be written."""
    try:
        path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise JsonFileFaulty(f"Hasil tidak dapat ditulis ke {path}: {error.strerror}. Pilih folder lain.") from None
