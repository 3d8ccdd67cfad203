"""`read`: villages' sheets in, clean rows and located problems out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from mufakat.engines.sheets import places
from mufakat.engines.sheets.columns import folded, text_of
from mufakat.engines.sheets.guessing import guess
from mufakat.engines.sheets.model import (
    FileReading,
    Gazetteer,
    Limits,
    Problem,
    Reading,
    Severity,
    SheetRow,
    Source,
    Village,
)
from mufakat.engines.sheets.places import Match
from mufakat.engines.sheets.rows import RowBuilder
from mufakat.engines.sheets.tables import Line, Table, all_texts, tables_of
from mufakat.engines.sheets.workbook import RawSheet, UnreadableFile, Workbook, load_all

_FIELDS = {"title": "usulan", "value": "biaya", "village": "desa/kelurahan", "volume": "volume", "unit": "satuan"}
Progress = Callable[[str, int, int], None]


def read(
    *,
    paths: Sequence[Path],
    gazetteer: Gazetteer,
    limits: Limits | None = None,
    progress: Progress | None = None,
    refused: Callable[[UnreadableFile], None] | None = None,
) -> Reading:
    """Read every file; what cannot be read at all becomes one fault, and the others go on.

    `refused` is also told of every such file, with its sentences in both languages.
    """
    reader = _Reader(gazetteer)
    for at, book in enumerate(load_all(paths=list(paths), limits=limits or Limits()), start=1):
        if progress:
            progress(Path(paths[at - 1]).name, at, len(paths))
        if isinstance(book, UnreadableFile):
            reader.unreadable(book)
            if refused:
                refused(book)
        else:
            reader.add(book)
    return reader.result()


class _Reader:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.rows: list[SheetRow] = []
        self.problems: list[Problem] = []
        self.files: list[FileReading] = []
        self.found: dict[str, Village] = {}
        self.matches: dict[str, Match] = {}

    def unreadable(self, error: UnreadableFile) -> None:
        """Note a file that cannot be read."""
        source = Source(error.name, "", 0)
        self.problems.append(Problem(Severity.FAULT, error.code, source, "", "", error.what, error.remedy))
        self.files.append(FileReading(error.name, error.sha256))

    def add(self, book: Workbook) -> None:
        """Read every sheet of a workbook."""
        counts: list[tuple[str, int]] = []
        seen: list[tuple[str, ...]] = []
        tabs = [s for s in book.sheets if not s.hidden]
        for sheet in book.sheets:
            if sheet.hidden:
                self._note(
                    book,
                    sheet,
                    "lembar_tersembunyi",
                    "Lembar ini disembunyikan dan tidak dibaca.",
                    "Tampilkan bila berisi usulan.",
                )
        for sheet in tabs:
            tables = tables_of(sheet) or self._guessed(book, sheet)
            keys = [_line_key(line) for table in tables for line in table.lines]
            if (
                keys
                and seen
                and len(tabs) > 1
                and re.search(r"\brekap", sheet.name, re.IGNORECASE)
                and all(k in seen for k in keys)
            ):
                self._note(
                    book,
                    sheet,
                    "rekap_dilewati",
                    "Lembar rekap ini mengulang usulan lembar lain dan tidak dihitung lagi.",
                    "Tidak perlu tindakan.",
                )
                continue
            seen.extend(keys)
            before = len(self.rows)
            default = self._sheet_village(book, sheet, len(tabs))
            for table in tables:
                own = self._named_in(table.above) if len(tables) > 1 else Match("blank")
                for line in table.lines:
                    within = self._named_in((line.section,)) if line.section else own
                    named = next((m for m in (within, own) if m.status != "blank"), default)
                    self._row(book, sheet, table, line, named)
            counts.append((sheet.name, len(self.rows) - before))
            if not tables and any(text_of(c) for r in sheet.rows for c in r):
                self._note(
                    book,
                    sheet,
                    "tanpa_tabel_usulan",
                    "Tidak ada tabel usulan yang dikenali pada lembar ini.",
                    "Beri judul kolom, sedikitnya Usulan, Lokasi, Volume, dan Biaya.",
                    Severity.WARNING,
                )
        self.files.append(FileReading(book.name, book.sha256, tuple(counts)))

    def _guessed(self, book: Workbook, sheet: RawSheet) -> list[Table]:
        table = guess(sheet, self.gazetteer)
        if table is None:
            return []
        told = ", ".join(f"{_FIELDS.get(name, name)} di kolom {i + 1}" for name, i in table.header.columns.items())
        what = f"Lembar ini tanpa judul kolom; kolomnya ditebak: {told}."
        self._note(book, sheet, "kolom_ditebak", what, "Periksa hasilnya, atau beri judul kolom.", Severity.WARNING)
        return [table]

    def _note(
        self, book: Workbook, sheet: RawSheet, code: str, what: str, remedy: str, severity: Severity = Severity.NOTE
    ) -> None:
        self.problems.append(Problem(severity, code, Source(book.name, sheet.name, 0), "", "", what, remedy))

    def _sheet_village(self, book: Workbook, sheet: RawSheet, tabs: int) -> Match:
        for text in (
            sheet.name,
            *(
                t
                for t in all_texts(sheet)
                if len(t) < 120 and re.search(r"\b(desa|kel|kelurahan|ds)\b", t, re.IGNORECASE)
            ),
            Path(book.name).stem,
        ):
            found = places.find_in(text, self.gazetteer)
            if found.status in ("own", "misspelt"):
                return found
        return Match("blank")

    def _named_in(self, texts: tuple[str, ...]) -> Match:
        """The village that a section heading or the lines above a table name."""
        for text in reversed(texts):
            if re.search(r"\b(desa|kelurahan|kel|ds)\b", text, re.IGNORECASE):
                found = places.find_in(text, self.gazetteer)
                if found.village or (found.name and not self.gazetteer.villages):
                    return found
        return Match("blank")

    def _row(self, book: Workbook, sheet: RawSheet, table: Table, line: Line, default: Match) -> None:
        builder = RowBuilder(Source(book.name, sheet.name, line.row), table, line)
        village, text = self._village(builder, default)
        row = builder.build(village, text)
        self.rows.append(row)
        self.problems.extend(row.problems)

    def _village(self, row: RowBuilder, default: Match) -> tuple[Village | None, str]:
        text = row.text("village")
        own = self.gazetteer.kecamatan or (self.gazetteer.villages[0].kecamatan if self.gazetteer.villages else "")
        named = row.text("kecamatan")
        if named and own and places.key_of(re.sub(r"^kec(amatan)?\.?\s+", "", named, flags=re.I)) != places.key_of(own):
            row.fault(
                "kecamatan_lain",
                "kecamatan",
                named,
                f"Baris ini menyebut Kecamatan {named}, bukan {own}.",
                "Keluarkan dari lembar ini atau perbaiki kecamatannya.",
            )
            return None, text or named
        if not text:
            proposer = (
                places.match(row.text("proposer"), self.gazetteer)
                if self.gazetteer.villages and row.text("proposer")
                else Match("blank")
            )
            found = proposer if proposer.status in ("own", "misspelt") else default
            if found.village:
                return found.village, found.village.name
            said = row.text("proposer")
            if not self.gazetteer.villages and not default.name and re.match(r"(desa|kel)", said, re.IGNORECASE):
                kind, name = places.stripped(said)
                return self._taken(name, kind), said
            if not self.gazetteer.villages and default.name:
                return self._taken(default.name, default.kind), default.name
            row.warn(
                "desa_kosong",
                "village",
                "",
                "Desa atau kelurahan pengusul tidak tertulis; dicatat sebagai usulan kecamatan.",
                "Isi nama desa atau kelurahannya.",
            )
            return None, ""
        if not self.gazetteer.villages:
            kind, name = places.stripped(text)
            return self._taken(name, kind or _kind_said(row)), text
        return self._matched(row, text)

    def _taken(self, name: str, kind: str) -> Village:
        key = places.key_of(name)
        known = self.found.get(key)
        if known is None or (kind and not known.kind):
            known = Village(
                "",
                (known.name if known else name.title() if name.isupper() or name.islower() else name),
                kind,
                self.gazetteer.kecamatan,
            )
            self.found[key] = known
        return known

    def _match(self, text: str) -> Match:
        if text not in self.matches:
            self.matches[text] = places.match(text, self.gazetteer)
        return self.matches[text]

    def _matched(self, row: RowBuilder, text: str) -> tuple[Village | None, str]:
        found = self._match(text)
        if found.status == "unknown" and re.search(r"[,;/&]|\bdan\b|\s-\s", text):
            for part in re.split(r"[,;/&]|\bdan\b|\s-\s", text):
                first = places.match(part, self.gazetteer)
                if first.village and first.status != "outside":
                    return first.village, text
        if found.status == "misspelt" and found.village:
            row.warn(
                "ejaan_desa",
                "village",
                text,
                f"“{text}” dibaca sebagai {found.village.name}.",
                "Perbaiki ejaannya bila keliru.",
            )
        if found.status == "outside" and found.village:
            row.fault(
                "desa_luar_kecamatan",
                "village",
                text,
                f"{found.village.name} termasuk Kecamatan {found.village.kecamatan}.",
                "Pindahkan usulan ini ke kecamatan itu atau perbaiki namanya.",
            )
            return None, text
        if found.status == "ambiguous":
            row.fault(
                "desa_taksa",
                "village",
                text,
                f"“{text}” dapat berarti lebih dari satu desa atau kelurahan.",
                "Tulis nama lengkapnya dengan kata Desa atau Kelurahan.",
            )
        if found.status == "unknown":
            row.fault(
                "desa_tidak_dikenal",
                "village",
                text,
                f"“{text}” bukan desa atau kelurahan di kecamatan ini.",
                "Periksa ejaannya atau pindahkan ke kecamatan yang benar.",
            )
        return found.village, text

    def result(self) -> Reading:
        """Everything read, villages taken from the sheets where there was no list."""
        villages = self.gazetteer.villages or tuple(sorted(self.found.values(), key=lambda v: v.name))
        rows = tuple(_latest(row, self.found) for row in _own_ranks(self.rows, self.problems))
        problems = self.problems
        if not self.gazetteer.villages and self.found:
            source = Source(self.files[0].name if self.files else "", "", 0)
            what = f"Daftar desa dan kelurahan diambil dari lembar: {', '.join(v.name for v in villages)}."
            problems = [
                Problem(
                    Severity.NOTE, "desa_dari_lembar", source, "", "", what, "Berikan --wilayah untuk daftar resmi."
                ),
                *problems,
            ]
        return Reading(rows, tuple(problems), tuple(self.files), villages, not self.gazetteer.villages)


def _latest(row: SheetRow, found: dict[str, Village]) -> SheetRow:
    if row.village is None or row.village.code or not found:
        return row
    return replace(row, village=found.get(places.key_of(row.village.name), row.village))


def _kind_said(row: RowBuilder) -> str:
    text = f"{row.text('location')} {row.text('title')}"
    name = re.escape(places.stripped(row.text("village"))[1])
    if re.search(rf"\bkelurahan\s+{name}\b", text, re.IGNORECASE):
        return "kelurahan"
    return "desa" if re.search(rf"\bdesa\s+{name}\b", text, re.IGNORECASE) else ""


def _line_key(line: Line) -> tuple[str, ...]:
    return (
        folded(text_of(line.cells.get("title"))),
        text_of(line.cells.get("value")),
        text_of(line.cells.get("volume")),
    )


def _own_ranks(rows: list[SheetRow], problems: list[Problem]) -> list[SheetRow]:
    """Ranks written in titles belong to the village where it has one proposer, else to the proposers."""
    proposers: dict[str, set[str]] = {}
    for row in rows:
        if row.proposer_rank is not None:
            proposers.setdefault(row.village.name if row.village else "", set()).add(row.proposer)
    result = []
    for row in rows:
        name = row.village.name if row.village else ""
        if row.proposer_rank is not None and row.priority is None and len(proposers.get(name, ())) == 1:
            row = replace(row, priority=row.proposer_rank)
        result.append(row)
    return result
