"""The main job, start to end: read, decide, compose, print, write. Nothing half-written is left behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mufakat.core.money import rupiah
from mufakat.drafting import office as offices
from mufakat.drafting import totals
from mufakat.drafting.criteria import from_file
from mufakat.drafting.draft import Draft, Options, Place, WrongUse
from mufakat.drafting.facts import CRITERIA
from mufakat.drafting.labels import Result
from mufakat.engines.sheets.model import Gazetteer, Severity, Village
from mufakat.regions import names

if TYPE_CHECKING:
    from mufakat.drafting.decisions import Decisions
    from mufakat.engines.sheets.model import Reading, Source
    from mufakat.regions.names import Atlas, Region

DONE, FAULTY, NOTHING_USABLE = 0, 1, 3
WORKSHEET, ANNEXES, PROBLEMS, OUTCOME = "lembar-kerja.xlsx", "lampiran.xlsx", "impor.xlsx", "hasil.json"
MINUTES, PLAN = "berita-acara.pdf", "rancangan-rencana-pembangunan-kecamatan.pdf"
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, checked word by word but not yet against the files."""

    sheets: tuple[Path, ...]
    kecamatan: str
    plan_year: int
    day: date
    at: datetime
    out: Path
    pagu: int | None = None
    stops_at_line: bool = False
    decisions: Path | None = None
    office: Path | None = None
    table: Path | None = None
    regions: Path | None = None
    criteria: Path | None = None
    kecamatan_name: str = ""
    kabupaten_name: str = ""
    is_strict: bool = False
    is_example: bool = False


def run(request: Request, *, report: Report) -> int:
    """Do the whole job and write the folder. Returns 0 done, 1 faults in strict mode, 3 nothing usable.

    Raises MufakatError with a finished sentence for wrong use or an unreadable worksheet, office or table.
    """
    from mufakat.drafting.composition import berita_acara, district_plan
    from mufakat.drafting.legibility import legible

    draft, decisions, atlas = prepare(request, report=report)
    if _is_refused(draft, request):
        return _refuse(draft, request, report)
    session = decisions.session if decisions else None
    minutes, plan = legible(berita_acara(draft, session)), legible(district_plan(draft, atlas))
    report("Menyusun dokumen dan lembar kerja …")
    from mufakat.drafting import annexes, printing, worksheet

    with ThreadPoolExecutor(max_workers=2) as pool:
        pdfs = {
            MINUTES: pool.submit(printing.berita_acara_pdf, minutes),
            PLAN: pool.submit(printing.district_plan_pdf, plan),
        }
        files = {
            WORKSHEET: worksheet.worksheet_bytes(draft, session),
            ANNEXES: annexes.annexes_bytes(draft, minutes),
            PROBLEMS: annexes.problems_bytes(draft),
        }
        files.update({name: job.result() for name, job in pdfs.items()})
    _write(files, draft, decisions, request, report)
    _summary(draft, request, report)
    return DONE


def prepare(request: Request, *, report: Report) -> tuple[Draft, Decisions | None, Atlas]:
    """Read the sheets and, if given, the decisions; returns the draft, the decisions and the regions in use."""
    from mufakat.drafting.assembly import assemble
    from mufakat.drafting.deciding import decide
    from mufakat.engines.nomenclature.table import load

    missing = [str(path) for path in request.sheets if not path.exists()]
    if missing:
        raise WrongUse(f"Berkas tidak ditemukan: {', '.join(missing)}. Periksa nama dan foldernya.")
    atlas = names.from_file(request.regions) if request.regions else names.shipped()
    options = _options(request, atlas)
    table = load(request.table)
    worksheet = None
    if request.decisions is not None:
        from mufakat.drafting.decisions_reader import read_worksheet

        report(f"Membaca keputusan forum dari {request.decisions.name} …")
        worksheet = read_worksheet(request.decisions)
    reading = _read(request, options.place.code, options.place.kecamatan, atlas, report)
    regency = [r.name for r in atlas.villages_outside(options.place.code)]
    if worksheet is None:
        return assemble(reading=reading, options=options, table=table, known_villages=regency), None, atlas
    from mufakat.drafting.decisions_reader import match
    from mufakat.drafting.session_rows import with_session_rows

    decisions, added = match(worksheet, reading.rows)
    reading, in_session = with_session_rows(reading, added)
    draft = assemble(reading=reading, options=options, table=table, known_villages=regency, outside_order=in_session)
    return decide(draft, decisions), decisions, atlas


