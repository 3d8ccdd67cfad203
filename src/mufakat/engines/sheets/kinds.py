"""What a file really is, by its content, and who parses it. The name on the outside is not asked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused

Sheets = list[dict[str, Any]]

_SIGNATURES = (
    (b"%PDF", "dokumen PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "foto JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"BM", "gambar BMP"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"{\\rtf", "dokumen RTF"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "basis data SQLite"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def parse(data: bytes, limits: Limits) -> tuple[str, Sheets]:
    """The kind of file and its sheets. Raises Refused."""
    if not data:
        raise Refused("berkas_kosong")
    if data.startswith(_OLE2):
        return "xls", _parse_ole2(data, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _parse_zip(data, limits)
    if data.startswith(_OLD_BIFF):
        raise Refused("format_lama", actual="Excel sangat lama (sebelum 1997)")
    for signature, actual in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and _is_text(data)):
            raise Refused("bukan_lembar_kerja", actual=actual)
    return _parse_text(data, limits)


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:4096]


def _parse_ole2(data: bytes, limits: Limits) -> Sheets:
    from mufakat.engines.sheets import grids

    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        raise Refused("berkas_bersandi")
    if _utf16("Workbook") not in data and _utf16("Book") not in data:
        actual = "dokumen Word lama (.doc)" if _utf16("WordDocument") in data else "dokumen Office lama"
        raise Refused("format_lama", actual=actual)
    return grids.from_xls(data, limits)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _parse_zip(data: bytes, limits: Limits) -> tuple[str, Sheets]:
    from mufakat.engines.sheets import guard

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            guard.check_sizes(archive, limits)
            return _parse_package(archive, names, data, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, OSError) as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise Refused("berkas_bersandi") from None
        raise Refused("berkas_rusak", detail="kemasan ZIP tidak utuh") from None


def _parse_package(archive: zipfile.ZipFile, names: set[str], data: bytes, limits: Limits) -> tuple[str, Sheets]:
    from mufakat.engines.sheets import grids

    if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return "xlsx", grids.from_xlsx(archive, data, limits)
    if any(name.startswith("word/document") for name in names):
        from mufakat.engines.sheets import word_tables

        return "docx", word_tables.parse(archive, limits)
    if "content.xml" in names:
        return "ods", grids.from_ods(archive, data, limits)
    if "xl/workbook.bin" in names:
        raise Refused("format_lama", actual="Excel biner (.xlsb)")
    actual = "presentasi PowerPoint" if any(name.startswith("ppt/") for name in names) else "arsip ZIP"
    raise Refused("bukan_lembar_kerja", actual=actual)


def _parse_text(data: bytes, limits: Limits) -> tuple[str, Sheets]:
    from mufakat.engines.sheets import text_tables

    text = text_tables.decode(data)
    start = text[:2000].lstrip("\ufeff \r\n\t").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        from mufakat.engines.sheets import markup_tables

        return "xml2003", markup_tables.parse_xml2003(data, limits)
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<body", "<style")) or (
        "<table" in start and start.startswith("<")
    ):
        from mufakat.engines.sheets import markup_tables

        return "html", markup_tables.parse_html(text, limits)
    if start.startswith(("<?xml", "<!doctype")):
        raise Refused("bukan_lembar_kerja", actual="dokumen XML")
    return "csv", text_tables.parse(text, limits)
