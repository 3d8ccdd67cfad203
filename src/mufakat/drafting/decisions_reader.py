"""Reads the forum's decisions back from `lembar-kerja.xlsx` (`--keputusan`), every fault located."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mufakat.core.errors import MufakatError
from mufakat.drafting import worksheet_layout as at
from mufakat.drafting.decisions import Decision, Decisions, Session
from mufakat.drafting.labels import DRAFT_LABELS, REASON_LABELS, RESULT_LABELS, Result
from mufakat.drafting.office import CAPACITIES
from mufakat.drafting.papers import Attendee, Delegate, Material, Objection, Official, Signatory
from mufakat.engines.sheets.columns import text_of
from mufakat.engines.sheets.model import Problem, Severity, SheetRow, Source

if TYPE_CHECKING:
    from pathlib import Path

    from mufakat.engines.sheets.workbook import RawSheet, Workbook

_RESULTS = {
    **{label.casefold(): result for labels in (RESULT_LABELS, DRAFT_LABELS) for result, label in labels.items()},
    **{str(result): result for result in Result},
    "setuju": Result.DISEPAKATI,
    "disetujui": Result.DISEPAKATI,
    "ditolak": Result.BELUM_DISEPAKATI,
    "tidak disepakati": Result.BELUM_DISEPAKATI,
    "supra": Result.DITERUSKAN_SUPRA,
    "diteruskan": Result.DITERUSKAN_SUPRA,
}
_CODES = {
    **{str(code).casefold(): str(code) for code in REASON_LABELS},
    **{label.casefold(): str(code) for code, label in REASON_LABELS.items()},
}


class NotAWorksheet(MufakatError):
    """The file given with --keputusan is not a worksheet of ours."""

    code = "bukan_lembar_kerja_forum"


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One row of the tab Usulan: what identifies the proposal, and what was decided."""

    source: Source
    key: str
    number: int | None
    decision: Decision
    cells: dict[str, str]
    """Every cell by heading, for proposals written in during the session."""


@dataclass(frozen=True, slots=True)
class ReadWorksheet:
    """The worksheet as read, before its rows are matched with the sheets."""

    rows: tuple[DecidedRow, ...]
    session: Session
    problems: tuple[Problem, ...]
    file: str
    sha256: str


class _Faults(list[Problem]):
    def add(self, source: Source, code: str, column: str, value: str, what: str, remedy: str) -> None:
        self.append(Problem(Severity.FAULT, code, source, column, value, what, remedy))

    def warn(self, source: Source, code: str, column: str, value: str, what: str, remedy: str) -> None:
        self.append(Problem(Severity.WARNING, code, source, column, value, what, remedy))


def read_worksheet(path: Path) -> ReadWorksheet:
    """Read the tabs of a filled worksheet. Raises UnreadableFile or NotAWorksheet with a finished sentence."""
    from mufakat.engines.sheets.workbook import load

    book = load(path=path)
    faults = _Faults()
    rows = tuple(_decided_rows(_tab(book, at.PROPOSALS, required=True), book.name, faults))
    if not rows:
        raise NotAWorksheet(
            f"{book.name}: tab “{at.PROPOSALS}” tidak berisi usulan. "
            "Pakai lembar-kerja.xlsx yang ditulis mufakat draft."
        )
    return ReadWorksheet(rows, _session(book, faults), tuple(faults), book.name, book.sha256)


def match(worksheet: ReadWorksheet, rows: tuple[SheetRow, ...]) -> tuple[Decisions, tuple[tuple[DecidedRow, int], ...]]:
    """Decisions by proposal number, and the rows written in during the session with their sheet order.

    A row is found by its key, else by number and title together. A worksheet row that fits no proposal, and a
    proposal that is not on the worksheet, are faults.
    """
    by_key = {at.row_key(row): number for number, row in enumerate(rows, start=1)}
    found: dict[int, Decision] = {}
    faults = _Faults(worksheet.problems)
    added: list[tuple[DecidedRow, int]] = []
    for decided in worksheet.rows:
        number = by_key.get(decided.key) or _by_title(decided, rows)
        if number is None and not decided.key and (decided.number is None or decided.number > len(rows)):
            added.append((decided, len(rows) + len(added) + 1))
        elif number is None or number in found:
            _unmatched(decided, is_twice=number in found, faults=faults)
        else:
            found[number] = _renumbered(decided.decision, number)
    for decided, number in added:
        found[number] = _renumbered(decided.decision, number)
    for number, row in enumerate(rows, start=1):
        if number not in found:
            _missing(number, row, faults)
    decisions = Decisions(found, worksheet.session, tuple(faults), worksheet.file, worksheet.sha256)
    return decisions, tuple(added)