def _options(request: Request, atlas: Atlas) -> Options:
    place = _place(request, atlas)
    office = (
        offices.load(request.office, kecamatan=place.kecamatan, kabupaten=place.kabupaten)
        if request.office
        else offices.default_office(kecamatan=place.kecamatan, kabupaten=place.kabupaten)
    )
    place = replace(place, provinsi=place.provinsi or office.provinsi, kabupaten=office.kabupaten or place.kabupaten)
    return Options(
        place=place,
        plan_year=request.plan_year,
        day=request.day,
        at=request.at,
        office=office,
        pagu=request.pagu,
        stops_at_line=request.stops_at_line,
        is_example=request.is_example,
        criteria=from_file(request.criteria) if request.criteria else CRITERIA,
    )


def _place(request: Request, atlas: Atlas) -> Place:
    code = names.normal_code(request.kecamatan)
    if not code or code.count(".") != 2:
        raise WrongUse(f"--kecamatan “{request.kecamatan}” bukan kode kecamatan. Tulis misalnya 35.25.14 (Kebomas).")
    regency, province = code.rpartition(".")[0], code.split(".")[0]

    def name(region: Region | None) -> str:
        return region.name if region else ""

    kecamatan = request.kecamatan_name or name(atlas.get(code))
    kabupaten = request.kabupaten_name or name(atlas.get(regency))
    missing = [o for o, v in (("--nama-kecamatan", kecamatan), ("--nama-kabupaten", kabupaten)) if not v]
    if missing:
        raise WrongUse(
            f"Kecamatan {code} tidak ada dalam daftar wilayah. Tambahkan {' dan '.join(missing)}, "
            "atau berikan daftarnya dengan --wilayah."
        )
    known, around = atlas.get(code), atlas.get(regency)
    bounds = {"bounds": known.bounds if known else None, "regency_bounds": around.bounds if around else None}
    return Place(code, kecamatan, kabupaten, name(atlas.get(province)), **bounds)


def _read(request: Request, code: str, kecamatan: str, atlas: Atlas, report: Report) -> Reading:
    from mufakat.drafting.legibility import illegible
    from mufakat.engines.sheets import read

    gazetteer = Gazetteer(
        villages=tuple(_village(r, atlas) for r in atlas.children(code)),
        elsewhere=tuple(_village(r, atlas) for r in atlas.villages_outside(code)),
        kecamatan=kecamatan,
    )
    report(f"Membaca {len(request.sheets)} berkas …")

    def progress(name: str, at: int, count: int) -> None:
        report(f"  [{at}/{count}] {name}")

    reading = read(paths=request.sheets, gazetteer=gazetteer, progress=progress)
    unprintable = {r.source: problems for r in reading.rows if (problems := illegible(r))}
    rows = tuple(replace(r, problems=r.problems + unprintable.get(r.source, ())) for r in reading.rows)
    added = tuple(p for problems in unprintable.values() for p in problems)
    return replace(reading, rows=rows, problems=reading.problems + added)


def _village(region: Region, atlas: Atlas) -> Village:
    parent = atlas.get(region.parent)
    return Village(region.code, region.name, region.kind, parent.name if parent else "", region.aliases)


def _is_refused(draft: Draft, request: Request) -> bool:
    usable = [e for e in draft.entries if e.ruling is not None]
    return not usable or (request.is_strict and any(p.severity is Severity.FAULT for p in draft.problems))


