"""What reading a sheet yields: rows as a person meant them, and every problem with its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: a fault makes the row unusable, a warning does not."""

    FAULT = "kesalahan"
    WARNING = "peringatan"
    NOTE = "catatan"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row stands: file name, sheet (tab or table) name, row number as the spreadsheet shows it (1…)."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One located problem; `row` 0 in its source means the whole sheet or file."""

    severity: Severity
    code: str
    """Stable name, for example `judul_kosong`, `nilai_tidak_pasti`, `desa_luar_kecamatan`."""
    source: Source
    column: str
    """Heading of the column as written in the sheet; empty when the whole row is meant."""
    value: str
    """The cell as written, private numbers already masked."""
    what: str
    """What is wrong: one sentence in formal Indonesian."""
    remedy: str
    """What to do next: one sentence in formal Indonesian."""


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan of the gazetteer, with the other ways its name is written."""

    code: str
    """Kemendagri code NN.NN.NN.NNNN; empty when the list has none."""
    name: str
    kind: str
    """`desa` or `kelurahan`; empty when unknown."""
    kecamatan: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Villages a row may belong to, and those whose mention means "another kecamatan"."""

    villages: tuple[Village, ...] = ()
    """The kecamatan's own villages; empty means: take the names from the sheets and say so."""
    elsewhere: tuple[Village, ...] = ()
    kecamatan: str = ""
    """Name of the kecamatan itself; empty means: as the villages say. Needed where the list of villages is empty."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One proposal row. Texts are trimmed, with private numbers masked; empty string means not stated."""

    source: Source
    title: str
    village: Village | None
    """The resolved village, or None when it could not be told (a fault says why)."""
    village_text: str = ""
    number: str = ""
    """The row's own number or id as written."""
    problem: str = ""
    """Masalah, latar belakang, or what the title's second half explains."""
    location: str = ""
    rt: str = ""
    rw: str = ""
    volume: Decimal | None = None
    volume_text: str = ""
    """The volume as written, for example "3 x 4 x 0,6 m" or "120 m'"."""
    unit: str = ""
    unit_price: int | None = None
    value: int | None = None
    """Requested value in whole rupiah; None when none is stated."""
    agency: str = ""
    bidang: str = ""
    section: str = ""
    """Section heading above the row, such as "I. FISIK"."""
    priority: int | None = None
    """The village's own rank, 1 is first."""
    households: int | None = None
    people: int | None = None
    groups: str = ""
    """Target or vulnerable groups named for the row."""
    land_status: str = ""
    recipient: str = ""
    note: str = ""
    status: str = ""
    sipd_id: str = ""
    target_priority: str = ""
    """T-D.4 column 2, prioritas daerah."""
    target: str = ""
    """T-D.4 column 3, sasaran daerah."""
    program: str = ""
    activity_target: str = ""
    """T-D.4 column 6, sasaran kegiatan."""
    sub_activity: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    levels: tuple[tuple[str, int], ...] = ()
    """Criterion name → level 1-5, where the sheet has such columns."""
    swadaya: str = ""
    documents: str = ""
    """Readiness: DED, RAB, photo, proposal as stated."""
    proposer: str = ""
    """Who proposed within the village (RW, PKK, pokja), where the sheet says so."""
    proposer_rank: int | None = None
    """The proposer's own rank ("RW 03 P2" → 2). Where one village has several proposers, `priority` stays None."""
    kecamatan_text: str = ""
    """The kecamatan column as written."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether a fault keeps the row from being used (`tertolak_impor`)."""
        return any(problem.severity is Severity.FAULT for problem in self.problems)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as read: its name, the SHA-256 of its bytes, and the sheets found in it with their row counts."""

    name: str
    sha256: str
    sheets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole answer, rows in order of file, sheet, row."""

    rows: tuple[SheetRow, ...]
    problems: tuple[Problem, ...]
    """Every problem, those of the rows included, in the same order."""
    files: tuple[FileReading, ...] = ()
    villages: tuple[Village, ...] = ()
    """The villages in use: the gazetteer's, or those taken from the sheets."""
    villages_from_sheets: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file, checked in a stream before parsing and enforced on the child process."""

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024
    cells: int = 3_000_000
    rows: int = 200_000
    columns: int = 512
    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 60
