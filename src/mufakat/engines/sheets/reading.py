"""`read`: villages' sheets in, clean rows and located problems out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mufakat.core.money import rupiah
from mufakat.engines.sheets import numbers, places
from mufakat.engines.sheets.columns import folded, multiplier_of, text_of
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
from mufakat.engines.sheets.private import mask
from mufakat.engines.sheets.tables import Line, Table, all_texts, tables_of
from mufakat.engines.sheets.workbook import RawSheet, UnreadableFile, Workbook, load_all

Progress = Callable[[str, int, int], None]
_MARK = re.compile(r"\s*\((?P<who>[^()]*?)\s*\b(?:P|prioritas\s*)(?P<rank>\d{1,2})\)\s*$", re.IGNORECASE)
_RT = re.compile(r"\bRT\.?\s*0*(\d{1,3})\b", re.IGNORECASE)
_RW = re.compile(r"\bRW\.?\s*0*(\d{1,3}|[IVX]{1,5})\b", re.IGNORECASE)
_COORDINATES = re.compile(r"(-?\d{1,2}\.\d{3,})\s*[,;]\s*(\d{2,3}\.\d{3,})")


def read(
    *,
    paths: Sequence[Path],
    gazetteer: Gazetteer,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read every file; what cannot be read at all becomes one fault, and the others go on."""
    reader = _Reader(gazetteer)
    for at, book in enumerate(load_all(paths=list(paths), limits=limits or Limits()), start=1):
        if progress:
            progress(Path(paths[at - 1]).name, at, len(paths))
        if isinstance(book, UnreadableFile):
            reader.unreadable(book)
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
            tables = tables_of(sheet)
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
                for line in table.lines:
                    self._row(book, sheet, table, line, default)
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

    def _row(self, book: Workbook, sheet: RawSheet, table: Table, line: Line, default: Match) -> None:
        builder = _Row(Source(book.name, sheet.name, line.row), table, line)
        village, text = self._village(builder, default)
        row = builder.build(village, text)
        self.rows.append(row)
        self.problems.extend(row.problems)

    def _village(self, row: _Row, default: Match) -> tuple[Village | None, str]:
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

    def _matched(self, row: _Row, text: str) -> tuple[Village | None, str]:
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


def _kind_said(row: _Row) -> str:
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