def _by_title(decided: DecidedRow, rows: tuple[SheetRow, ...]) -> int | None:
    number = decided.number
    if number is None or not 1 <= number <= len(rows):
        return None
    return number if rows[number - 1].title.strip() == decided.cells.get(at.TITLE, "").strip() else None


def _renumbered(decision: Decision, number: int) -> Decision:
    return Decision(
        number, decision.result, decision.rank, decision.value, decision.reason_code, decision.reason,
        decision.agency, decision.note,
    )  # fmt: skip


def _unmatched(decided: DecidedRow, *, is_twice: bool, faults: _Faults) -> None:
    title = decided.cells.get(at.TITLE, "")
    if is_twice:
        what = f"Baris ini mengulang keputusan usulan “{title}”."
        faults.add(
            decided.source, "keputusan_ganda", at.NUMBER, str(decided.number or ""), what, "Hapus salah satunya."
        )
        return
    what = f"Usulan “{title}” tidak ada dalam lembar usulan yang dibaca."
    remedy = "Pakai lembar usulan yang sama dengan saat lembar kerja dibuat, atau kosongkan kolom No dan Kunci."
    faults.add(decided.source, "keputusan_tanpa_usulan", at.KEY, decided.key, what, remedy)


def _missing(number: int, row: SheetRow, faults: _Faults) -> None:
    what = f"Usulan nomor {number} “{row.title}” tidak ada dalam lembar kerja, sehingga belum diputuskan."
    remedy = "Buat ulang lembar kerja dari lembar usulan ini, atau tambahkan barisnya."
    faults.add(row.source, "usulan_belum_diputuskan", "", "", what, remedy)


def _tab(book: Workbook, name: str, *, required: bool = False) -> RawSheet | None:
    sheet = next((s for s in book.sheets if s.name.strip().casefold() == name.casefold()), None)
    if sheet is None and required:
        raise NotAWorksheet(
            f"{book.name}: tidak ada tab “{name}”. Pakai lembar-kerja.xlsx yang ditulis mufakat draft, "
            "dan jangan ganti nama tabnya."
        )
    return sheet


def _table(sheet: RawSheet | None, file: str, heads: tuple[str, ...]) -> Iterator[tuple[Source, dict[str, object]]]:
    """Rows under the first line that holds all `heads`, as cells by heading; lines without any text are left out."""
    if sheet is None:
        return
    columns: dict[str, int] = {}
    for index, line in enumerate(sheet.rows):
        texts = [text_of(cell).casefold() for cell in line]
        if not columns:
            if all(head.casefold() in texts for head in heads):
                columns = {text: i for i, text in reversed(list(enumerate(texts))) if text}
            continue
        cells: dict[str, object] = {text: line[i] if i < len(line) else None for text, i in columns.items()}
        if any(text_of(cell) for cell in cells.values()):
            yield Source(file, sheet.name, sheet.first_row + index), cells


def _decided_rows(sheet: RawSheet | None, file: str, faults: _Faults) -> Iterator[DecidedRow]:
    for source, cells in _table(sheet, file, (at.NUMBER, at.TITLE, at.RESULT)):
        texts = {head: text_of(cells.get(head.casefold())) for head in at.PROPOSAL_HEADS}
        if not texts[at.TITLE] and not texts[at.KEY] and not texts[at.RESULT]:
            continue
        number = whole_number(texts[at.NUMBER])
        yield DecidedRow(source, texts[at.KEY], number, _decision(source, texts, faults), texts)


