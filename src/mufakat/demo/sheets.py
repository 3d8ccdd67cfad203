"""Twenty-one invented villages' sheets, as differently kept as in life; offices only, no person."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KELURAHAN = (
    "Gulomantung", "Sidomukti", "Kebomas", "Kawis Anyar", "Ngargosari",
    "Gending", "Sidomoro", "Tenggulunan", "Singosari", "Indro",
)  # fmt: skip
ON_ONE_WORKBOOK = ("Ngargosari", "Tenggulunan", "Sidomoro")
WRITTEN_AT = datetime(2022, 1, 24, 8, 0)  # noqa: DTZ001  # spreadsheets know no time zone
SHORT_HEADS = ("No", "Usulan Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "SKPD", "Keterangan")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One invented proposal, every field as a village would write it."""

    desa: str
    usulan: str
    lokasi: str
    volume: str
    satuan: str
    biaya: str
    instansi: str
    kk: str
    sasaran: str
    lahan: str
    keterangan: str


def proposals() -> tuple[Proposal, ...]:
    """All eighty, in order of village and of the village's own priority."""
    text = resources.files("mufakat.demo").joinpath("data/usulan.csv").read_text(encoding="utf-8")
    return tuple(Proposal(**row) for row in csv.DictReader(io.StringIO(text), delimiter="|"))


def write(folder: Path) -> list[Path]:
    """Write the sheets into `folder` and return their paths in order of name; same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    by_village: dict[str, list[Proposal]] = {}
    for proposal in proposals():
        by_village.setdefault(proposal.desa, []).append(proposal)
    _tabs(folder / "Rekap 3 kelurahan.xlsx", {name: by_village.pop(name) for name in ON_ONE_WORKBOOK})
    for index, (village, rows) in enumerate(by_village.items()):
        hand = _OWN_HAND.get(village) or _HANDS[index % len(_HANDS)]
        hand(folder, village, rows)
    return sorted(path for path in folder.iterdir() if path.is_file())


def _kind(village: str) -> str:
    return "Kelurahan" if village in KELURAHAN else "Desa"


def _stem(village: str) -> str:
    return f"Usulan {_kind(village)} {village}"


def _official(folder: Path, village: str, rows: list[Proposal]) -> None:
    """Two header rows, column numbers, a section, a total and a signature block."""
    heads = [
        "No",
        "Uraian Usulan",
        "Lokasi",
        "Volume",
        "",
        "Prakiraan Biaya",
        "OPD",
        "Penerima",
        "Sasaran",
        "Lahan",
        "Ket.",
    ]
    lines: list[list[object]] = [
        [f"DAFTAR USULAN MUSRENBANG {_kind(village).upper()} {village.upper()}"],
        ["KECAMATAN KEBOMAS KABUPATEN GRESIK UNTUK RKPD TAHUN 2023"],
        [],
        list(heads),
        ["", "", "", "Jumlah", "Satuan", "(Rp)", "Tujuan", "Manfaat (KK)", "", "", ""],
        [f"({i})" for i in range(1, 12)],
        ["I.", "USULAN PRIORITAS"],
    ]
    for number, p in enumerate(rows, start=1):
        lines.append(
            [
                number,
                p.usulan,
                p.lokasi,
                p.volume,
                p.satuan,
                p.biaya,
                p.instansi,
                _int(p.kk),
                p.sasaran,
                p.lahan,
                p.keterangan,
            ]
        )
    lines += [
        ["", "JUMLAH"],
        [],
        ["", "", "", "", "", f"{village}, 24 Januari 2022"],
        ["", "", "", "", "", _head(village)],
    ]
    _xlsx(folder / f"{_stem(village)}.xlsx", {"Usulan": lines}, merges=((0, 0, 10), (1, 0, 10), (3, 3, 4)))


def _plain(folder: Path, village: str, rows: list[Proposal]) -> None:
    """A bare table whose village stands only in the file name."""
    lines: list[list[object]] = [list(SHORT_HEADS)]
    for number, p in enumerate(rows, start=1):
        lines.append(
            [number, p.usulan, p.lokasi, _number(p.volume), p.satuan, _number(p.biaya), p.instansi, p.keterangan]
        )
    _xlsx(folder / f"{_stem(village)}.xlsx", {"Sheet1": lines})


def _semicolons(folder: Path, village: str, rows: list[Proposal]) -> None:
    """CSV with semicolons in the Windows code page, the village in a column."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            "PRIORITAS",
            "DESA/KELURAHAN",
            "JUDUL USULAN",
            "ALAMAT",
            "VOL",
            "SATUAN",
            "PAGU",
            "PD",
            "KK",
            "KELOMPOK SASARAN",
            "STATUS LAHAN",
        ]
    )
    for number, p in enumerate(rows, start=1):
        name = "Sidojangkung" if "Sidojangkung" in p.usulan else village
        writer.writerow(
            [number, name, p.usulan, p.lokasi, p.volume, p.satuan, p.biaya, p.instansi, p.kk, p.sasaran, p.lahan]
        )
    (folder / f"{_stem(village)}.csv").write_bytes(buffer.getvalue().encode("cp1252"))


