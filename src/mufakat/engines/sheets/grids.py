"""XLSX, XLS and ODS through calamine, after the stream checks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from mufakat.engines.sheets import guard
from mufakat.engines.sheets.guard import Extent
from mufakat.engines.sheets.model import Limits
from mufakat.engines.sheets.refusals import Refused


def from_xlsx(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Every worksheet; sizes of all worksheet parts are checked, named or not."""
    extents: dict[str, Extent] = {}
    seen = set()
    for name, part in guard.sheet_parts(archive):
        extents[name] = guard.scan_xlsx(archive, part, name, limits)
        seen.add(part)
    for part in archive.namelist():
        if part.lower().startswith("xl/worksheets/") and part.endswith(".xml") and part not in seen:
            guard.scan_xlsx(archive, part, part, limits)
        elif part.lower().endswith("sharedstrings.xml"):
            guard.check_xml(archive, part, limits, cell="si")
    _check_together(extents, limits)
    return _from_calamine(data, limits, extents)


def from_ods(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Every table of an OpenDocument spreadsheet; a text document says what it is."""
    if "META-INF/manifest.xml" in archive.namelist():
        manifest = archive.read("META-INF/manifest.xml")[: 1024 * 1024]
        if b"encryption-data" in manifest:
            raise Refused("berkas_bersandi")
    mimetype = archive.read("mimetype")[:200] if "mimetype" in archive.namelist() else b""
    if b"opendocument.text" in mimetype:
        raise Refused("bukan_lembar_kerja", actual="dokumen teks OpenDocument (.odt)")
    extents = guard.scan_ods(archive, limits)
    _check_together(extents, limits)
    return _from_calamine(data, limits, extents)


def from_xls(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Every worksheet of an Excel 97-2003 workbook. Its grid cannot exceed 65,536 × 256, so the child's memory
    limit is the guard."""
    return _from_calamine(data, limits, {})


def _check_together(extents: dict[str, Extent], limits: Limits) -> None:
    if sum(extent.area() for extent in extents.values()) > limits.cells:
        raise Refused("terlalu_banyak_sel", limit=str(limits.cells))


def _from_calamine(data: bytes, limits: Limits, extents: dict[str, Extent]) -> list[dict[str, Any]]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        metas = book.sheets_metadata
        return [_sheet(book, meta, limits, extents) for meta in metas if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError:
        raise Refused("berkas_bersandi") from None
    except calamine.CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise Refused("berkas_bersandi") from None
        raise Refused("berkas_rusak", detail="isi lembar kerja tidak utuh") from None


def _sheet(book: Any, meta: Any, limits: Limits, extents: dict[str, Extent]) -> dict[str, Any]:
    import python_calamine as calamine

    sheet = book.get_sheet_by_name(meta.name)
    end = sheet.end
    if end is not None:
        guard.check_extent(Extent(last_row=end[0] + 1, last_column=end[1] + 1), meta.name, limits)
    merges = sheet.merged_cell_ranges or []
    extent = extents.get(meta.name)
    return {
        "name": meta.name,
        "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
        "rows": sheet.to_python(skip_empty_area=False),
        "hidden_rows": sorted(extent.hidden_rows) if extent else [],
        "merges": [[*top, *bottom] for top, bottom in merges if bottom[0] < limits.rows and bottom[1] < limits.columns],
    }