def _decision(source: Source, texts: dict[str, str], faults: _Faults) -> Decision:
    result = _RESULTS.get(texts[at.RESULT].casefold())
    if texts[at.RESULT] and result is None:
        remedy = f"Pilih salah satu: {', '.join(at.RESULT_CHOICES)}."
        faults.add(
            source, "hasil_tidak_dikenal", at.RESULT, texts[at.RESULT],
            f"Hasil “{texts[at.RESULT]}” tidak dikenal.", remedy,
        )  # fmt: skip
    return Decision(
        number=0,
        result=result,
        rank=_figure(source, at.RANK, texts[at.RANK], faults),
        value=_figure(source, at.AGREED, texts[at.AGREED], faults, is_money=True),
        reason_code=_reason_code(source, texts[at.CODE], faults),
        reason=texts[at.REASON],
        agency=texts[at.AGENCY],
        note=texts[at.NOTE],
    )


def _reason_code(source: Source, text: str, faults: _Faults) -> str:
    code = _CODES.get(text.casefold(), "")
    if text and not code:
        remedy = f"Pilih salah satu: {', '.join(at.CODE_CHOICES)}."
        faults.warn(source, "kode_alasan_tidak_dikenal", at.CODE, text, f"Kode alasan “{text}” tidak dikenal.", remedy)
    return code


def _figure(source: Source, column: str, text: str, faults: _Faults, *, is_money: bool = False) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    if number is None and is_money:
        from mufakat.engines.sheets.numbers import money

        number = money(text)
    if number is None or number <= 0:
        example = "150.000.000" if is_money else "1"
        what = f"{column} “{text}” bukan bilangan bulat lebih dari 0."
        faults.add(source, "angka_tidak_terbaca", column, text, what, f"Tulis angkanya saja, misalnya {example}.")
        return None
    return number


def _session(book: Workbook, faults: _Faults) -> Session:
    fields = _fields(_tab(book, at.SESSION))
    invited = whole_number(fields.get(at.SESSION_INVITED, ""))
    speeches, materials = _materials(_tab(book, at.MATERIALS), book.name)
    return Session(
        number=fields.get(at.SESSION_NUMBER, ""),
        time=fields.get(at.SESSION_TIME, ""),
        place=fields.get(at.SESSION_PLACE, ""),
        chair=_chair(fields),
        invited=invited,
        method=fields.get(at.SESSION_METHOD, ""),
        speeches=speeches,
        materials=materials,
        attendees=_attendees(_tab(book, at.ATTENDANCE), book.name, faults),
        delegates=_delegates(_tab(book, at.DELEGATES), book.name, faults),
        delegates_reason=fields.get(at.SESSION_DELEGATES_REASON, ""),
        objections=_objections(_tab(book, at.OBJECTIONS), book.name, faults),
        signatories=_signatories(_tab(book, at.SIGNATORIES), book.name),
    )


def _fields(sheet: RawSheet | None) -> dict[str, str]:
    known = {name.casefold(): name for name in at.SESSION_FIELDS}
    found: dict[str, str] = {}
    for line in sheet.rows if sheet else ():
        texts = [text_of(cell) for cell in line]
        for index, text in enumerate(texts[:-1]):
            if text.casefold() in known:
                found[known[text.casefold()]] = next((t for t in texts[index + 1 :] if t), "")
    return found


def _chair(fields: dict[str, str]) -> Official | None:
    name, position = fields.get(at.SESSION_CHAIR, ""), fields.get(at.SESSION_CHAIR_POSITION, "")
    if not name and not position:
        return None
    return Official(
        position=position,
        name=name,
        nip=fields.get(at.SESSION_CHAIR_NIP, ""),
        capacity=_capacity(fields.get(at.SESSION_CHAIR_CAPACITY, "")),
        institution=fields.get(at.SESSION_CHAIR_OFFICE, ""),
    )


def _capacity(text: str) -> str:
    return next((c for c in CAPACITIES if c and c.casefold().rstrip(".") == text.casefold().rstrip(".")), "")