def _thousands(folder: Path, village: str, rows: list[Proposal]) -> None:
    """Money in thousands, said in the header; a block above names the village."""
    in_thousands = any(p.keterangan == "dalam ribuan" for p in rows)
    unit = "(dalam ribuan rupiah)" if in_thousands else "(Rp)"
    lines: list[list[object]] = [
        [f"{_kind(village)}", f": {village}"],
        ["Kecamatan", ": Kebomas"],
        [],
        [
            "No. Urut Prioritas",
            "Nama Kegiatan",
            "Lokasi",
            "Volume",
            "Satuan",
            f"Nilai {unit}",
            "Perangkat Daerah",
            "Status Lahan",
            "Kelompok Sasaran",
        ],
    ]
    for number, p in enumerate(rows, start=1):
        lines.append([number, p.usulan, p.lokasi, p.volume, p.satuan, p.biaya, p.instansi, p.lahan, p.sasaran])
    _xlsx(folder / f"{_stem(village)}.xlsx", {"Form": lines})


def _letter(folder: Path, village: str, rows: list[Proposal]) -> None:
    """A table in a word processor's letter."""
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN_AT
    document.add_heading(f"Usulan {_kind(village)} {village}", level=1)
    document.add_paragraph("Bersama ini kami sampaikan usulan untuk Musrenbang Kecamatan Kebomas.")
    heads = ("No", "Usulan", "Lokasi", "Volume", "Anggaran", "Dinas", "Jumlah KK")
    table = document.add_table(rows=1, cols=len(heads))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for number, p in enumerate(rows, start=1):
        values = (str(number), p.usulan, p.lokasi, f"{p.volume} {p.satuan}", p.biaya, p.instansi, p.kk)
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    (folder / f"{_stem(village)}.docx").write_bytes(_undated(buffer.getvalue()))


def _undated(data: bytes) -> bytes:
    """The same archive with one fixed date on every member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, WRITTEN_AT.timetuple()[:6])
            new.writestr(info, old.read(member), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _ditto(folder: Path, village: str, rows: list[Proposal]) -> None:
    """Tab-separated, "s.d.a." where agency or place repeat, other words for the columns."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(
        ["no", "pekerjaan", "lokasi", "vol", "sat", "perkiraan biaya", "SKPD", "jumlah KK", "kelompok rentan"]
    )
    last = ""
    for number, p in enumerate(rows, start=1):
        agency = "s.d.a." if p.instansi == last and p.instansi else p.instansi
        last = p.instansi
        writer.writerow([number, p.usulan, p.lokasi, p.volume, p.satuan, p.biaya, agency, p.kk, p.sasaran])
    (folder / f"{_stem(village)}.tsv").write_text(buffer.getvalue(), encoding="utf-8")


def _tabs(path: Path, villages: dict[str, list[Proposal]]) -> None:
    """One workbook, one tab a kelurahan."""
    tabs: dict[str, list[list[object]]] = {}
    for village, rows in villages.items():
        lines: list[list[object]] = [
            [f"USULAN KELURAHAN {village.upper()}"],
            [],
            [*SHORT_HEADS[:7], "Jumlah KK", "Sasaran"],
        ]
        for number, p in enumerate(rows, start=1):
            lines.append([number, p.usulan, p.lokasi, p.volume, p.satuan, p.biaya, p.instansi, _int(p.kk), p.sasaran])
        lines.append(["", "Jumlah"])
        tabs[f"Kel. {village}"] = lines
    _xlsx(path, tabs)


_HANDS: tuple[Callable[[Path, str, list[Proposal]], None], ...] = (
    _official, _plain, _semicolons, _thousands, _letter, _ditto,
)  # fmt: skip


_OWN_HAND = {"Gending": _thousands, "Prambangan": _semicolons}


def _xlsx(path: Path, tabs: dict[str, list[list[object]]], merges: tuple[tuple[int, int, int], ...] = ()) -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": WRITTEN_AT})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, lines in tabs.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(1, 1, 44)
            sheet.set_column(2, 8, 16)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)
            for at, first, last in merges:
                sheet.merge_range(at, first, at, last, lines[at][first], bold)
    path.write_bytes(buffer.getvalue())


def _head(village: str) -> str:
    return "Lurah" if village in KELURAHAN else "Kepala Desa"


def _int(text: str) -> object:
    return int(text) if text.isdigit() else text


def _number(text: str) -> object:
    bare = text.replace(".", "")
    return int(bare) if bare.isdigit() and text else text
