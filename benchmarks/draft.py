"""The main job at 15, 1,514 and 15,000 rows against openpyxl + WeasyPrint doing the same lists (CPU, memory).

1,514 is the real count of a kecamatan (Klojen, 2022). Baseline: what people would script: read the sheet with
openpyxl, write the same lists with openpyxl, print the same lists with WeasyPrint. Aim at 1,514 rows: at most a
fifth of the baseline's CPU and under 400 MB in the largest process, before the forum and at its end.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import median, once

SIZES = (15, 1514, 15000)
ACTIONS = ("Pembangunan", "Rehabilitasi", "Perbaikan", "Pengadaan", "Pelebaran", "Normalisasi")
OBJECTS = (
    "jembatan", "saluran drainase", "tembok penahan tanah", "penerangan jalan umum", "gedung puskesmas pembantu",
    "ruang kelas UPT SD Negeri", "jaringan pipa air bersih", "rumah pompa banjir", "tempat pengolahan sampah 3R",
    "jalan poros desa", "lapangan olahraga", "pelatihan usaha mikro",
)  # fmt: skip
AGENCIES = ("DPUTR", "DCKPKP", "Dinkes", "Dispendik", "Dishub", "DLH", "Diskoperindag")


def write_sheet(path: Path, rows: int) -> None:
    """A sheet of `rows` invented proposals over the villages of Kebomas, the same for the same count."""
    from xlsxwriter import Workbook

    from mufakat.regions.names import shipped

    villages = [r.name for r in shipped().children("35.25.14")]
    chance = random.Random(rows)
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Usulan")
        heads = ("No", "Desa/Kelurahan", "Usulan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "OPD", "KK", "Sasaran")
        sheet.write_row(0, 0, heads)
        for n in range(1, rows + 1):
            title = f"{chance.choice(ACTIONS)} {chance.choice(OBJECTS)} nomor {n} tahap {chance.randint(1, 4)}"
            place = f"Jalan Melati {chance.randint(1, 90)} RT {chance.randint(1, 12):02d} RW {chance.randint(1, 9):02d}"
            line = (
                n, chance.choice(villages), title, place, chance.randint(1, 900), "m",
                chance.randint(10, 900) * 500_000, chance.choice(AGENCIES), chance.randint(5, 300), "umum",
            )  # fmt: skip
            sheet.write_row(n, 0, line)


def job(sheet: Path, out: Path, *more: str) -> list[str]:
    """The command line of the main job."""
    return [
        sys.executable, "-m", "mufakat", "draft", str(sheet), "--kecamatan", "35.25.14", "--tahun", "2023",
        "--tanggal", "2022-02-03", "--pagu", "50000000000", "--out", str(out), *more,
    ]  # fmt: skip


def main(argv: list[str]) -> int:
    """Measure every size; `--quick` leaves out 15,000 rows and takes one run."""
    quick = "--quick" in argv
    runs = 1 if quick else 3
    print(f"{'rows':>6} {'run':<9} {'CPU s':>8} {'MB':>6}   baseline CPU s, ratio")
    with tempfile.TemporaryDirectory() as folder:
        for rows in SIZES[:2] if quick else SIZES:
            _measure(Path(folder) / str(rows), rows, runs if rows < 15000 else 1)
    start = median([sys.executable, "-m", "mufakat", "--help"], runs)
    print(f"start-up of `mufakat --help`: {start.cpu:.2f} s CPU (aim < 0.3)")
    return 0


def _measure(folder: Path, rows: int, runs: int) -> None:
    folder.mkdir()
    sheet, before, after = folder / "usulan.xlsx", folder / "sebelum", folder / "sesudah"
    write_sheet(sheet, rows)
    baseline = None
    if rows <= 1514:
        script = str(Path(__file__).with_name("baseline_draft.py"))
        baseline = once([sys.executable, script, str(sheet), str(folder / "pembanding")], str(folder / "log"))
        if baseline.code:
            print("  the baseline did not run:", (folder / "log").read_text().strip().splitlines()[-1:])
            baseline = None
    for name, command in (
        ("before", job(sheet, before)),
        ("at end", job(sheet, after, "--keputusan", str(before / "lembar-kerja.xlsx"))),
    ):
        found = median(command, runs)
        beside = f"{baseline.cpu:8.1f}   {found.cpu / baseline.cpu:.3f}" if baseline else "       -"
        print(f"{rows:>6} {name:<9} {found.cpu:8.2f} {found.megabytes:6.0f}   {beside}", flush=True)
        if found.code:
            print(f"  exit code {found.code}")