def _people(
    sheet: RawSheet | None, file: str, heads: tuple[str, ...], faults: _Faults
) -> Iterator[tuple[Source, dict[str, str], str]]:
    """Named rows with their L/P; a name without L/P, and a name that stands twice, are said and left out (rule 55)."""
    seen: set[tuple[str, str]] = set()
    for source, cells in _table(sheet, file, heads[1:3]):
        texts = {head: text_of(cells.get(head.casefold())) for head in heads}
        name = texts["Nama"]
        if not name:
            continue
        gender = {"l": "L", "laki-laki": "L", "pria": "L", "p": "P", "perempuan": "P", "wanita": "P"}.get(
            texts["L/P"].casefold().strip("."), ""
        )
        if not gender:
            what = "L/P belum diisi, sehingga orang ini belum dihitung hadir."
            faults.add(source, "lp_kosong", "L/P", texts["L/P"], what, "Isi L atau P.")
            continue
        person = (name.casefold(), texts.get("Lembaga/Instansi", "").casefold())
        if person in seen:
            what = "Orang ini sudah tercantum di atas dan dihitung satu kali."
            faults.warn(source, "orang_ganda", "Nama", "", what, "Hapus baris yang berulang.")
            continue
        seen.add(person)
        yield source, texts, gender


def _attendees(sheet: RawSheet | None, file: str, faults: _Faults) -> tuple[Attendee, ...]:
    people = _people(sheet, file, at.ATTENDANCE_HEADS, faults)
    return tuple(
        Attendee(i, t["Nama"], gender, t["Unsur"], t["Lembaga/Instansi"], t["Jabatan"], t["Desa/Kelurahan"])
        for i, (_, t, gender) in enumerate(people, start=1)
    )


def _delegates(sheet: RawSheet | None, file: str, faults: _Faults) -> tuple[Delegate, ...]:
    people = _people(sheet, file, at.DELEGATE_HEADS, faults)
    return tuple(
        Delegate(i, t["Nama"], gender, t["Unsur"], t["Lembaga/Instansi"]) for i, (_, t, gender) in enumerate(people, 1)
    )


def _materials(sheet: RawSheet | None, file: str) -> tuple[tuple[str, ...], tuple[Material, ...]]:
    speeches: list[str] = []
    materials: list[Material] = []
    for _, cells in _table(sheet, file, at.MATERIAL_HEADS[1:]):
        kind, topic, by = (text_of(cells.get(head.casefold())) for head in at.MATERIAL_HEADS[1:])
        if kind.casefold() == at.SPEECH.casefold() and (by or topic):
            speeches.append(by or topic)
        elif topic or by:
            materials.append(Material(topic, by))
    return tuple(speeches), tuple(materials)


def _objections(sheet: RawSheet | None, file: str, faults: _Faults) -> tuple[Objection, ...]:
    found: list[Objection] = []
    for source, cells in _table(sheet, file, at.OBJECTION_HEADS[1:]):
        by, content, answer = (text_of(cells.get(head.casefold())) for head in at.OBJECTION_HEADS[1:])
        if not content:
            continue
        if not answer:
            what = f"Keberatan dari {by or 'peserta'} belum dijawab (aturan penutupan sidang)."
            faults.add(source, "keberatan_belum_dijawab", "Jawaban", "", what, "Tulis jawaban forum.")
        found.append(Objection(len(found) + 1, by, content, answer))
    return tuple(found)


def _signatories(sheet: RawSheet | None, file: str) -> tuple[Signatory, ...]:
    found: list[Signatory] = []
    for _, cells in _table(sheet, file, at.SIGNATORY_HEADS[1:4]):
        t = {head: text_of(cells.get(head.casefold())) for head in at.SIGNATORY_HEADS}
        if not (t["Nama"] or t["Jabatan"] or t["Lembaga/Instansi"]):
            continue
        official = Official(
            position=t["Jabatan"],
            name=t["Nama"],
            nip=t["NIP"],
            capacity=_capacity(t["Kapasitas"]),
            institution=t["Lembaga/Instansi"],
        )
        found.append(Signatory(len(found) + 1, official, t["Keterangan"]))
    return tuple(found)


def whole_number(text: str) -> int | None:
    """A whole number as a cell or a person writes it: "12", "150.000.000", "Rp 150.000.000,00"; else None."""
    bare = text.strip().removeprefix("Rp").removeprefix("rp").strip(" .").removesuffix(",-").removesuffix(",00")
    digits = bare.replace(".", "").replace(" ", "")
    parts = bare.split(".")
    is_grouped = len(parts) == 1 or all(len(part) == 3 for part in parts[1:])
    return int(digits) if digits.isascii() and digits.isdigit() and is_grouped else None