class _Row:
    """One line being understood; problems gather here."""

    def __init__(self, source: Source, table: Table, line: Line) -> None:
        self.source, self.table, self.line = source, table, line
        self.problems: list[Problem] = []

    def raw(self, name: str) -> object:
        """The cell of a field as read."""
        return self.line.cells.get(name)

    def text(self, name: str) -> str:
        """The cell of a field as trimmed text, private numbers masked."""
        return mask(text_of(self.raw(name)))

    def head(self, name: str) -> str:
        """The heading of a field as written."""
        column = self.line.header.columns.get(name)
        return self.line.header.heads.get(column, "") if column is not None else ""

    def _say(self, severity: Severity, code: str, name: str, value: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(severity, code, self.source, self.head(name), mask(value), what, remedy))

    def fault(self, code: str, name: str, value: str, what: str, remedy: str) -> None:
        """A fault in a field."""
        self._say(Severity.FAULT, code, name, value, what, remedy)

    def warn(self, code: str, name: str, value: str, what: str, remedy: str) -> None:
        """A warning in a field."""
        self._say(Severity.WARNING, code, name, value, what, remedy)

    def build(self, village: Village | None, village_text: str) -> SheetRow:
        """The row, with everything found in it."""
        title, proposer, rank = self._title()
        volume, unit = self._volume()
        unit_price, value = self._money(volume.value)
        location = self.text("location")
        rt, rw = self._neighbourhood(location, title)
        latitude, longitude = self._coordinates(location)
        levels = tuple((name, int(v)) for name, v in self.line.levels.items() if v in ("1", "2", "3", "4", "5"))
        if self.line.is_hidden:
            self.warn(
                "baris_tersembunyi",
                "title",
                "",
                "Baris ini disembunyikan dalam lembar, tetapi tetap dibaca.",
                "Hapus barisnya bila bukan usulan.",
            )
        households = self._count("households")
        return SheetRow(
            source=self.source,
            title=title,
            village=village,
            village_text=village_text,
            number=self.text("number"),
            problem=self.text("problem") if "title" in self.line.header.columns else "",
            location=location,
            rt=rt,
            rw=rw,
            volume=volume.value,
            volume_text=mask(volume.text),
            unit=unit,
            unit_price=unit_price,
            value=value,
            agency=self.text("agency") or self.text("agency_first"),
            bidang=self.text("bidang"),
            section=self.line.section,
            priority=self._priority(),
            households=households,
            people=self._count("people"),
            groups=self.text("groups") or (self.text("households") if households is None else ""),
            land_status=self.text("land_status"),
            recipient=self.text("recipient"),
            note=self.text("note"),
            status=self.text("status"),
            sipd_id=self.text("sipd_id"),
            target_priority=self.text("target_priority"),
            target=self.text("target"),
            program=self.text("program"),
            activity_target=self.text("activity_target"),
            sub_activity=self.text("sub_activity"),
            latitude=latitude,
            longitude=longitude,
            levels=levels,
            swadaya=self.text("swadaya"),
            documents=self.text("documents"),
            proposer=proposer,
            proposer_rank=rank,
            kecamatan_text=self.text("kecamatan"),
            problems=tuple(self.problems),
        )

    def _title(self) -> tuple[str, str, int | None]:
        title = " ".join(f"{self.text('title') or self.text('problem')} {self.line.extra}".split())
        if not title.strip(" -–."):
            self.fault("judul_kosong", "title", "", "Judul usulan tidak tertulis.", "Tulis apa yang diusulkan.")
            return "", self.text("proposer"), None
        mark = _MARK.search(title)
        proposer = self.text("proposer")
        if mark:
            return title, proposer or mark["who"].strip(), int(mark["rank"])
        return title, proposer, None

    def _volume(self) -> tuple[numbers.Volume, str]:
        volume = numbers.volume(self.raw("volume"))
        unit = self.text("unit")
        measured = numbers.volume(unit) if re.match(r"^\d", unit) else None
        if measured and measured.value and volume.value is None:
            volume, unit = measured, measured.unit
        if volume.text and volume.value is None:
            self.warn(
                "volume_tidak_terbaca",
                "volume",
                volume.text,
                "Volume tidak terbaca sebagai satu angka; ditulis apa adanya.",
                "Tulis angkanya saja, satuannya di kolom satuan.",
            )
        return volume, unit or volume.unit

    def _money(self, volume: Decimal | None) -> tuple[int | None, int | None]:
        stated = numbers.amount(self.raw("value"), multiplier=self._multiplier("value"))
        price = numbers.amount(self.raw("unit_price"), multiplier=self._multiplier("unit_price"))
        unit_price = _whole(price.value) if price.status == "ok" else None
        if stated.status == "ok" and stated.is_unit_price:
            unit_price, stated = _whole(stated.value), numbers.Amount("blank")
        if stated.status == "blank" and unit_price and volume:
            product = (volume * unit_price).quantize(Decimal(1))
            return unit_price, int(product)
        if stated.status == "blank":
            return unit_price, None
        value = self._certain(stated)
        if value and unit_price and volume:
            self._compare(value, unit_price, volume)
        return unit_price, value

    def _multiplier(self, name: str) -> int:
        column = self.line.header.columns.get(name)
        own = multiplier_of(self.line.header.heads.get(column, "")) if column is not None else 1
        above = max(
            (multiplier_of(t) for t in self.table.above if re.search(r"ribuan|jutaan|000|dalam", t, re.I)), default=1
        )
        return own if own > 1 else above

    def _certain(self, stated: numbers.Amount) -> int | None:
        text = self.text("value")
        if stated.status == "uncertain":
            self.fault(
                "nilai_tidak_pasti",
                "value",
                text,
                f"Nilai “{text}” tidak pasti.",
                "Tanyakan kepada pengusul dan tulis satu angka.",
            )
            return None
        value = _whole(stated.value)
        if stated.status == "unreadable" or value is None:
            self.fault(
                "nilai_tidak_terbaca",
                "value",
                text,
                f"Nilai “{text}” tidak terbaca sebagai rupiah.",
                "Tulis angkanya, misalnya 150.000.000.",
            )
            return None
        if value <= 0:
            self.fault(
                "nilai_nol",
                "value",
                text,
                f"Nilai “{text}” tidak lebih dari 0.",
                "Isi nilainya, atau kosongkan bila belum dihitung.",
            )
            return None
        return value

    def _compare(self, value: int, unit_price: int, volume: Decimal) -> None:
        product = int((volume * unit_price).quantize(Decimal(1)))
        if abs(product - value) > max(1, value // 1000):
            what = f"Nilai {rupiah(value)} berbeda dari volume × harga satuan {rupiah(product)}."
            self.warn(
                "nilai_berbeda", "value", self.text("value"), what, "Periksa volume, harga satuan, atau nilainya."
            )

    def _neighbourhood(self, location: str, title: str) -> tuple[str, str]:
        rt, rw = self.text("rt"), self.text("rw")
        both = re.fullmatch(r"\s*0*(\d{1,3})\s*/\s*0*(\d{1,3})\s*", self.text("rt_rw"))
        if both:
            return both[1].zfill(2), both[2].zfill(2)
        text = f"{self.text('rt_rw')} {location} {title}"
        rts, rws = _RT.findall(text), _RW.findall(text)
        rt = rt or (rts[0] if len(set(rts)) == 1 else "")
        rw = rw or (rws[0] if len(set(rws)) == 1 else "")
        return (rt.zfill(2) if rt.isdigit() else rt), (rw.zfill(2) if rw.isdigit() else rw)

    def _coordinates(self, location: str) -> tuple[Decimal | None, Decimal | None]:
        found = _COORDINATES.search(f"{self.text('coordinates')} {location}")
        lat, lon = (found[1], found[2]) if found else (self.text("latitude"), self.text("longitude"))
        try:
            latitude, longitude = Decimal(lat.replace(",", ".")), Decimal(lon.replace(",", "."))
        except InvalidOperation:
            return None, None
        inside = -11 <= latitude <= 6 and 95 <= longitude <= 141
        return (latitude, longitude) if inside else (None, None)

    def _priority(self) -> int | None:
        text = self.text("priority")
        found = re.search(r"\d{1,3}", text)
        if found and 0 < int(found[0]) < 1000:
            return int(found[0])
        return None

    def _count(self, name: str) -> int | None:
        found = re.match(r"^\s*(\d[\d.]*)\s*(kk|jiwa|orang|rumah tangga|rt)?\.?\s*$", self.text(name), re.IGNORECASE)
        if not found:
            return None
        number = int(found[1].replace(".", ""))
        if name == "households" and found[2] and found[2].lower() in ("jiwa", "orang"):
            return None
        return number


def _whole(value: Decimal | None) -> int | None:
    return int(value.quantize(Decimal(1))) if value is not None else None