def _refuse(draft: Draft, request: Request, report: Report) -> int:
    """Write the list of problems and the outcome, no document, and say where to look."""
    from mufakat.drafting import annexes
    from mufakat.drafting.outcome import outcome_bytes

    data = annexes.problems_bytes(draft)
    _put(request.out / PROBLEMS, data)
    _put(request.out / OUTCOME, outcome_bytes(draft, files={PROBLEMS: hashlib.sha256(data).hexdigest()}))
    faults = [p for p in draft.problems if p.severity is Severity.FAULT]
    for problem in faults[:10]:
        report(f"  {_place_of(problem.source)}: {problem.what} {problem.remedy}")
    if not any(e.ruling is not None for e in draft.entries):
        report(f"Tidak ada usulan yang dapat dipakai. Rinciannya dalam {request.out / PROBLEMS}.")
        return NOTHING_USABLE
    report(f"{len(faults)} kesalahan; dokumen tidak ditulis (--strict). Rinciannya dalam {request.out / PROBLEMS}.")
    return FAULTY


def _place_of(source: Source) -> str:
    """ "usulan.xlsx, lembar Usulan, baris 7"; only the file for what concerns all of it."""
    parts = [source.file, f"lembar {source.sheet}" if source.sheet else "", f"baris {source.row}" if source.row else ""]
    return ", ".join(part for part in parts if part)


def _write(
    files: dict[str, bytes], draft: Draft, decisions: Decisions | None, request: Request, report: Report
) -> None:
    """Put every file in its place, the outcome last; a worksheet that somebody filled in is never lost."""
    from mufakat.drafting.outcome import outcome_bytes

    target = request.out / WORKSHEET
    if request.decisions and target.exists() and target.samefile(request.decisions):
        files = {**files, WORKSHEET: target.read_bytes()}
        report(f"{WORKSHEET} yang diisi forum dibiarkan seperti adanya.")
    else:
        _keep_filled(target, files[WORKSHEET], report)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    for name, data in files.items():
        _put(request.out / name, data)
    _put(
        request.out / OUTCOME,
        outcome_bytes(draft, files=hashes, decisions_sha256=decisions.sha256 if decisions else ""),
    )


def _keep_filled(target: Path, new: bytes, report: Report) -> None:
    """Set aside a worksheet that differs both from the new one and from the one we wrote before."""
    if not target.exists() or target.read_bytes() == new:
        return
    try:
        written = json.loads((target.parent / OUTCOME).read_text(encoding="utf-8"))["files"].get(WORKSHEET)
    except (OSError, ValueError, KeyError, AttributeError):
        written = None
    if hashlib.sha256(target.read_bytes()).hexdigest() == written:
        return
    number = 1
    while (kept := target.with_name(f"lembar-kerja (isian lama {number}).xlsx")).exists():
        number += 1
    target.rename(kept)
    report(f"{WORKSHEET} yang sudah diisi disimpan sebagai {kept.name}.")


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises WrongUse when the folder cannot be written."""
    partial = path.with_name(path.name + ".sebagian")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        reason = error.strerror or "gagal"
        raise WrongUse(
            f"{path} tidak dapat ditulis ({reason}). Tutup berkas itu bila sedang dibuka, periksa izin dan sisa "
            "ruang disk, lalu ulangi."
        ) from error


def _summary(draft: Draft, request: Request, report: Report) -> None:
    for tally in totals.per_result(draft):
        report(f"  {tally.label}: {tally.count} usulan, {rupiah(tally.value)}")
    faulty = len(draft.with_result(Result.TERTOLAK_IMPOR))
    if faulty:
        report(f"{faulty} baris tidak dapat dipakai; lihat {PROBLEMS}.")
    for sentence in draft.findings:
        report(sentence)
    kind = "Berita acara final" if draft.is_decided else "Rancangan"
    report(f"{kind} selesai: {len(draft.entries)} usulan dari {len(draft.files)} berkas, di {request.out}")
