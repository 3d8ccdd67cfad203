"""`mufakat draft`: villages' sheets in, the forum's worksheet and papers out; with decisions, the berita acara."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.drafting.draft import WrongUse

if TYPE_CHECKING:
    from mufakat.drafting.job import Request

DONE, FAULTY, NOTHING_USABLE = 0, 1, 3


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options; help is Indonesian, or English with `--lang en`."""

    def say(indonesian: str, english: str) -> str:
        return english if language == "en" else indonesian

    parser.add_argument(
        "sheets", nargs="+", type=Path, metavar=say("LEMBAR", "SHEET"),
        help=say("lembar usulan: XLSX, XLS, ODS, CSV, TSV, atau DOCX", "proposal sheets: XLSX, XLS, ODS, CSV, TSV or DOCX"),
    )  # fmt: skip
    parser.add_argument("--kecamatan", required=True, help=say("kode kecamatan, misalnya 35.25.14", "kecamatan code"))
    parser.add_argument("--tahun", required=True, type=int, help=say("tahun rencana n (RKPD)", "plan year n"))
    parser.add_argument(
        "--tanggal", required=True, help=say("tanggal forum, YYYY-MM-DD, pada n-1", "forum date, in n-1")
    )
    parser.add_argument("--out", required=True, type=Path, help=say("folder hasil", "output folder"))
    parser.add_argument("--pagu", help=say("pagu indikatif dalam rupiah", "indicative ceiling in rupiah"))
    parser.add_argument(
        "--potong", choices=("lewati", "garis"), default="lewati",
        help=say("yang tidak muat dilewati (lewati) atau menutup daftar (garis)", "skip what does not fit, or stop at it"),
    )  # fmt: skip
    parser.add_argument(
        "--keputusan", type=Path, metavar="HASIL.xlsx",
        help=say("lembar kerja yang sudah diisi forum", "the worksheet filled in by the forum"),
    )  # fmt: skip
    parser.add_argument(
        "--instansi",
        type=Path,
        metavar="INSTANSI.toml",
        help=say("kop, pejabat, tempat, waktu", "letterhead, officials"),
    )
    parser.add_argument(
        "--tabel", type=Path, metavar="TABEL.toml", help=say("tabel kewenangan kantor", "authority table")
    )
    parser.add_argument(
        "--kriteria", type=Path, metavar="KRITERIA.json",
        help=say("kriteria dan bobot, jumlahnya 100", "criteria and weights that total 100"),
    )  # fmt: skip
    parser.add_argument("--wilayah", type=Path, help=say("daftar wilayah (CSV)", "list of regions (CSV)"))
    parser.add_argument("--nama-kecamatan", default="", help=say("nama kecamatan", "name of the kecamatan"))
    parser.add_argument("--nama-kabupaten", default="", help=say("nama kabupaten/kota", "name of the regency"))
    parser.add_argument("--waktu", help=say("waktu cetak, bawaan tengah malam --tanggal", "the moment printed"))
    parser.add_argument("--strict", action="store_true", help=say("jangan tulis dokumen bila ada baris salah", "no documents while a row is faulty"))  # fmt: skip
    parser.add_argument(
        "--contoh", action="store_true", help=say("tandai CONTOH, BUKAN DOKUMEN RESMI", "mark as an example")
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the job; see the module for the exit codes."""
    import gc

    from mufakat.drafting import job

    gc.set_threshold(200_000, 50, 100)  # one short run over plain data: the collector only costs time
    return job.run(request(arguments), report=_report)


def request(arguments: argparse.Namespace) -> Request:
    """The checked request. Raises WrongUse with a finished sentence."""
    from mufakat.drafting.job import Request

    day = _day(arguments.tanggal)
    if arguments.tahun != day.year + 1:
        raise WrongUse(
            f"Forum untuk RKPD {arguments.tahun} diadakan pada tahun {arguments.tahun - 1}, tetapi --tanggal "
            f"{arguments.tanggal} jatuh pada {day.year}. Perbaiki --tahun atau --tanggal."
        )
    return Request(
        sheets=tuple(arguments.sheets),
        kecamatan=arguments.kecamatan,
        plan_year=arguments.tahun,
        day=day,
        at=_moment(arguments.waktu, day),
        out=arguments.out,
        pagu=_pagu(arguments.pagu),
        stops_at_line=arguments.potong == "garis",
        decisions=arguments.keputusan,
        office=arguments.instansi,
        table=arguments.tabel,
        regions=arguments.wilayah,
        criteria=arguments.kriteria,
        kecamatan_name=arguments.nama_kecamatan,
        kabupaten_name=arguments.nama_kabupaten,
        is_strict=arguments.strict,
        is_example=arguments.contoh,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"--tanggal “{text}” bukan tanggal. Tulis tahun-bulan-hari, misalnya 2022-02-03.") from None


def _moment(text: str | None, day: date) -> datetime:
    if text is None:
        return datetime.combine(day, time())
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise WrongUse(f"--waktu “{text}” tidak terbaca. Tulis misalnya 2022-02-03T07:30.") from None


def _pagu(text: str | None) -> int | None:
    if text is None:
        return None
    from mufakat.drafting.decisions_reader import whole_number

    amount = whole_number(text)
    if amount is None or amount <= 0:
        raise WrongUse(f"--pagu “{text}” bukan jumlah rupiah. Tulis angkanya, misalnya 5000000000.")
    return amount


def _report(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
